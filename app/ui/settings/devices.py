"""The devices that rooms begin with, and a way to try each: nothing is turned on here without a press."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.choices import Switchable, keep_names, name_of
from app.errors import DeviceKind
from app.ui.bridge import Intents
from app.ui.components.buttons import Button
from app.ui.components.dropdown import Dropdown
from app.ui.components.fields import ErrorLine
from app.ui.components.lines import Hairline
from app.ui.devices.meter import MicrophoneMeter
from app.ui.devices.mirror import Mirror
from app.ui.devices.pickers import SpeakerPicker
from app.ui.devices.sound import SoundSwitches
from app.ui.devices.system_settings import repair, repair_words
from app.ui.devices.tryout import Tryout, show_inputs
from app.ui.port import DeskPort
from app.ui.settings.section import Section
from app.ui.words import explain_device, tr

_TRY_WIDTH = 88


class DevicesSection(Section):
    def __init__(self, desk: DeskPort, intents: Intents) -> None:
        super().__init__(tr("Devices"), "headphones", tr("Remembered per device. Switching never unmutes you."))
        self._desk = desk
        self._intents = intents
        self._listened = False
        self.tryout = Tryout(desk, intents, self)
        self.camera = Dropdown(tr("Camera"), icon="video", height=40)
        self.microphone = Dropdown(tr("Microphone"), icon="mic", height=40)
        self.try_camera = Button(tr("Test"))
        self.try_microphone = Button(tr("Test"))
        self.mirror = Mirror()
        self.meter = MicrophoneMeter()
        self.trouble = ErrorLine()
        self.speaker = SpeakerPicker(desk, intents, height=40, chime=tr("Test"))
        for button in (self.try_camera, self.try_microphone, self.speaker.play):
            button.setFixedWidth(_TRY_WIDTH)
        self.mirror.hide()
        self.meter.hide()
        self.add_labelled("video", tr("Camera"), _rows(_beside(self.camera, self.try_camera), self.mirror))
        microphone = _rows(_beside(self.microphone, self.try_microphone), self.meter, self.trouble)
        self.add_labelled("mic", tr("Microphone"), microphone)
        self.add_labelled("volume-2", tr("Speaker"), self.speaker)
        self.sound = SoundSwitches(desk.settings)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.sound)
        self._connect()
        self._show_switches()

    def begin(self) -> None:
        """The page is looked at."""
        settings = self._desk.settings.state
        self.tryout.begin(settings.camera, settings.microphone)
        profile = self._desk.account.store.state.profile
        if profile is not None:
            self.mirror.show_person(profile.name, profile.id)
        self._show_devices()
        self._show_switches()

    def end(self) -> None:
        """Nobody looks any more."""
        self._intents.start(self.tryout.close())
        self._show_switches()

    def _connect(self) -> None:
        self.tryout.changed.connect(self._show_switches)
        self.tryout.listed.connect(self._show_devices)
        self.camera.chosen.connect(self._choose_camera)
        self.microphone.chosen.connect(self._choose_microphone)
        self.speaker.chosen.connect(lambda speaker: self._desk.settings.change(speaker=speaker))
        self.try_camera.clicked.connect(lambda: self._turn("camera"))
        self.try_microphone.clicked.connect(lambda: self._turn("microphone"))
        self.mirror.retried.connect(lambda: self.tryout.turn("camera", True))
        self.trouble.repair.connect(self._mend_microphone)

    def _choose_camera(self, spec: str) -> None:
        self._desk.settings.change(camera=spec)
        self.tryout.choose("camera", spec)

    def _choose_microphone(self, spec: str) -> None:
        self._desk.settings.change(microphone=spec)
        self.tryout.choose("microphone", spec)

    def _mend_microphone(self) -> None:
        problem = self.tryout.switch("microphone").problem
        repair(DeviceKind.MICROPHONE, problem, lambda: self.tryout.turn("microphone", True))

    def _turn(self, kind: Switchable) -> None:
        self.tryout.turn(kind, not self.tryout.switch(kind).desired)

    def _show_devices(self) -> None:
        devices = self.tryout.devices
        if devices is not None:
            keep_names(self._desk.settings, devices)
        settings = self._desk.settings.state
        show_inputs(self.tryout, self.camera, self.microphone, settings)
        self.speaker.show_devices(devices, settings.speaker, name_of(settings, "speaker", settings.speaker))

    def _show_switches(self) -> None:
        camera, microphone = self.tryout.switch("camera"), self.tryout.switch("microphone")
        self.mirror.setVisible(camera.desired)
        self.mirror.show_camera(camera, self.tryout.slot)
        for button, switch, name in (
            (self.try_camera, camera, tr("Test the camera")),
            (self.try_microphone, microphone, tr("Test the microphone")),
        ):
            button.say(tr("Stop") if switch.desired else tr("Test"))
            button.setAccessibleName(tr("Stop the test") if switch.desired else name)
        problem = microphone.problem
        said = explain_device(DeviceKind.MICROPHONE, problem) if problem is not None else ""
        self.trouble.say(said, repair_words(DeviceKind.MICROPHONE, problem) if said else "")
        self.meter.setVisible(microphone.desired and problem is None)
        if microphone.actual != self._listened:
            self._listened = microphone.actual
            self.meter.listen_to(self.tryout.level if microphone.actual else None)


def _beside(picker: QWidget, button: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(picker, 1)
    row.addWidget(button)
    return row


def _rows(first: QHBoxLayout, *others: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addLayout(first)
    for one in others:
        column.addWidget(one)
    return made
