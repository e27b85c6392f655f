"""The app's first window: its mark on the right background at once, and later, in the same frame, everything else.

This module is imported before anything has been painted, so it asks only for Qt's own parts and for plain values:
no style sheet, no fonts of our own, no SVG. ``tests/ui/test_opening.py`` holds it to that.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.paths import resources
from app.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

TITLE = "Deskmates"
WIDTH, HEIGHT = 1280, 820
MIN_WIDTH, MIN_HEIGHT = 960, 640
_MARK = 64
_ABOVE = 24
"""The mark stands so many pixels above the middle, where the main window's own first page has it."""


class OpeningWindow(QWidget):
    """``painted`` comes once, after the first paint; ``closed`` when a person has closed the window."""

    painted = Signal()
    closed = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(MIN_WIDTH, MIN_HEIGHT)
        self.resize(WIDTH, HEIGHT)
        self._background = QColor(tokens.surface)
        self._mark = QPixmap(str(resources() / "app" / f"mark-{'dark' if tokens.is_dark else 'light'}.png"))
        self._was_painted = False
        self._content: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def furnish(self, content: QWidget) -> None:
        """Put ``content`` into the frame, in place of what was there, with its title and icon."""
        layout = self.layout()
        if layout is None:
            layout = QVBoxLayout(self)
            layout.setContentsMargins(0, 0, 0, 0)
        if self._content is not None:
            layout.removeWidget(self._content)
            self._content.windowTitleChanged.disconnect(self.setWindowTitle)
            self._content.close()
            self._content.deleteLater()
        self._content = content
        layout.addWidget(content)
        self.setWindowIcon(content.windowIcon())
        content.windowTitleChanged.connect(self.setWindowTitle)
        content.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._content is not None and not self._content.close():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._background)
        if self._content is None:
            middle = self.rect().center()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(middle.x() - _MARK // 2, middle.y() - _MARK // 2 - _ABOVE, _MARK, _MARK, self._mark)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()


def first_tokens(choice: str) -> Tokens:
    """The set that the first window takes: as ``choice`` in the settings says, else as the system asks for."""
    chosen = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}.get(choice)
    if chosen is not None:
        return chosen
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
