"""A page that scrolls and keeps what has the focus in sight, however it got it and however small the window becomes.

Qt does so for the Tab key alone. Somebody who has scrolled away from it is left where they are.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_ROOM = 48
"""Pixels kept free above and below, so that a label and an error stay in sight with their control."""


class FollowingScroll(QScrollArea):
    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self._content = content
        self._is_near = True
        """Whether what has the focus was in sight when it was last scrolled."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_size)

    def reveal(self, part: QWidget) -> None:
        """Bring into sight what has just come, such as an error below the button that was pressed."""
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part, 0, 12))  # laid out by then

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._content.isAncestorOf(now) or now.isWindow():
            return
        # What is higher than the page is in sight where it was pressed, and must not slide from below the pointer.
        is_pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if not is_pressed or now.height() <= self.viewport().height():
            self.ensureWidgetVisible(now, 0, _ROOM)
        self._is_near = True

    def _on_scrolled(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._content.isAncestorOf(focused) and not focused.isWindow():
            place = focused.rect().translated(focused.mapTo(self._content, QPoint()))
            self._is_near = self.viewport().rect().translated(-self._content.pos()).intersects(place)

    def _on_size(self) -> None:
        """The window or what is in it became larger or smaller."""
        if self._is_near:
            self._follow(None, QApplication.focusWidget())
