"""Short words about what just happened, bottom left: at most three, five seconds each; errors and offers stay until
dismissed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.components.buttons import Button, IconButton, Kind
from app.ui.components.cards import paint_shadow, paint_surface
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import Label
from app.ui.components.margins import set_margins
from app.ui.words import tr

MOST = 3
SHOWN_MS = 5_000
_MARGIN = 12
_WIDTH = 400
_WIDEST = 520
"""Of a toast with a button, where the window has room for it."""
_EDGE = 16
"""Room around a toast for its shadow."""


class Toast(QWidget):
    """One message. ``stays`` says that it has no clock, and makes way for none that has."""

    def __init__(self, words: str, icon: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = words
        self.is_error = tone == "danger"
        self.stays = self.is_error
        self.widest = _WIDTH
        label = Label(words, 14, 500).wrapped()
        self._label = label
        self._action: Button | None = None
        self.fit(0)
        self._row = QHBoxLayout(self)
        set_margins(self._row, _EDGE + 14, _EDGE + 8, _EDGE + 8, _EDGE + 8)
        self._row.setSpacing(10)
        self._row.addWidget(IconLabel(icon, tone or "muted", 18))
        self._row.addWidget(label, 1)
        self.close_button = IconButton("x", tr("Dismiss"))
        self._row.addWidget(self.close_button)

    def add_action(self, words: str, act: Callable[[], None]) -> None:
        button = self._action = Button(words, Kind.PLAIN, height=36)
        button.clicked.connect(act)
        button.clicked.connect(self.close_button.click)
        self._row.insertWidget(2, button)
        button.show()  # at once, so that the toast is measured with it

    def fit(self, host: int) -> None:
        """Over a ``host`` so many pixels wide. The words run over several lines only where they need more than there is
        beside the rest."""
        taken = 110 if self._action is None else 120 + self._action.sizeHint().width()
        self.widest = _WIDTH if self._action is None else max(_WIDTH, min(_WIDEST, host // 2))
        natural = self._label.fontMetrics().horizontalAdvance(self.words) + 2
        self._label.setMinimumWidth(min(natural, self.widest - taken))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        paint_shadow(painter, box, 12, 15, 3)
        paint_surface(painter, QRectF(box), "danger" if self.is_error else "divider", 12)


class ToastStack(QObject):
    """The toasts over ``host``, the newest lowest. ``lift`` keeps them clear of what stands at the bottom."""

    def __init__(self, host: QWidget, lift: int = 0, left: int = 0) -> None:
        super().__init__(host)
        self._host = host
        self._lift = lift
        self._left = left
        self._toasts: list[Toast] = []
        host.installEventFilter(self)

    @property
    def words(self) -> list[str]:
        """What is on show, oldest first."""
        return [toast.words for toast in self._toasts]

    def tell(self, words: str, icon: str = "info", tone: str = "") -> None:
        """Say something for five seconds. ``tone`` is "", "success" or "warn"."""
        toast = self._add(words, icon, tone)
        if toast is not None:
            QTimer.singleShot(SHOWN_MS, toast, lambda: self._drop(toast))

    def fail(self, words: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say what went wrong until it is dismissed, with an optional button that also dismisses it."""
        toast = self._add(words, "circle-alert", "danger")
        if toast is not None and act is not None:
            toast.add_action(action, act)
            self._place()

    def offer(self, words: str, icon: str, action: str, act: Callable[[], None]) -> None:
        """Say something with a button until either is dismissed."""
        toast = self._add(words, icon, "")
        if toast is not None:
            toast.stays = True
            toast.add_action(action, act)
            self._place()

    def take_back(self, words: str) -> None:
        """What was said is true no longer."""
        for toast in [one for one in self._toasts if one.words == words]:
            self._drop(toast)

    def keep_beside(self, left: int) -> None:
        """So many pixels at the leading edge belong to something else now."""
        self._left = left
        self._place()

    def lift_to(self, lift: int) -> None:
        """Something else stands at the bottom now."""
        if lift != self._lift:
            self._lift = lift
            self._place()

    def clear(self) -> None:
        for toast in tuple(self._toasts):
            self._drop(toast)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _add(self, words: str, icon: str, tone: str) -> Toast | None:
        announce(self._host, words)
        if any(toast.words == words for toast in self._toasts):
            return None
        while len(self._toasts) >= MOST:
            self._drop(next((toast for toast in self._toasts if not toast.stays), self._toasts[0]))
        toast = Toast(words, icon, tone, self._host)
        toast.close_button.clicked.connect(lambda: self._drop(toast))
        self._toasts.append(toast)
        toast.show()
        self._place()
        return toast

    def _drop(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        is_mirrored = self._host.layoutDirection() == Qt.LayoutDirection.RightToLeft
        bottom = self._host.height() - self._lift - _MARGIN + _EDGE
        for toast in reversed(self._toasts):
            toast.fit(self._host.width())
            width = min(toast.widest + 2 * _EDGE, self._host.width() - self._left - 2 * _MARGIN + 2 * _EDGE)
            toast.setFixedWidth(min(width, toast.sizeHint().width()))
            toast.setFixedHeight(toast.heightForWidth(toast.width()))
            left = self._left + _MARGIN - _EDGE
            if is_mirrored:
                left = self._host.width() - left - toast.width()
            toast.move(QPoint(left, bottom - toast.height()))
            toast.raise_()
            bottom -= toast.height() - 2 * _EDGE + 8
