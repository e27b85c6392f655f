"""Says calmly that the server is away, and after a minute offers to try again or to leave."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.room.state import Link, RoomState
from app.ui.announce import announce
from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import ElidingLabel, Label
from app.ui.components.margins import set_margins
from app.ui.icons import pixmap
from app.ui.theme import theme
from app.ui.words import tr

HEIGHT = 56
PATIENCE_S = 60.0


def is_away(state: RoomState) -> bool:
    """The server was lost, or was not there when we came."""
    return state.link is Link.RECONNECTING or (state.link is Link.JOINING and state.link_lost_at is not None)


class LinkBanner(QWidget):
    try_again_pressed = Signal()
    leave_pressed = Signal()
    changed = Signal()
    """It appeared, went, or says something else, which may be higher."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._state: RoomState | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(20, 20)
        self._title = ElidingLabel("", 14, 600)
        self._details = Label("", 12, 400, "muted").wrapped()
        self.again = Button("", Kind.SECONDARY, height=36)
        self.leave = Button("", Kind.PLAIN, height=36)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(self._title)
        lines.addWidget(self._details)
        lines.addStretch(1)
        row = self._row = QHBoxLayout(self)
        self._set_margins()
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(lines, 1)
        row.addWidget(self.again)
        row.addWidget(self.leave)
        self.again.clicked.connect(self.try_again_pressed)
        self.leave.clicked.connect(self.leave_pressed)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._refresh)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.say_again()
        self.hide()

    def say_again(self) -> None:
        """In another language."""
        self.again.say(tr("Try again"))
        self.leave.say(tr("Leave"))
        self.leave.setAccessibleName(tr("Leave the room"))
        self._refresh()

    def height_in(self, width: int) -> int:
        """What it needs where it is ``width`` wide: its sentence may take a second line."""
        return max(HEIGHT, self._row.heightForWidth(width))

    @property
    def words(self) -> str:
        return self._title.text()

    @property
    def offers_a_way_out(self) -> bool:
        return not self.again.isHidden()

    def show_state(self, state: RoomState) -> None:
        before, self._state = self._state, state
        if before is not None and (before.link, before.link_attempt, before.link_lost_at) == (
            state.link,
            state.link_attempt,
            state.link_lost_at,
        ):
            return
        self._refresh()

    def _refresh(self) -> None:
        state = self._state
        is_lost = state is not None and is_away(state)
        before = self._details.text()
        self._later.stop()
        if state is not None and is_lost:
            lost_at = state.link_lost_at if state.link_lost_at is not None else self._clock()
            left = PATIENCE_S - (self._clock() - lost_at)
            self._say(state, left <= 0)
            if left > 0:
                self._later.start(round(left * 1000) + 20)
        if is_lost == self.isHidden():
            self.setVisible(is_lost)
            if is_lost:
                announce(self.parentWidget() or self, self._title.text())
            elif state is not None and state.link is Link.ONLINE:  # a refusal ends the waiting, too
                announce(self.parentWidget() or self, tr("Connected again"))
            self.changed.emit()
        elif self._details.text() != before:
            self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._set_margins()

    def _set_margins(self) -> None:
        set_margins(self._row, 16, 8, 10, 8)

    def _say(self, state: RoomState, is_long: bool) -> None:
        tried = tr("try %1").replace("%1", str(state.link_attempt)) if state.link_attempt > 1 else ""
        doing = tr("Joining…") if state.link is Link.JOINING else tr("Reconnecting…")
        self._title.setText(" ".join(part for part in (doing, tried) if part))
        if state.link is Link.JOINING:
            self._details.setText(tr("We can’t reach the server. We keep trying."))
        elif is_long:
            self._details.setText(tr("The server has been away for more than a minute."))
        else:
            self._details.setText(tr("You still hear and see each other. What you write is sent when we’re back."))
        self.again.setVisible(is_long)
        self.leave.setVisible(is_long)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().colour("edge"))
        painter.setBrush(theme().colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)

    def _recolour(self) -> None:
        self._icon.setPixmap(pixmap("wifi-off", "warn", 20, self.devicePixelRatioF()))
