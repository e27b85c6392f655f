"""The bar above the stage: what session this is, how many are here, and how the connection is, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.room.state import Link, Phase, Quality, RoomState
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import ElidingLabel, Label
from app.ui.components.margins import place
from app.ui.icons import mark, pixmap
from app.ui.theme import theme
from app.ui.tokens import HIGH_CONTRAST
from app.ui.words import line, person, subject_words, tr

HEIGHT = 52
_MARGIN = 16
_MARK = 28
_LEAST_GOAL = 24
_SHORT_BELOW = 1000
"""In narrower windows the subject and the long words go first."""


def count_words(state: RoomState) -> str:
    """ "3 of 8", or how many where no limit is known."""
    here = len(state.participants) + 1
    if state.session.max_participants:
        return tr("%1 of %2").replace("%1", str(here)).replace("%2", str(state.session.max_participants))
    return tr("Only you") if here == 1 else tr("%n people", here)


def connection_words(state: RoomState) -> tuple[str, str, str]:
    """Icon, its colour and the words for how the connection is."""
    match state.link:
        case Link.JOINING:
            return "signal", "muted", tr("Joining…")
        case Link.RECONNECTING:
            return "wifi-off", "warn", tr("Reconnecting…")
        case Link.LEFT | Link.REFUSED:
            return "wifi-off", "muted", tr("Not connected")
        case Link.ONLINE:
            pass
    lost = [one for one in state.participants if one.phase in (Phase.RECONNECTING, Phase.FAILED)]
    if not lost:
        return quality_words([one.quality for one in state.participants])
    if len(lost) == 1:
        failed = lost[0].phase is Phase.FAILED
        words = tr("No connection to %1") if failed else tr("Reconnecting to %1…")
        return "signal", "warn", words.replace("%1", person(lost[0].name))
    return "signal", "warn", tr("No connection to %n people", len(lost))


def quality_words(qualities: Sequence[Quality]) -> tuple[str, str, str]:
    """As ``connection_words``. Where most arrive badly it is our end; a single one has bars on their own tile."""
    known = [one for one in qualities if one is not Quality.UNKNOWN]
    if not known:
        return "signal", "success", tr("Connected")
    if 2 * known.count(Quality.POOR) > len(known):
        return "signal", "danger", tr("Poor connection")
    if 2 * known.count(Quality.GOOD) < len(known):
        return "signal", "warn", tr("Fair connection")
    return "signal", "success", tr("Good connection")


class ConnectionSign(QWidget):
    """Four bars, or an icon where there is no connection to speak of. The words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._tone = "signal", "muted"

    def become(self, icon: str, tone: str) -> None:
        if (icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._icon != "signal":
            painter.drawPixmap(0, 0, pixmap(self._icon, self._tone, 18, self.devicePixelRatioF()))
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = {"success": 4, "warn": 2, "danger": 1}.get(self._tone, 0)
        for number in range(4):
            height = 4 + 3.5 * number
            bar = QRectF(number * 5, 16.5 - height, 3.5, height)
            if number >= lit and theme().tokens.name == HIGH_CONTRAST.name:
                # There is no pale colour to tell it by: hollow, so that one without a connection does not look full.
                painter.setPen(QPen(theme().colour("edge"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour(self._tone if number < lit else "edge"))
            painter.drawRoundedRect(bar, 1, 1)


class TopBar(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._mark = QLabel(self)
        self._title = ElidingLabel("", 16, 600, parent=self)
        self._details = ElidingLabel("", 13, 400, "muted", parent=self)
        self._icon = ConnectionSign(self)
        self._connection = Label("", 13, 400, "muted", parent=self)
        self._target = IconLabel("target", size=16, parent=self)
        self._goal = ElidingLabel("", 13, 400, "muted", parent=self)
        self._subject = ""
        self._count = ""
        theme().changed.connect(self._recolour)
        self._recolour()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def details(self) -> str:
        return self._details.text()

    @property
    def connection(self) -> str:
        return self._connection.text()

    @property
    def goal(self) -> str:
        """What is shown of the goal; "" where it has no room, or there is none."""
        return "" if self._goal.isHidden() else self._goal.text()

    def show_goal(self, goal: str) -> None:
        """What one wants to get done here. Others do not see it."""
        self._goal.setText(line(goal))
        self._place()

    def show_state(self, state: RoomState) -> None:
        self._title.setText(line(state.session.title) or tr("Study room"))
        self._subject = subject_words(state.session.subject)
        self._count = "" if state.link is Link.JOINING else count_words(state)
        icon, tone, words = connection_words(state)
        self._icon.become(icon, tone)
        self._connection.setText(words)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().colour("bg"))

    def _recolour(self) -> None:
        self._mark.setPixmap(mark(_MARK, self.devicePixelRatioF()))
        self._icon.update()

    def _place(self) -> None:
        is_short = self.width() < _SHORT_BELOW
        shown = (
            self._count
            if is_short or not self._subject
            else " · ".join(part for part in (self._subject, self._count) if part)
        )
        self._details.setText(shown)
        self._put(self._mark, _MARGIN, (HEIGHT - _MARK) // 2, _MARK, _MARK)
        words_width = min(self._connection.sizeHint().width() + 2, self.width() // 3)
        right = self.width() - _MARGIN - words_width
        self._put(self._connection, right, 0, words_width, HEIGHT)
        self._put(self._icon, right - 26, (HEIGHT - 18) // 2, 18, 18)
        left = _MARGIN + _MARK + 12
        room = right - 26 - 24 - left
        details_width = min(self._details.fontMetrics().horizontalAdvance(shown) + 2, room // 2)
        title_width = min(
            self._title.fontMetrics().horizontalAdvance(self._title.text()) + 2, room - details_width - 12
        )
        self._put(self._title, left, (HEIGHT - 24) // 2, title_width, 24)
        self._put(self._details, left + title_width + 12, (HEIGHT - 18) // 2 + 1, details_width, 18)
        self._place_goal(left + title_width + 12 + details_width + 24, right - 26 - 24)

    def _place_goal(self, left: int, right: int) -> None:
        """Between the details and the connection, where there is room."""
        goal = self._goal.text()
        self._goal.setAccessibleName(tr("Your goal: %1").replace("%1", goal))
        width = min(self._goal.fontMetrics().horizontalAdvance(goal) + 2, right - left - 24)
        has_room = bool(goal) and width >= _LEAST_GOAL
        for part in (self._target, self._goal):
            part.setVisible(has_room)
        if has_room:
            self._put(self._target, left, (HEIGHT - 16) // 2, 16, 16)
            self._put(self._goal, left + 24, (HEIGHT - 18) // 2 + 1, width, 18)

    def _put(self, part: QWidget, left: int, top: int, width: int, height: int) -> None:
        place(part, self, QRect(left, top, width, height))
