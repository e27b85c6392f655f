"""What one may want to change in the midst of a stay: devices, the look, the language. All of it takes effect at once,
and is remembered for the next time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from app.choices import name_of
from app.config import SettingsFile
from app.errors import DeviceKind
from app.media.devices import Device
from app.room.state import RoomState
from app.ui.components.buttons import Button
from app.ui.components.dropdown import Dropdown
from app.ui.components.labels import Label
from app.ui.components.lines import Hairline
from app.ui.devices.in_room import RoomDevices
from app.ui.devices.pickers import Away, offer_devices
from app.ui.room.sheet import Sheet
from app.ui.settings.appearance import ThemeChoices
from app.ui.settings.languages import LanguagePicker
from app.ui.words import tr

_WIDTH = 560


class SettingsSheet(Sheet):
    def __init__(self, settings: SettingsFile, devices: RoomDevices, state: RoomState, parent: QWidget) -> None:
        """``state`` says what is in use."""
        super().__init__(tr("Settings"), parent)
        self.setMinimumWidth(_WIDTH)
        self._settings = settings
        self._devices = devices
        sources = state.sources
        self._chosen = {
            DeviceKind.CAMERA: sources.camera,
            DeviceKind.MICROPHONE: sources.microphone,
            DeviceKind.SPEAKER: sources.speaker,
        }
        self.pickers = {
            DeviceKind.CAMERA: Dropdown(tr("Camera"), icon="video", height=40),
            DeviceKind.MICROPHONE: Dropdown(tr("Microphone"), icon="mic", height=40),
            DeviceKind.SPEAKER: Dropdown(tr("Speaker"), icon="volume-2", height=40),
        }
        self.looks = ThemeChoices(settings)
        self.language = LanguagePicker(settings)
        self._lay_out()
        for kind, picker in self.pickers.items():
            picker.chosen.connect(lambda spec, kind=kind: self._use(kind, spec))
        devices.listed.connect(self._show_devices)
        self._show_devices()

    def _use(self, kind: DeviceKind, spec: str) -> None:
        self._chosen[kind] = spec
        self._devices.use(kind, spec)

    def _show_devices(self) -> None:
        known = self._devices.devices
        there: dict[DeviceKind, tuple[Device, ...] | None] = {
            DeviceKind.CAMERA: known and known.cameras,
            DeviceKind.MICROPHONE: known and known.microphones,
            DeviceKind.SPEAKER: known and known.speakers,
        }
        for kind, picker in self.pickers.items():
            found, chosen = there[kind], self._chosen[kind]
            default = next((one.name for one in found or () if one.is_default), "")
            away = Away(name_of(self._settings.state, kind, chosen), default)
            offer_devices(picker, kind, found, chosen, away)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            (tr("Camera"), self.pickers[DeviceKind.CAMERA]),
            (tr("Microphone"), self.pickers[DeviceKind.MICROPHONE]),
            (tr("Speaker"), self.pickers[DeviceKind.SPEAKER]),
            ("", Hairline()),
            (tr("Appearance"), self.looks),
            (tr("Language"), self.language),
        ]
        for number, (words, control) in enumerate(rows):
            if words:
                grid.addWidget(Label(words, 14, 500), number, 0)
                grid.addWidget(control, number, 1)
            else:
                grid.addWidget(control, number, 0, 1, 2)
        self.column.addLayout(grid)
        done = Button(tr("Close"))
        done.clicked.connect(self.close)
        self.add_buttons(done)


def open_settings_sheet(
    settings: SettingsFile, devices: RoomDevices, state: Callable[[], RoomState], parent: QWidget
) -> None:
    """Over a room's window. In another language it is another sheet, at the same place; ``state`` is what is in use by
    then."""
    sheet = SettingsSheet(settings, devices, state(), parent)

    def speak_anew() -> None:
        sheet.close()
        again = SettingsSheet(settings, devices, state(), parent)
        _show(again)
        again.language.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(one: SettingsSheet) -> None:
        nonlocal sheet
        sheet = one
        # Once everything else has heard of it: what is open now has the words of before.
        one.language.chosen.connect(lambda: QTimer.singleShot(0, parent, speak_anew))
        one.show()

    _show(sheet)
    sheet.pickers[DeviceKind.CAMERA].setFocus(Qt.FocusReason.OtherFocusReason)
