"""The green room: nobody sees or hears one here. Devices are tried for real, and released before the room takes them.

Promises: nothing is on that was not on last time with the same device; ``joined`` comes once the devices are free;
leaving the page by any way frees them too.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.account import AccountState
from app.choices import Choices, Switchable, keep_names, last_time, name_of
from app.config import SettingsFile
from app.errors import DeviceKind
from app.room.state import Switch
from app.store import Store
from app.study.stays import MAX_GOAL
from app.ui.announce import announce
from app.ui.bridge import Intents
from app.ui.components.avatars import AvatarStack
from app.ui.components.buttons import Button, Kind
from app.ui.components.chips import SubjectChip
from app.ui.components.dropdown import Dropdown
from app.ui.components.fields import ErrorLine, Field, TextField
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import ElidingLabel, Label, breakable, set_tooltip
from app.ui.components.scroll import FollowingScroll
from app.ui.devices.meter import MicrophoneMeter
from app.ui.devices.mirror import WIDTH as MIRROR_WIDTH
from app.ui.devices.mirror import Mirror
from app.ui.devices.pickers import SpeakerPicker
from app.ui.devices.port import DevicesPort
from app.ui.devices.system_settings import repair, repair_words
from app.ui.devices.tryout import Tryout, show_inputs
from app.ui.green_room.toggle import BigToggle
from app.ui.icons import mark
from app.ui.sessions.draft import MAX_DESCRIPTION
from app.ui.shortcuts import Action, Shortcuts, shown
from app.ui.words import explain, explain_device, line, person, subject_words, tr
from protocol.rest import Session

MAX_ABOUT = 160
"""Letters of the session's description that are shown: three lines."""
_RIGHT = 424
_NAMED = 2
"""So many of the others are named."""


class AccountHolder(Protocol):
    @property
    def store(self) -> Store[AccountState]: ...


class GreenRoomDesk(DevicesPort, Protocol):
    """What the page needs from below."""

    @property
    def account(self) -> AccountHolder: ...
    @property
    def settings(self) -> SettingsFile: ...


class GreenRoom(QWidget):
    """``joined`` carries the ``Choices``; ``cancelled`` goes back."""

    joined = Signal(object)
    cancelled = Signal()

    def __init__(self, desk: GreenRoomDesk, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ring", False)  # it holds the focus only while nothing can be pressed
        self.session = session
        self._desk = desk
        self.intents = Intents(self._on_failed)
        self._chosen = last_time(desk.settings.state)
        self._speaker = self._chosen.speaker
        self._is_body_double = self._chosen.body_double
        self._is_joining = False
        self._listened = False
        self.tryout = Tryout(desk, self.intents, self)
        self.shortcuts = Shortcuts(desk.settings, self)
        self._keys: list[QShortcut] = []
        self.mirror = Mirror()
        self.microphone_toggle, self.camera_toggle, self.body_double_toggle = BigToggle(), BigToggle(), BigToggle()
        self.goal = TextField(tr("Your goal for this session"), hint=tr("Only you see it. You can leave it empty."))
        self.goal.edit.setMaxLength(MAX_GOAL)
        self.camera = Dropdown(tr("Camera"), icon="video")
        self.microphone = Dropdown(tr("Microphone"), icon="mic")
        self.microphone_trouble = ErrorLine()
        self.meter = MicrophoneMeter()
        self.speaker = SpeakerPicker(desk, self.intents)
        self.speaker.keep_room()
        self.faces = AvatarStack()
        self.others = ElidingLabel("", 13, 400, "muted")
        self.trouble = ErrorLine()
        self.join_button = Button(tr("Join"), Kind.PRIMARY, height=48)
        self.cancel_button = Button(tr("Cancel"), height=48)
        self._lay_out()
        self._connect()
        self._bind_keys()
        self._show_devices()
        self._show_switches()

    @property
    def choices(self) -> Choices:
        """What would be taken into the room now."""
        return Choices(
            camera=self.tryout.spec("camera"),
            microphone=self.tryout.spec("microphone"),
            speaker=self._speaker,
            camera_on=self.tryout.switch("camera").desired,
            microphone_on=self.tryout.switch("microphone").desired,
            goal=line(self.goal.text),
            body_double=self._is_body_double,
        )

    def follow(self, session: Session) -> None:
        """The same session, as the server tells of it now."""
        self.session = session
        self._show_others()

    def fail(self, words: str) -> None:
        """The room would not have us: say why, and be as before."""
        self._is_joining = False
        self.join_button.setEnabled(True)
        self.cancel_button.setEnabled(True)
        self.join_button.say(tr("Join"))
        if self.hasFocus():
            self.join_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.trouble.say(words)
        self._begin()

    # ---- coming and going ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and not self._is_joining:
            self._begin()
            self.join_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous() and not self._is_joining:
            self._keep()
            self.intents.start(self.tryout.close())

    def _begin(self) -> None:
        chosen = self._chosen
        self.tryout.begin(chosen.camera, chosen.microphone)
        if chosen.camera_on:
            self.tryout.turn("camera", True)
        if chosen.microphone_on:
            self.tryout.turn("microphone", True)
        self._show_devices()
        self._show_switches()

    def _keep(self) -> None:
        self._chosen = self.choices

    def join(self) -> None:
        """Free the devices, then say that we are ready. Pressing it twice joins once; there is no way back until an
        answer comes.
        """
        if self._is_joining:
            return
        self._keep()
        self._is_joining = True
        self.trouble.say("")
        # Qt would hand the focus of a disabled button to the next one: a second Space would then unmute, say.
        if self.join_button.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cancel_button.setEnabled(False)
        self.join_button.setEnabled(False)
        self.join_button.say(tr("Joining…"))
        announce(self, tr("Joining…"))
        chosen = self._chosen
        self.intents.start(self.tryout.close(), done=lambda _: self.joined.emit(chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._is_joining:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    # ---- devices -------------------------------------------------------------------------------------------------

    def _mend_microphone(self) -> None:
        problem = self.tryout.switch("microphone").problem
        repair(DeviceKind.MICROPHONE, problem, lambda: self.tryout.turn("microphone", True))

    def _turn(self, kind: Switchable) -> None:
        switch = self.tryout.switch(kind)
        self.tryout.turn(kind, switch.problem is not None or not switch.desired)

    def _turn_body_double(self) -> None:
        """It begins with a microphone that is off."""
        self._is_body_double = not self._is_body_double
        if self._is_body_double:
            self.tryout.turn("microphone", False)
        self._show_switches()

    def _choose_speaker(self, speaker: str) -> None:
        self._speaker = speaker

    def _show_devices(self) -> None:
        devices = self.tryout.devices
        if devices is not None:
            keep_names(self._desk.settings, devices)
        show_inputs(self.tryout, self.camera, self.microphone, self._desk.settings.state)
        called = name_of(self._desk.settings.state, "speaker", self._speaker)
        self.speaker.show_devices(devices, self._speaker, called)

    def _show_switches(self) -> None:
        if self._is_joining:
            return
        camera, microphone = self.tryout.switch("camera"), self.tryout.switch("microphone")
        self.mirror.show_camera(camera, self.tryout.slot)
        self._show_toggle(self.camera_toggle, Action.CAMERA, camera)
        self._show_toggle(self.microphone_toggle, Action.MICROPHONE, microphone)
        name = tr("Turn body-double mode off") if self._is_body_double else tr("Turn body-double mode on")
        about = tr("Needs a camera") if camera.problem is not None else tr("A still every 10 s")
        self.body_double_toggle.become("image", tr("Body-double"), about, name, is_on=self._is_body_double)
        set_tooltip(self.body_double_toggle, tr("Company without talk: a still of you every 10 s, and no sound."))
        problem = microphone.problem
        said = explain_device(DeviceKind.MICROPHONE, problem) if problem is not None else ""
        self.microphone_trouble.say(said, repair_words(DeviceKind.MICROPHONE, problem) if said else "")
        if microphone.actual != self._listened:
            self._listened = microphone.actual
            self.meter.listen_to(self.tryout.level if microphone.actual else None)

    def _show_toggle(self, toggle: BigToggle, action: Action, switch: Switch) -> None:
        is_camera = action is Action.CAMERA
        icon = "video" if is_camera else "mic"
        keys = self.shortcuts.keys(action)
        key = shown(keys[0]) if keys else ""
        if switch.problem is not None:
            kind = DeviceKind.CAMERA if is_camera else DeviceKind.MICROPHONE
            title = tr("No camera") if is_camera else tr("No microphone")
            name = tr("Try the camera again") if is_camera else tr("Try the microphone again")
            trouble = explain_device(kind, switch.problem)
            toggle.become(f"{icon}-off", title, tr("Press to try again"), name, is_on=False, trouble=trouble)
            return
        if switch.desired:
            title = tr("Camera on") if is_camera else tr("Microphone on")
            about = tr("Press %1 to stop") if is_camera else tr("Press %1 to mute")
            name = tr("Stop video") if is_camera else tr("Mute microphone")
            if not switch.actual:
                about = tr("Starting…")
            elif not key:
                about = tr("Others will see you") if is_camera else tr("Others will hear you")
        else:
            title = tr("Camera off") if is_camera else tr("Microphone off")
            about = tr("Press %1 to start") if is_camera else tr("Press %1 to unmute")
            name = tr("Start video") if is_camera else tr("Unmute microphone")
            icon += "-off"
            if not key:
                about = tr("Others will not see you") if is_camera else tr("Others will not hear you")
        toggle.become(icon, title, about.replace("%1", key), name, is_on=switch.desired)

    def _on_failed(self, error: Exception) -> None:
        self.trouble.say(explain(error))

    # ---- how -----------------------------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        for old in self._keys:
            old.setEnabled(False)
            old.deleteLater()
        self._keys.clear()
        for action, toggle in (
            (Action.MICROPHONE, self.microphone_toggle),
            (Action.CAMERA, self.camera_toggle),
        ):
            for key in self.shortcuts.keys(action):
                made = QShortcut(QKeySequence(key), self)
                made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                made.setAutoRepeat(False)
                made.activated.connect(toggle.click)
                self._keys.append(made)
        self._show_switches()

    def _connect(self) -> None:
        self.tryout.changed.connect(self._show_switches)
        self.tryout.listed.connect(self._show_devices)
        self.shortcuts.changed.connect(self._bind_keys)
        self.microphone_toggle.clicked.connect(lambda: self._turn("microphone"))
        self.camera_toggle.clicked.connect(lambda: self._turn("camera"))
        self.body_double_toggle.clicked.connect(self._turn_body_double)
        self.mirror.retried.connect(lambda: self.tryout.turn("camera", True))
        self.microphone_trouble.repair.connect(self._mend_microphone)
        self.camera.chosen.connect(lambda spec: self.tryout.choose("camera", spec))
        self.microphone.chosen.connect(lambda spec: self.tryout.choose("microphone", spec))
        self.speaker.chosen.connect(self._choose_speaker)
        self.join_button.clicked.connect(self.join)
        self.cancel_button.clicked.connect(self.cancelled)
        self.goal.edit.returnPressed.connect(self.join)

    def _lay_out(self) -> None:
        profile = self._desk.account.store.state.profile
        self._me = profile.id if profile is not None else ""
        self.mirror.show_person(profile.name if profile is not None else tr("You"), self._me)
        content = QWidget()
        content.setObjectName("plain")
        rows = QVBoxLayout(content)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.addStretch(1)
        for side, widest in ((self._left(), MIRROR_WIDTH), (self._right(), _RIGHT)):
            holder = QWidget()
            holder.setMaximumWidth(widest)
            side.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(side)
            self._columns.addWidget(holder, widest)
        self._columns.addStretch(1)
        self._rows = rows
        rows.addStretch(1)
        rows.addLayout(self._columns)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Header())
        column.addWidget(FollowingScroll(content), 1)
        self._show_others()  # only now: what is shown before it has its place would be a window of its own

    def _left(self) -> QVBoxLayout:
        toggles = QHBoxLayout()
        toggles.setSpacing(8)
        toggles.addWidget(self.microphone_toggle, 1)
        toggles.addWidget(self.camera_toggle, 1)
        toggles.addWidget(self.body_double_toggle, 1)
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addWidget(IconLabel("lock"))
        promise.addWidget(Label(tr("Nobody sees or hears you until you join."), 13, 400, "muted"), 1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.mirror)
        column.addLayout(toggles)
        column.addLayout(promise)
        column.addSpacing(8)
        column.addWidget(self.goal)
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        called = line(self.session.title) or tr("Study room")
        title = Label(breakable(called), 28, 600).wrapped()
        title.setAccessibleName(called)
        column = QVBoxLayout()
        column.setSpacing(8)
        if line(self.session.subject):
            column.addWidget(SubjectChip(subject_words(self.session.subject)), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(title)
        description = line(self.session.description[:MAX_DESCRIPTION])
        if description:
            column.addWidget(_about(description))
            column.addSpacing(4)
        column.addLayout(self._others())
        column.addSpacing(8)
        column.addWidget(Field(tr("Camera"), self.camera))
        column.addSpacing(4)
        column.addWidget(Field(tr("Microphone"), self.microphone))
        column.addWidget(self.meter)
        column.addWidget(self.microphone_trouble)
        column.addSpacing(4)
        speaker = QVBoxLayout()
        speaker.setSpacing(8)
        speaker.addWidget(Label(tr("Speaker"), 13, 500))
        speaker.addWidget(self.speaker)
        column.addLayout(speaker)
        column.addWidget(self.trouble)
        column.addSpacing(8)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.join_button, 3)
        buttons.addWidget(self.cancel_button, 1)
        column.addLayout(buttons)
        for name, part in ((tr("Camera"), self.camera), (tr("Microphone"), self.microphone)):
            part.setAccessibleName(f"{name}: {part.words}")
        return column

    def _others(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.faces)
        row.addWidget(self.others, 1)
        return row

    def _show_others(self) -> None:
        """Who else takes part."""
        others = [one for one in self.session.participants if one.id != self._me]
        names = [person(one.name) for one in others[:_NAMED]]
        rest = len(others) - len(names)
        if not others:
            words = tr("Nobody else takes part yet")
        elif rest:
            words = tr("With %1 and %n more", rest).replace("%1", ", ".join(names))
        else:
            words = tr("With %1").replace("%1", ", ".join(names))
        self.faces.show_people([(one.id, one.name) for one in others])
        self.others.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= MIRROR_WIDTH + 48 + _RIGHT + 2 * 48
        edge = 48 if is_wide else 32
        self._rows.setContentsMargins(edge, 16, edge, 24)
        self._columns.setSpacing(48 if is_wide else 32)


def _about(description: str) -> Label:
    """What the session is for; so much of it that the controls below stay in sight, and all of it in the tooltip."""
    shown = description if len(description) <= MAX_ABOUT else f"{description[: MAX_ABOUT - 1].rstrip()}…"
    label = Label(breakable(shown), 13).wrapped()
    label.setObjectName("about-session")
    label.setAccessibleName(description)
    set_tooltip(label, description if shown != description else "")
    return label


class _Header(QWidget):
    """The mark and where one is."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(52)
        self.setAccessibleName(tr("Before you join"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addSpacing(28 + 12)  # the mark
        row.addWidget(Label(tr("Before you join"), 16, 600))
        row.addWidget(Label(tr("The room’s shortcuts work here too"), 13, 400, "muted"), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 16 - 28 if is_mirrored else 16
        QPainter(self).drawPixmap(left, 12, mark(28, self.devicePixelRatioF()))
