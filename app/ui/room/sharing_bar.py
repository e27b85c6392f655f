"""Says for as long as others see our screen or a window of ours that they do, with a button that ends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.media.sources import SourceKind
from app.room.state import RoomState
from app.ui.announce import announce
from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import ElidingLabel
from app.ui.components.margins import set_margins
from app.ui.icons import pixmap
from app.ui.theme import theme
from app.ui.words import tr

HEIGHT = 48


class SharingBar(QWidget):
    stop_pressed = Signal()
    changed = Signal()
    """It appeared or went."""
    focus_given_up = Signal()
    """It is about to go while its button has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = SourceKind.SCREEN
        self.setFixedHeight(HEIGHT)
        self._icon = QLabel()
        self._icon.setFixedSize(20, 20)
        self._words = ElidingLabel("", 14, 600)
        self.stop = Button("", Kind.PRIMARY, height=36)
        self.stop.clicked.connect(self.stop_pressed)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.stop)
        self._set_margins()
        theme().changed.connect(self._recolour)
        self._recolour()
        self.say_again()
        self.hide()

    def say_again(self) -> None:
        """In another language."""
        is_window = self._kind is SourceKind.WINDOW
        self._words.setText(tr("You are sharing a window") if is_window else tr("You are sharing your screen"))
        self.setAccessibleName(self._words.text())
        self.stop.say(tr("Stop sharing"))
        self.stop.setAccessibleName(tr("Stop sharing the window") if is_window else tr("Stop sharing your screen"))

    @property
    def words(self) -> str:
        return self._words.text()

    def set_kind(self, kind: SourceKind) -> None:
        """What is going to be shared: the state of a room does not tell."""
        self._kind = kind
        self.say_again()

    def show_state(self, state: RoomState) -> None:
        """It stays until nothing is sent any longer, not only until that is wished."""
        is_shared = state.sharing.actual
        if is_shared != self.isHidden():
            return
        if not is_shared and self.stop.hasFocus():
            self.focus_given_up.emit()
        self.setVisible(is_shared)
        announce(self.parentWidget() or self, self.words if is_shared else tr("You are no longer sharing"))
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().colour("accent"))
        painter.setBrush(theme().colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)

    def _set_margins(self) -> None:
        set_margins(self._row, 16, 0, 6, 0)

    def _recolour(self) -> None:
        self._icon.setPixmap(pixmap("screen-share", "accent", 20, self.devicePixelRatioF()))
