"""Everybody in the room: who they are, whether they can be heard, and how loud they are for us."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSlider, QVBoxLayout, QWidget

from app.room.state import Participant, Phase, RoomState
from app.ui.components.avatars import Avatar
from app.ui.components.labels import ElidingLabel, Label, set_tooltip
from app.ui.icons import pixmap
from app.ui.room.chat_view import SCROLLBAR
from app.ui.room.top_bar import count_words
from app.ui.theme import tabular, theme
from app.ui.words import person, tr

LOUDEST = 200
"""Per cent."""
_SNAP = 4


class VolumeSlider(QSlider):
    """0 to 200 %, with a tick at 100, where it likes to rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, LOUDEST)
        self.setValue(100)
        self.setSingleStep(5)
        self.setPageStep(20)
        self.setFixedHeight(36)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(120, 36)

    def focusInEvent(self, ev: QFocusEvent) -> None:
        self.setProperty("ring", ev.reason() != Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(ev)

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        self._follow(ev)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        self._follow(ev)

    def paintEvent(self, ev: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = self.height() / 2
        left, right = 8.0, self.width() - 8.0
        at = left + (right - left) * self.value() / LOUDEST
        middle = (left + right) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("border"))
        painter.drawRoundedRect(QRectF(middle - 1, y - 5, 2, 10), 1, 1)
        painter.setBrush(colour("edge"))
        painter.drawRoundedRect(QRectF(left, y - 2, right - left, 4), 2, 2)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(QRectF(left, y - 2, at - left, 4), 2, 2)
        painter.setPen(QPen(colour("accent" if self.value() else "border"), 3.5))
        painter.setBrush(colour("surface"))
        painter.drawEllipse(QPointF(at, y), 6, 6)

    def _follow(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            value = round((event.position().x() - 8) / max(1, self.width() - 16) * LOUDEST)
            self.setValue(100 if abs(value - 100) <= _SNAP else value)


def volume_words(value: int) -> str:
    return tr("%1 %").replace("%1", str(value)) if value else tr("Off")


class PersonRow(QWidget):
    """``volume_changed`` carries 0 to 2."""

    volume_changed = Signal(float)

    def __init__(self, name: str, user_id: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar(name, user_id, 36)
        self._name = ElidingLabel(person(name), 14, 600)
        self._line = ElidingLabel("", 12, 400, "muted")
        self._mic = QLabel()
        self._mic.setFixedSize(20, 20)
        self._mic_look = ("mic", "muted")
        self.slider: VolumeSlider | None = None
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._line)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._avatar)
        top.addLayout(names, 1)
        top.addWidget(self._mic)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 6)
        self._column.setSpacing(0)
        self._column.addLayout(top)
        theme().changed.connect(self._recolour)

    @property
    def words(self) -> str:
        """Everything the row says, for screen readers and tests."""
        return self.accessibleName()

    def add_volume(self, name: str) -> None:
        """Give the row its own loudness."""
        self.slider = VolumeSlider()
        self.slider.setAccessibleName(tr("Volume of %1").replace("%1", name))
        self._speaker = QLabel()
        self._speaker.setFixedSize(18, 18)
        self._percent = Label(volume_words(100), 12, 400, "muted")
        self._percent.setFont(tabular(12))
        self._percent.setFixedWidth(44)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(48, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._speaker)
        row.addWidget(self.slider, 1)
        row.addWidget(self._percent)
        self._column.addLayout(row)
        self.slider.valueChanged.connect(self._on_volume)
        self._recolour()

    def show_person(self, name: str, details: str, mic_icon: str, mic_tone: str, mic_words: str) -> None:
        self._name.setText(name)
        self._line.setText(details)
        self._line.setVisible(bool(details))
        self._mic_look = (mic_icon, mic_tone)
        set_tooltip(self._mic, mic_words)
        self._mic.setAccessibleName(mic_words)
        self.setAccessibleName(", ".join(part for part in (name, details, mic_words) if part))
        self._recolour()

    def _on_volume(self, value: int) -> None:
        self._percent.setText(volume_words(value))
        self._recolour()
        self.volume_changed.emit(value / 100)

    def _recolour(self) -> None:
        ratio = self.devicePixelRatioF()
        icon, tone = self._mic_look
        self._mic.setPixmap(pixmap(icon, tone, 18, ratio))
        if self.slider is not None:
            self._speaker.setPixmap(pixmap("volume-2" if self.slider.value() else "volume-x", "muted", 18, ratio))


def details_of(participant: Participant) -> str:
    """What is said below a name."""
    parts: list[str] = []
    if participant.is_tutor:
        parts.append(tr("Tutor"))
    if not participant.verified:
        parts.append(tr("Guest, not signed in"))
    if participant.phase is Phase.RECONNECTING:
        parts.append(tr("reconnecting…"))
    elif participant.phase is Phase.FAILED:
        parts.append(tr("no direct connection"))
    return " · ".join(parts)


def microphone_of(audio: bool | None, speaking: bool) -> tuple[str, str, str]:
    """Icon, tone and words of a microphone."""
    if audio is False:
        return "mic-off", "danger", tr("microphone off")
    if speaking:
        return "audio-lines", "success", tr("speaking")
    return "mic", "muted", tr("microphone on") if audio else tr("microphone not known")


class PeoplePanel(QWidget):
    volume_changed = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, PersonRow] = {}
        self._me: PersonRow | None = None
        self._count = Label("", 12, 600, "muted")
        hint = Label(tr("Volume for you only"), 12, 400, "muted")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SCROLLBAR, 0)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(hint)
        inside = QWidget()
        inside.setObjectName("plain")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, SCROLLBAR, 0)
        self._list.setSpacing(2)
        self._list.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.verticalScrollBar().rangeChanged.connect(self._keep_width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(area, 1)

    def _keep_width(self, _: int, longest: int) -> None:
        """Rows do not move when the scroll bar comes or goes."""
        self._list.setContentsMargins(0, 0, 0 if longest else SCROLLBAR, 0)

    def row(self, participant_id: str) -> PersonRow:
        return self._rows[participant_id]

    @property
    def ids(self) -> list[str]:
        return list(self._rows)

    def show_state(self, state: RoomState) -> None:
        self._count.setText(f"{tr('In the room')} · {count_words(state)}")
        if self._me is None:
            self._me = PersonRow(state.me.name, state.me.user_id)
            self._list.insertWidget(0, self._me)
        you = tr("You") + (" · " + tr("Tutor") if state.me.is_tutor else "")
        self._me.show_person(person(state.me.name), you, *microphone_of(state.microphone.actual, state.speaking))
        present = {one.id for one in state.participants}
        for gone in [one for one in self._rows if one not in present]:
            row = self._rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for participant in state.participants:
            row = self._rows.get(participant.id) or self._add(participant)
            microphone = microphone_of(participant.audio, participant.speaking)
            row.show_person(person(participant.name), details_of(participant), *microphone)

    def _add(self, participant: Participant) -> PersonRow:
        row = PersonRow(participant.name, participant.user_id)
        row.add_volume(person(participant.name))
        row.volume_changed.connect(lambda volume: self.volume_changed.emit(participant.id, volume))
        self._rows[participant.id] = row
        self._list.insertWidget(self._list.count() - 1, row)
        return row
