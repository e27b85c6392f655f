"""Everybody in the room: who they are, whether they can be heard, and how loud they are for us."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSlider, QSpacerItem, QVBoxLayout, QWidget

from app.room.state import ME, Participant, Phase, RoomState
from app.ui.announce import announce
from app.ui.components.avatars import Avatar
from app.ui.components.buttons import Button, IconButton, Kind
from app.ui.components.fields import SearchEdit
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import ElidingLabel, Label, set_tooltip
from app.ui.components.margins import between
from app.ui.icons import pixmap
from app.ui.room.chat_view import SCROLLBAR
from app.ui.room.top_bar import count_words
from app.ui.theme import tabular, theme
from app.ui.words import one_way, person, tr

COPIED_MS = 2_000
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

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Whoever scrolls through the people makes nobody louder on the way."""
        e.ignore()

    def paintEvent(self, ev: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
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

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _follow(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            x = self.width() - event.position().x() if self._is_mirrored else event.position().x()
            value = round((x - 8) / max(1, self.width() - 16) * LOUDEST)
            self.setValue(100 if abs(value - 100) <= _SNAP else value)


def volume_words(value: int) -> str:
    return one_way(tr("%1 %").replace("%1", str(value))) if value else tr("Off")


class PersonRow(QWidget):
    """``volume_changed`` carries 0 to 2."""

    volume_changed = Signal(float)
    menu_wanted = Signal(QPoint)

    def __init__(self, name: str, user_id: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar(name, user_id, 36)
        self._name = ElidingLabel(person(name), 14, 600)
        self._line = ElidingLabel("", 12, 400, "muted")
        self._mic = QLabel()
        self._mic.setFixedSize(20, 20)
        self._mic_look = ("mic", "muted")
        self._hand = IconLabel("hand", "warn", 18)
        self._hand.hide()
        self._who = person(name)
        self.more = IconButton("ellipsis-vertical", "")
        self.more.hide()
        keeping = self.more.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # so that all microphones stand in one column
        self.more.setSizePolicy(keeping)
        self.more.clicked.connect(lambda: self.menu_wanted.emit(self.more.mapToGlobal(self.more.rect().bottomLeft())))
        self.slider: VolumeSlider | None = None
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._line)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._avatar)
        top.addLayout(names, 1)
        top.addWidget(self._hand)
        top.addWidget(self._mic)
        top.addWidget(self.more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 6)
        self._column.setSpacing(0)
        self._column.addLayout(top)
        theme().changed.connect(self._recolour)
        self.say_again()

    def say_again(self) -> None:
        """In another language; the rest comes with the next state."""
        self.more.become("ellipsis-vertical", tr("More about %1").replace("%1", self._who))
        if self.slider is not None:
            self.slider.setAccessibleName(tr("Volume of %1").replace("%1", self._who))
            self._show_percent(self.slider.value())

    @property
    def words(self) -> str:
        """Everything the row says, for screen readers and tests."""
        return self.accessibleName()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.slider is not None:
            self.menu_wanted.emit(event.globalPos())

    def show_volume(self, volume: float) -> None:
        """Put the slider there, and tell nobody."""
        if self.slider is not None and self.slider.value() != round(volume * 100):
            was_blocked = self.slider.blockSignals(True)
            self.slider.setValue(round(volume * 100))
            self.slider.blockSignals(was_blocked)
            self._show_percent(self.slider.value())

    def add_volume(self) -> None:
        """Give the row its own loudness, and its menu."""
        self.more.show()
        self.slider = VolumeSlider()
        self._speaker = QLabel()
        self._speaker.setFixedSize(18, 18)
        self._percent = Label(volume_words(100), 12, 400, "muted")
        self._percent.setFont(tabular(12))
        self._percent.setFixedWidth(44)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addSpacing(44)  # no margin: margins are not mirrored
        row.addWidget(self._speaker)
        row.addWidget(self.slider, 1)
        row.addWidget(self._percent)
        self._column.addLayout(row)
        self.slider.valueChanged.connect(self._on_volume)
        self.say_again()

    def show_person(self, name: str, details: str, mic_icon: str, mic_tone: str, mic_words: str, *, hand: int) -> None:
        """``hand`` is the place of the raised hand among all, 0 while it is down; ``details`` have it in words."""
        self._hand.setVisible(hand > 0)
        self._name.setText(name)
        self._line.setText(details)
        self._line.setVisible(bool(details))
        self._mic_look = (mic_icon, mic_tone)
        set_tooltip(self._mic, mic_words)
        self._mic.setAccessibleName(mic_words)
        self.setAccessibleName(", ".join(part for part in (name, details, mic_words) if part))
        self._recolour()

    def _show_percent(self, value: int) -> None:
        self._percent.setText(volume_words(value))
        self._recolour()

    def _on_volume(self, value: int) -> None:
        self._show_percent(value)
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
    if participant.screen:
        parts.append(tr("sharing a screen"))
    if participant.phase is Phase.RECONNECTING:
        parts.append(tr("reconnecting…"))
    elif participant.phase is Phase.FAILED:
        parts.append(tr("no direct connection"))
    return " · ".join(parts)


def _hand_words(place: int, state: RoomState) -> str:
    """A number says who was first where several wait; ``place`` is 0 for who does not."""
    if not place:
        return ""
    return tr("Hand raised, number %1").replace("%1", str(place)) if len(state.hands) > 1 else tr("Hand raised")


def _together(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def found(name: str, wanted: str) -> bool:
    """Whether all words of ``wanted`` begin a word of ``name``, whatever their case and accents."""
    parts = _folded(name).split()
    return all(any(part.startswith(word) for part in parts) for word in _folded(wanted).split())


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def microphone_of(audio: bool | None, speaking: bool) -> tuple[str, str, str]:
    """Icon, tone and words of a microphone."""
    if audio is False:
        return "mic-off", "danger", tr("microphone off")
    if speaking:
        return "audio-lines", "success", tr("speaking")
    return "mic", "muted", tr("microphone on") if audio else tr("microphone not known")


class PeoplePanel(QWidget):
    volume_changed = Signal(str, float)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, server: str, parent: QWidget | None = None) -> None:
        """``server`` is the address that an invitation carries."""
        super().__init__(parent)
        self._server = server
        self._state: RoomState | None = None
        self.search = SearchEdit("")
        self.search.textChanged.connect(self._show_again)
        self.invite = Button("", Kind.SECONDARY, icon="user-plus", height=40)
        self.invite.clicked.connect(self._copy_address)
        self._nobody = Label("", 13, 400, "muted")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nobody.hide()
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.invite)
        self._rows: dict[str, PersonRow] = {}
        self._me: PersonRow | None = None
        self._count = Label("", 12, 600, "muted")
        self._hint = Label("", 12, 400, "muted")
        head = QHBoxLayout()
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._hint)
        inside = QWidget()
        inside.setObjectName("plain")
        self._list = QVBoxLayout()
        self._beside = between(self._list, 0, 0)
        self._free = QSpacerItem(SCROLLBAR, 0)
        self._beside.addItem(self._free)
        inside.setLayout(self._beside)
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
        column.addLayout(between(tools, 0, SCROLLBAR))
        column.addLayout(between(head, 0, SCROLLBAR))
        column.addWidget(self._nobody)
        column.addWidget(area, 1)

        self.say_again()

    def say_again(self) -> None:
        """In another language; the rest comes with the next state."""
        self.search.setAccessibleName(tr("Find a person"))
        self.search.setPlaceholderText(tr("Find a person"))
        self._nobody.setText(tr("Nobody here by that name."))
        self._hint.setText(tr("Volume for you only"))
        self._offer_invite()
        for row in self._rows.values():
            row.say_again()

    def _keep_width(self, _: int, longest: int) -> None:
        """Rows do not move when the scroll bar comes or goes."""
        self._free.changeSize(0 if longest else SCROLLBAR, 0)
        self._beside.invalidate()

    def row(self, participant_id: str) -> PersonRow:
        return self._rows[participant_id]

    @property
    def ids(self) -> list[str]:
        return list(self._rows)

    @property
    def shown(self) -> list[str]:
        """Whose rows are to be seen, from above."""
        there = [one for one, row in self._rows.items() if not row.isHidden()]
        return sorted(there, key=lambda one: self._list.indexOf(self._rows[one]))

    def show_volume(self, participant_id: str, volume: float) -> None:
        """How loud somebody is, chosen elsewhere."""
        row = self._rows.get(participant_id)
        if row is not None:
            row.show_volume(volume)

    def show_state(self, state: RoomState) -> None:
        self._state = state
        self._count.setText(f"{tr('In the room')} · {count_words(state)}")
        if self._me is None:
            self._me = PersonRow(state.me.name, state.me.user_id)
            self._list.insertWidget(0, self._me)
        hand = state.place_of_hand(ME)
        you = _together(tr("You"), _hand_words(hand, state), tr("Tutor") if state.me.is_tutor else "")
        microphone = microphone_of(state.microphone.actual, state.speaking)
        self._me.show_person(person(state.me.name), you, *microphone, hand=hand)
        present = {one.id for one in state.participants}
        for gone in [one for one in self._rows if one not in present]:
            row = self._rows.pop(gone)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for participant in state.participants:
            row = self._rows.get(participant.id) or self._add(participant)
            microphone = microphone_of(participant.audio, participant.speaking)
            hand = state.place_of_hand(participant.id)
            details = _together(_hand_words(hand, state), details_of(participant))
            row.show_person(person(participant.name), details, *microphone, hand=hand)
        self._order(state)

    def _order(self, state: RoomState) -> None:
        """Raised hands first, in their order; the rest as they came. Who is not looked for is not shown."""
        wanted = self.search.text()
        raised = [one for one in state.hands if one in self._rows]
        order = [*raised, *(one.id for one in state.participants if one.id not in raised)]
        for index, one in enumerate(order, 1):
            row = self._rows[one]
            if self._list.indexOf(row) != index:
                self._list.removeWidget(row)
                self._list.insertWidget(index, row)
            who = state.participant(one)
            row.setVisible(who is None or found(person(who.name), wanted))
        if self._me is not None:
            self._me.setVisible(found(person(state.me.name), wanted))
        is_empty = all(row.isHidden() for row in (*self._rows.values(), self._me) if row is not None)
        self._nobody.setVisible(is_empty)

    def _show_again(self) -> None:
        if self._state is not None:
            self._order(self._state)

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._server)
        self.invite.say(tr("Copied"))
        self.invite.set_icon("check")
        announce(self, tr("The address is copied. Give it to others."))
        QTimer.singleShot(COPIED_MS, self.invite, self._offer_invite)

    def _offer_invite(self) -> None:
        self.invite.say(tr("Invite"))
        self.invite.setAccessibleName(tr("Copy the address for others"))
        self.invite.set_icon("user-plus")

    def _add(self, participant: Participant) -> PersonRow:
        row = PersonRow(participant.name, participant.user_id)
        row.add_volume()
        row.volume_changed.connect(lambda volume: self.volume_changed.emit(participant.id, volume))
        row.menu_wanted.connect(lambda at: self.menu_wanted.emit(participant.id, at))
        self._rows[participant.id] = row
        self._list.insertWidget(self._list.count() - 1, row)
        return row
