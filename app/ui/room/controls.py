"""The bar below the stage: labelled buttons for what one does all the time, and the way out.

A button shows what *is* (the microphone's actual state), never what was merely asked for; its accessible name says
what pressing it does.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import DeviceKind
from app.room.state import Switch
from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import set_tooltip
from app.ui.components.pressable import Pressable, blend
from app.ui.devices.arrow import WIDTH as ARROW_WIDTH
from app.ui.devices.arrow import MenuArrow, WithArrow
from app.ui.icons import pixmap
from app.ui.shortcuts import USUAL, Action, shown
from app.ui.theme import font, tabular, theme
from app.ui.words import explain_device_inside, tr

HEIGHT = 72
_BUTTON_HEIGHT = 56
_GAP = 4
_WIDE, _NARROW = 72, 64
_MOST = (200, 104, 96, 88, 80, 72, _NARROW)
"""How wide a button may be, tried until all fit: the longest words are shortened first."""
_ARROW_MORE = 12
"""A button with an arrow is so much wider."""
_ROOMY_FROM = 1100
"""From this window width on, buttons are wide and Leave has its icon."""


class Mood(StrEnum):
    PLAIN = "plain"
    ON = "on"
    """Its panel is open."""
    RAISED = "raised"
    """Our hand is up: soft amber."""
    OFF = "off"
    """The microphone is off: soft red."""


class ControlButton(Pressable):
    """An icon over a word, with an optional count and an optional sign that something is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._icon = ""
        self._word = ""
        self._mood = Mood.PLAIN
        self._badge = 0
        self._warns = False
        self._least = _WIDE
        self._widest = 0
        self._most = _MOST[0]
        self._arrow_room = 0
        self._shown: tuple[str, str, str, Mood, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space to push to talk
        self.set_ring_radius(12)
        self.setFont(font(12, 600))
        self.setFixedHeight(_BUTTON_HEIGHT)

    @property
    def word(self) -> str:
        return self._word

    def make_room_for_arrow(self) -> None:
        """Another button lies over the trailing edge."""
        self._arrow_room = ARROW_WIDTH
        self.updateGeometry()

    @property
    def ink(self) -> QColor:
        """What icon and word are painted with."""
        return self._colours()[1]

    @property
    def badge(self) -> int:
        return self._badge

    @property
    def mood(self) -> Mood:
        return self._mood

    def become(
        self, icon: str, word: str, name: str, mood: Mood = Mood.PLAIN, *, trouble: str = "", key: str = ""
    ) -> None:
        """Show another state. ``trouble`` is why it does not work, ``key`` its shortcut."""
        if (icon, word, name, mood, trouble) == self._shown:
            return
        self._shown = (icon, word, name, mood, trouble)
        self._icon, self._word, self._mood, self._warns = icon, word, mood, bool(trouble)
        self.setAccessibleName(name)
        self.setAccessibleDescription(trouble)
        set_tooltip(self, trouble or (f"{name} ({key})" if key else name))
        self.updateGeometry()
        self.update()

    def forget(self) -> None:
        """The next ``become`` counts, whatever was shown."""
        self._shown = None

    def set_badge(self, count: int) -> None:
        if count != self._badge:
            self._badge = count
            self.update()

    def keep_room_for(self, *words: str) -> None:
        """Be as wide as the longest of the words that it may ever show, so that nothing moves when one takes the place
        of another."""
        self._widest = max(self.fontMetrics().horizontalAdvance(one) for one in words)
        self.updateGeometry()

    def set_most_width(self, width: int) -> None:
        """Longer words end in "…"; what pressing does is in the tooltip and the accessible name."""
        if width != self._most:
            self._most = width
            self.updateGeometry()

    def set_least_width(self, width: int) -> None:
        self._least = width
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        least = self._least + (_ARROW_MORE if self._arrow_room else 0)
        words = max(self._widest, self.fontMetrics().horizontalAdvance(self._word))
        return QSize(max(least, min(words + 16, self._most)), _BUTTON_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink = self._colours()
        over = colour("hover") if self._mood is Mood.PLAIN else blend(fill, ink, 0.12)
        fill = blend(fill, over, 1.0 if self.isDown() else self.hovered)
        is_loud = theme().tokens.name == "high-contrast" and self._mood is not Mood.PLAIN
        painter.setPen(QPen(ink, 1) if is_loud else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        ratio = self.devicePixelRatioF()
        middle = self._middle()
        painter.drawPixmap(QPointF(middle - 10, 9), pixmap(self._icon, ink.name(), 20, ratio))
        painter.setPen(ink)
        painter.setFont(self.font())
        word = self.fontMetrics().elidedText(self._word, Qt.TextElideMode.ElideRight, self.width() - 4)
        painter.drawText(QRect(0, 33, self.width(), 18), Qt.AlignmentFlag.AlignCenter, word)
        if self._badge:
            self._paint_badge(painter, middle + 6)
        if self._warns:
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = middle + 11 if is_mirrored else middle - 25  # where the arrow is not
            painter.drawPixmap(QPointF(left, 4), pixmap("triangle-alert", "warn", 14, ratio))

    def _colours(self) -> tuple[QColor, QColor]:
        """Fill and ink."""
        colour = theme().colour
        fill, ink = {
            Mood.PLAIN: (colour("bg"), colour("text")),
            Mood.ON: (colour("accent_soft"), colour("accent")),
            Mood.RAISED: (colour("warn_soft"), colour("warn")),
            Mood.OFF: (colour("danger_soft"), colour("danger")),
        }[self._mood]
        return fill, ink if self.isEnabled() else colour("off")

    def _middle(self) -> float:
        """Of the icon: beside the arrow both stand as one group in the middle."""
        if not self._arrow_room:
            return self.width() / 2
        shift = self._arrow_room / 4
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.width() / 2 + (shift if is_mirrored else -shift)

    def _paint_badge(self, painter: QPainter, left: float) -> None:
        words = str(self._badge) if self._badge < 100 else "99+"
        shown = tabular(12, 700)
        shown.setPixelSize(11)
        width = max(18, QFontMetrics(shown).horizontalAdvance(words) + 10)
        pill = QRectF(left, 3, width, 18)
        painter.setPen(QPen(QColor(theme().tokens.bg), 2))
        painter.setBrush(theme().colour("accent"))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setFont(shown)
        painter.setPen(theme().colour("on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class ControlBar(QWidget):
    microphone_wanted = Signal(bool)
    camera_wanted = Signal(bool)
    share_wanted = Signal(bool)
    react_pressed = Signal()
    hand_wanted = Signal(bool)
    more_pressed = Signal()
    chat_pressed = Signal()
    people_pressed = Signal()
    timer_pressed = Signal()
    leave_pressed = Signal()
    microphones_wanted = Signal()
    """The list of microphones and speakers."""
    cameras_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Controls"))
        hearing, seeing = self._pairs = WithArrow(self), WithArrow(self)
        self.microphone = ControlButton(hearing)
        self.microphone_arrow = MenuArrow("", lambda: self.microphone.ink, hearing)
        self.camera = ControlButton(seeing)
        self.camera_arrow = MenuArrow("", lambda: self.camera.ink, seeing)
        self.share = ControlButton(self)
        self.react = ControlButton(self)
        self.hand = ControlButton(self)
        self.timer = ControlButton(self)
        self.chat = ControlButton(self)
        self.people = ControlButton(self)
        self.more = ControlButton(self)
        self.leave = Button(tr("Leave"), Kind.DANGER, icon="log-out", height=44, parent=self)
        self.leave.setAccessibleName(tr("Leave the room"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(_GAP)
        row.addStretch(1)
        for pair, button, arrow in (
            (hearing, self.microphone, self.microphone_arrow),
            (seeing, self.camera, self.camera_arrow),
        ):
            button.make_room_for_arrow()
            pair.hold(button, arrow)
            row.addWidget(pair)
        row.addWidget(self.share)
        row.addSpacing(25)
        row.addWidget(self.react)
        row.addWidget(self.hand)
        row.addSpacing(25)
        row.addWidget(self.timer)
        row.addWidget(self.chat)
        row.addWidget(self.people)
        row.addWidget(self.more)
        row.addSpacing(20)
        row.addWidget(self.leave)
        row.addStretch(1)
        self._microphone_switch, self._camera_switch = Switch(), Switch()
        self._sharing = Switch()
        self._hand = False
        self._open_tab = ""
        self._keys: Callable[[Action], tuple[str, ...]] = USUAL.__getitem__
        self.microphone.clicked.connect(self.turn_microphone)
        self.camera.clicked.connect(self.turn_camera)
        self.microphone_arrow.clicked.connect(self.microphones_wanted)
        self.camera_arrow.clicked.connect(self.cameras_wanted)
        self.share.clicked.connect(lambda: self.share_wanted.emit(not self._sharing.desired))
        self.react.clicked.connect(self.react_pressed)
        self.hand.clicked.connect(lambda: self.hand_wanted.emit(not self._hand))
        self.more.clicked.connect(self.more_pressed)
        self.chat.clicked.connect(self.chat_pressed)
        self.people.clicked.connect(self.people_pressed)
        self.timer.clicked.connect(self.timer_pressed)
        self.leave.clicked.connect(self.leave_pressed)
        self._in_order = (
            *(self.microphone, self.microphone_arrow, self.camera, self.camera_arrow, self.share, self.react),
            *(self.hand, self.timer, self.chat, self.people, self.more, self.leave),
        )
        for button in self._in_order:
            button.installEventFilter(self)
        self.say_again()

    @property
    def all(self) -> tuple[ControlButton, ...]:
        """Every button with a word, in order."""
        return (
            self.microphone,
            self.camera,
            self.share,
            self.react,
            self.hand,
            self.timer,
            self.chat,
            self.people,
            self.more,
        )

    def button_of(self, tab: str) -> ControlButton:
        """What opens a tab of the side panel; More where it has no button of its own."""
        own = {"chat": self.chat, "people": self.people, "timer": self.timer}.get(tab, self.more)
        return self.more if own.isHidden() else own

    def set_keys(self, keys: Callable[[Action], tuple[str, ...]]) -> None:
        """The tooltips name these keys from now on."""
        self._keys = keys
        self.say_again()

    def say_again(self) -> None:
        """Words and tooltips anew."""
        for button in self.all:
            button.forget()
        self.microphone.keep_room_for(tr("Mute"), tr("Unmute"), tr("Starting…"))
        self.camera.keep_room_for(tr("Start video"), tr("Stop video"), tr("Starting…"))
        self.share.keep_room_for(tr("Share"), tr("Stop share"), tr("Starting…"))
        self.show_switches(self._microphone_switch, self._camera_switch)
        self.show_sharing(self._sharing)
        self.show_hand(self._hand)
        self.show_panel(self._open_tab, self.chat.badge)
        self.microphone_arrow.say(tr("Choose microphone"))
        self.camera_arrow.say(tr("Choose camera"))
        self.setAccessibleName(tr("Controls"))
        self.leave.say(tr("Leave"))
        self.leave.setAccessibleName(tr("Leave the room"))
        self.react.become("smile", tr("React"), tr("React with an emoji"))
        self._fit()

    def show_sharing(self, sharing: Switch) -> None:
        self._sharing = sharing
        key = self._key(Action.SHARE)
        if sharing.desired:
            word = tr("Stop share") if sharing.actual else tr("Starting…")
            self.share.become("screen-share-off", word, tr("Stop sharing your screen"), Mood.ON, key=key)
        else:
            trouble = explain_device_inside(DeviceKind.SCREEN, sharing.problem) if sharing.problem else ""
            self.share.become("screen-share", tr("Share"), tr("Share your screen"), trouble=trouble, key=key)

    def show_hand(self, is_up: bool) -> None:
        self._hand = is_up
        name = tr("Lower your hand") if is_up else tr("Raise your hand")
        mood = Mood.RAISED if is_up else Mood.PLAIN
        self.hand.become("hand", tr("Hand"), name, mood, key=self._key(Action.HAND))

    def _key(self, action: Action) -> str:
        return next((shown(key) for key in self._keys(action)), "")

    def turn_microphone(self) -> None:
        self.microphone_wanted.emit(_next(self._microphone_switch))

    def turn_camera(self) -> None:
        self.camera_wanted.emit(_next(self._camera_switch))

    def show_switches(self, microphone: Switch, camera: Switch) -> None:
        self._microphone_switch, self._camera_switch = microphone, camera
        trouble = explain_device_inside(DeviceKind.MICROPHONE, microphone.problem) if microphone.problem else ""
        key = self._key(Action.MICROPHONE)
        if microphone.actual:
            self.microphone.become("mic", tr("Mute"), tr("Mute microphone"), trouble=trouble, key=key)
        else:
            word = tr("Starting…") if _is_starting(microphone) else tr("Unmute")
            self.microphone.become("mic-off", word, tr("Unmute microphone"), Mood.OFF, trouble=trouble, key=key)
        trouble = explain_device_inside(DeviceKind.CAMERA, camera.problem) if camera.problem else ""
        key = self._key(Action.CAMERA)
        if camera.actual:
            self.camera.become("video", tr("Stop video"), tr("Stop video"), trouble=trouble, key=key)
        else:
            word = tr("Starting…") if _is_starting(camera) else tr("Start video")
            self.camera.become("video-off", word, tr("Start video"), trouble=trouble, key=key)

    def show_panel(self, open_tab: str, unread: int) -> None:
        """``open_tab`` is the key of a tab, or "" while the panel is closed."""
        self._open_tab = open_tab
        is_chat, is_people = open_tab == "chat", open_tab == "people"
        name = tr("Close chat") if is_chat else tr("Open chat")
        if unread:
            name += ", " + tr("%1 unread").replace("%1", str(unread))
        self.chat.become(
            "message-square", tr("Chat"), name, Mood.ON if is_chat else Mood.PLAIN, key=self._key(Action.CHAT)
        )
        self.chat.set_badge(unread)
        name = tr("Close people") if is_people else tr("Open people")
        self.people.become(
            "users", tr("People"), name, Mood.ON if is_people else Mood.PLAIN, key=self._key(Action.PEOPLE)
        )
        is_timer = open_tab == "timer"
        name = tr("Close timer") if is_timer else tr("Open timer")
        self.timer.become("clock", tr("Timer"), name, Mood.ON if is_timer else Mood.PLAIN, key=self._key(Action.TIMER))
        is_behind = bool(open_tab) and self.button_of(open_tab) is self.more
        self.more.become("ellipsis", tr("More"), tr("More choices"), Mood.ON if is_behind else Mood.PLAIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys go from button to button and no further than to the last one; Home and End to the ends. Qt's
        own way with arrow keys would lead out of the bar."""
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._step(watched, event)

    def _step(self, button: QObject, event: QKeyEvent) -> bool:
        """Whether the key was one that moves; ``button`` has the focus."""
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        there = [one for one in self._in_order if one.isVisible() and one.isEnabled()]
        ways = {
            Qt.Key.Key_Right: ahead,
            Qt.Key.Key_Left: -ahead,
            Qt.Key.Key_Home: -len(there),
            Qt.Key.Key_End: len(there),
        }
        way = ways.get(Qt.Key(event.key()))
        place = next((place for place, one in enumerate(there) if one is button), None)
        if way is None or place is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        there[max(0, min(len(there) - 1, place + way))].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_roomy = self.width() >= _ROOMY_FROM
        for button in self.all:
            button.set_least_width(_WIDE if is_roomy else _NARROW)
        self.leave.set_icon("log-out" if is_roomy else "")
        self._fit()

    def _fit(self) -> None:
        """In the narrowest windows the timer has no button: its tab, its key and the menu behind More stay. Where that
        is not enough, words are shortened."""
        needed = self._needed(_MOST[0])
        if self.timer.isHidden():
            needed += self.timer.sizeHint().width() + _GAP
        self.timer.setVisible(needed <= self.width())
        for most in _MOST:
            if self._needed(most) <= self.width():
                break
        self.show_panel(self._open_tab, self.chat.badge)

    def _needed(self, most: int) -> int:
        """How wide all are together with no button wider than ``most``, which holds from now on."""
        for button in self.all:
            button.set_most_width(most)
        row = self.layout()
        assert row is not None
        for inner in (*(pair.layout() for pair in self._pairs), row):
            if inner is not None:
                inner.activate()  # now: words that have just become longer count
        return row.minimumSize().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg"))
        first = self.chat if self.timer.isHidden() else self.timer
        for before, after in ((self.share, self.react), (self.hand, first)):
            left, right = sorted((before.geometry(), after.geometry()), key=QRect.x)
            x = (left.right() + right.left()) // 2
            painter.fillRect(x, 20, 1, HEIGHT - 40, theme().colour("divider"))


def _is_starting(switch: Switch) -> bool:
    return switch.desired and not switch.actual and switch.problem is None


def _next(switch: Switch) -> bool:
    """What pressing asks for: after a failure the same once more, else the opposite of what was asked for last."""
    return (switch.problem is not None and not switch.actual) or not switch.desired
