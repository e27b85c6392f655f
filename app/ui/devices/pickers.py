"""Three pickers with friendly names, what each device's problem is, and the chime: "Did you hear it?" """

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.choices import Devices
from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.ui.announce import announce
from app.ui.bridge import Intents
from app.ui.components.buttons import Button, Kind
from app.ui.components.dropdown import Dropdown
from app.ui.components.fields import ErrorLine
from app.ui.components.labels import Label
from app.ui.words import device_name, explain, explain_device, line, tr

if TYPE_CHECKING:
    from app.media.devices import Device
    from app.ui.devices.port import DevicesPort


@dataclass(frozen=True, slots=True)
class Away:
    """What is known of the chosen device, should it not be plugged in."""

    name: str = ""
    stands_in: str = ""
    """The name of what is used meanwhile."""


def offer_devices(
    picker: Dropdown, kind: DeviceKind, devices: tuple[Device, ...] | None, chosen: str, away: Away | None = None
) -> None:
    """Let ``picker`` offer what there is. None: they are still being looked for."""
    if devices is None:
        picker.offer([], chosen, tr("Looking…"))
        return
    picker.offer(*entries_of(kind, devices, chosen, away), none_found(kind))


def entries_of(
    kind: DeviceKind, devices: tuple[Device, ...], chosen: str, away: Away | None = None
) -> tuple[list[tuple[str, str]], str]:
    """What there is, as keys with their words, and the key of what was chosen; keys are source specs, of speakers ids.

    What was chosen and is not there stays chosen, and is said to be away.
    """
    mark = "" if kind is DeviceKind.SPEAKER else "device:"
    entries = [(mark + one.id, one.name) for one in devices]
    known = {key for key, _ in entries}
    default = next((one for one in devices if one.is_default), None)
    if entries:
        words = tr("Default (%1)").replace("%1", default.name) if default is not None else tr("Default")
        entries.insert(0, (mark, words))
    if chosen in ("", mark):
        chosen = mark
    elif chosen not in known:
        entries.append((chosen, _away(kind, chosen, away or Away())))
    return entries, chosen


def _away(kind: DeviceKind, spec: str, away: Away) -> str:
    sort, _, name = spec.partition(":")
    if kind is not DeviceKind.SPEAKER and sort == "none":
        return none_found(kind)
    if kind is not DeviceKind.SPEAKER and sort == "test":
        return tr("Test picture and tone")
    if kind is not DeviceKind.SPEAKER and sort == "file":
        return tr("Clip %1").replace("%1", name.replace("\\", "/").rpartition("/")[2])
    called = line(away.name) or tr("The %1 of last time").replace("%1", device_name(kind))
    words = tr("%1 is away: using %2") if away.stands_in else tr("%1 (not plugged in)")
    before, _, after = words.partition("%1")
    return before + called + after.replace("%2", line(away.stands_in))


def none_found(kind: DeviceKind) -> str:
    return {
        DeviceKind.CAMERA: tr("No camera found"),
        DeviceKind.MICROPHONE: tr("No microphone found"),
        DeviceKind.SPEAKER: tr("No speaker found"),
        DeviceKind.SCREEN: "",
    }[kind]


class SpeakerPicker(QWidget):
    """The speaker, a chime to try it by, and what to do where it was not heard. ``chosen`` carries its id."""

    chosen = Signal(str)

    def __init__(self, desk: DevicesPort, intents: Intents, *, height: int = 44, chime: str = "") -> None:
        """``chime`` is what the button says."""
        super().__init__()
        self._desk = desk
        self._intents = intents
        self._chime_words = chime or tr("Play chime")
        self.picker = Dropdown(tr("Speaker"), icon="volume-2", height=height)
        self.play = Button(self._chime_words, icon="play", height=height)
        self.question = Label("", 13, 400, "muted").wrapped()
        self.yes = Button(tr("Yes"), height=36)
        self.no = Button(tr("No"), height=36)
        self.trouble = ErrorLine()
        self._answers = QWidget()
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(8)
        answers.addWidget(self.question, 1)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        self._answers.setMinimumHeight(36)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.picker, 1)
        top.addWidget(self.play)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._answers)
        column.addWidget(self.trouble)
        self.picker.chosen.connect(self._on_chosen)
        self.play.clicked.connect(self._play)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        self._ask("", is_question=False)

    def keep_room(self) -> None:
        """Leave the question's place empty while nothing is asked, so that nothing jumps."""
        policy = self._answers.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._answers.setSizePolicy(policy)

    def show_devices(self, devices: Devices | None, chosen: str, known_as: str = "") -> None:
        """``known_as`` is what the chosen one was called when it was there."""
        speakers = devices.speakers if devices is not None else None
        default = next((one.name for one in speakers or () if one.is_default), "")
        offer_devices(self.picker, DeviceKind.SPEAKER, speakers, chosen, Away(known_as, default))
        self.play.setEnabled(bool(speakers))
        if speakers == ():
            self._ask(explain_device(DeviceKind.SPEAKER, DeviceProblem.ABSENT), is_question=False)

    def _on_chosen(self, speaker: str) -> None:
        self._ask("", is_question=False)
        self.trouble.say("")
        self.chosen.emit(speaker)

    def _play(self) -> None:
        self.play.setEnabled(False)
        self.play.say(tr("Playing…"))
        self._ask("", is_question=False)
        self.trouble.say("")
        self._intents.start(
            self._desk.engine.call(self._desk.chime(self.picker.key)), done=self._on_played, failed=self._on_not_played
        )

    def _rest(self) -> None:
        had_focus = self.play.hasFocus()
        self.play.setEnabled(True)
        self.play.say(self._chime_words)
        if had_focus:
            self.play.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_played(self, _: None) -> None:
        if not isValid(self):  # the page was left while it played
            return
        self._rest()
        self._ask(tr("Did you hear it?"), is_question=True)
        announce(self, tr("Did you hear it?"))

    def _on_not_played(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._rest()
        said = explain_device(error.kind, error.problem) if isinstance(error, DeviceError) else explain(error)
        self.trouble.say(said)

    def _on_yes(self) -> None:
        self._answered(self.yes, tr("Good. Others will come from there."))

    def _on_no(self) -> None:
        self._answered(self.no, tr("Turn the volume up, or choose another speaker above."))

    def _answered(self, button: Button, words: str) -> None:
        for one in (self.yes, self.no):
            one.set_kind(Kind.SOFT if one is button else Kind.SECONDARY)
        self.question.setText(words)
        announce(self, words)

    def _ask(self, words: str, *, is_question: bool) -> None:
        self.question.setText(words)
        self._answers.setVisible(bool(words))
        for button in (self.yes, self.no):
            button.setVisible(is_question)
            button.set_kind(Kind.SECONDARY)
