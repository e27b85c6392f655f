"""How one's own voice is treated and what the room sounds like, as switches: in the settings, and in a room's sheet."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.choices import sound_of
from app.config import Settings, SettingsFile
from app.ui.bridge import StoreBridge
from app.ui.components.buttons import Button
from app.ui.components.switch import SwitchRow
from app.ui.room.sheet import Sheet
from app.ui.words import tr

_SHEET_WIDTH = 480


class SoundSwitches(QWidget):
    """Shows what is remembered, wherever it was changed, and remembers what is pressed. A room that is open follows."""

    def __init__(self, settings: SettingsFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.headphones = SwitchRow(tr("Headphones"), tr("You wear them, so there is no echo to take out."))
        self.echo = SwitchRow(tr("Echo cancellation"), tr("Keeps others from hearing themselves from your speakers."))
        self.noise = SwitchRow(tr("Noise suppression"), tr("Keeps keyboard and fan out."))
        self.gain = SwitchRow(tr("Even loudness"), tr("Makes you as loud as others, near and far."))
        self.rumble = SwitchRow(tr("Take out rumble"), tr("Keeps knocks on the desk and passing cars out."))
        self.chimes = SwitchRow(tr("Chimes"), tr("A small sound when somebody comes, goes or raises a hand."))
        self._parts = {
            "headphones": self.headphones,
            "echo_cancellation": self.echo,
            "noise_suppression": self.noise,
            "gain_control": self.gain,
            "high_pass": self.rumble,
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for name, row in self._parts.items():
            column.addWidget(row)
            row.switch.clicked.connect(lambda is_on, name=name: self._treat(name, is_on))
        column.addWidget(self.chimes)
        self.chimes.switch.clicked.connect(lambda is_on: settings.change(chimes=is_on))
        self._bridge = StoreBridge(settings.store)
        self._bridge.listen(self._show)
        self.destroyed.connect(self._bridge.close)

    def _treat(self, name: str, is_on: bool) -> None:
        self._settings.change(sound={**self._settings.state.sound, name: is_on})

    def _show(self, settings: Settings) -> None:
        sound = sound_of(settings)
        for name, is_on in asdict(sound).items():
            self._parts[name].switch.setChecked(is_on)
        self.echo.setEnabled(not sound.headphones)
        self.chimes.switch.setChecked(settings.chimes)


def sound_sheet(settings: SettingsFile, parent: QWidget) -> Sheet:
    """The same over a room's window."""
    sheet = Sheet(tr("Sound settings"), parent)
    sheet.setMinimumWidth(_SHEET_WIDTH)
    switches = SoundSwitches(settings)
    sheet.column.addWidget(switches)
    done = Button(tr("Close"))
    done.clicked.connect(sheet.close)
    sheet.add_buttons(done)
    switches.headphones.switch.setFocus()
    return sheet
