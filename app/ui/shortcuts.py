"""The room's keys: one table of what they do, and what a person made of it.

    shortcuts = Shortcuts(desk.settings)
    shortcuts.keys(Action.CHAT)     # ("C",), or () while it is turned off
    shortcuts.changed.connect(...)  # bind anew

Promises: no key stands for two actions: one that is taken is refused, as is one that ends the app, and a usual key that
a person gave to something else, perhaps before a newer action came with it, stays theirs. What is stored and makes no
sense counts for nothing.
Lives in Qt's main thread. The keys are portable texts, as ``QKeySequence`` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.config import Settings, SettingsFile
from app.ui.quitting import quit_keys
from app.ui.words import tr


class Action(StrEnum):
    MICROPHONE = "microphone"
    CAMERA = "camera"
    TALK = "talk"
    """While it is held."""
    DEAFEN = "deafen"
    SHARE = "share"
    HAND = "hand"
    CHAT = "chat"
    PEOPLE = "people"
    TIMER = "timer"
    NEXT_LAYOUT = "next-layout"
    PREVIOUS_LAYOUT = "previous-layout"
    PIN = "pin"
    """One key for each of the first nine tiles: it can be turned off, and not be given another key."""
    FULL_SCREEN = "full-screen"
    MINI_WINDOW = "mini-window"
    CONTROL_BAR = "control-bar"
    HELP = "help"


USUAL: dict[Action, tuple[str, ...]] = {
    Action.MICROPHONE: ("M", "Ctrl+D"),
    Action.CAMERA: ("V", "Ctrl+E"),
    Action.TALK: ("Space",),
    Action.DEAFEN: ("Ctrl+Shift+D",),
    Action.SHARE: ("D",),
    Action.HAND: ("R",),
    Action.CHAT: ("C",),
    Action.PEOPLE: ("P",),
    Action.TIMER: ("T",),
    Action.NEXT_LAYOUT: ("W",),
    Action.PREVIOUS_LAYOUT: ("S",),
    Action.PIN: tuple("123456789"),
    Action.FULL_SCREEN: ("F11",),
    Action.MINI_WINDOW: ("Ctrl+Shift+M",),
    Action.CONTROL_BAR: ("F2",),
    Action.HELP: ("?",),
}

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_KEPT_FREE = frozenset({"Esc", "Tab", "Backtab", "Return", "Enter", "Up", "Down", "Left", "Right"})
"""One moves about and presses buttons with them."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an action cannot have a key: ``owner`` has it, or else it ends the app or is needed for moving about."""

    key: str
    owner: Action | None = None

    @property
    def words(self) -> str:
        if self.key in quit_keys():
            return tr("%1 ends the app").replace("%1", shown(self.key))
        if self.owner is None:
            return tr("%1 is needed for moving about").replace("%1", shown(self.key))
        return tr("Already used by %1").replace("%1", words_for(self.owner))


class Shortcuts(QObject):
    changed = Signal()

    def __init__(self, settings: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._stored = settings.state.shortcuts
        unsubscribe = settings.store.subscribe(self._on_settings)
        self.destroyed.connect(lambda: unsubscribe())

    def keys(self, action: Action) -> tuple[str, ...]:
        """What stands for ``action``; nothing while it is turned off."""
        chosen = self._chosen()
        if action in self._own:
            return tuple(key for key, owner in chosen.items() if owner is action)
        return tuple(key for key in USUAL[action] if key not in chosen)

    def is_changed(self, action: Action) -> bool:
        return action in self._own

    def owner(self, key: str) -> Action | None:
        """Whose key this is."""
        return next((action for action in Action if key in self.keys(action)), None)

    def give(self, action: Action, key: str) -> Refused | None:
        """Let ``key`` alone stand for ``action``; or say why it cannot, and change nothing."""
        taken_by = self.owner(key)
        if taken_by not in (None, action):
            return Refused(key, taken_by)
        if key in _KEPT_FREE | quit_keys() or (key == "Space" and action is not Action.TALK):
            return Refused(key)
        if (key,) != self.keys(action):
            self._store({**self._settings.state.shortcuts, action.value: key})
        return None

    def turn_off(self, action: Action) -> None:
        self._store({**self._settings.state.shortcuts, action.value: ""})

    def reset(self, action: Action) -> Refused | None:
        """Give ``action`` its usual keys again, unless another one has been given one of them."""
        for key in USUAL[action]:
            taken_by = self.owner(key)
            if taken_by not in (None, action):
                return Refused(key, taken_by)
        stored = self._settings.state.shortcuts
        self._store({name: key for name, key in stored.items() if name != action})
        return None

    def reset_all(self) -> None:
        self._store({})

    @property
    def _own(self) -> dict[str, str]:
        """What a person made of the keys. One that ends the app could be given once: Qt would do neither then."""
        return {name: key for name, key in self._settings.state.shortcuts.items() if key not in quit_keys()}

    def _chosen(self) -> dict[str, Action]:
        """What a person's own keys stand for; of two actions with one key the first has it."""
        found: dict[str, Action] = {}
        own = self._own
        for action in Action:
            key = own.get(action, "")
            if key and _is_readable(key) and action is not Action.PIN:
                found.setdefault(key, action)
        return found

    def _store(self, shortcuts: dict[str, str]) -> None:
        self._settings.change(shortcuts=shortcuts)

    def _on_settings(self, settings: Settings) -> None:
        if settings.shortcuts != self._stored:
            self._stored = settings.shortcuts
            self.changed.emit()


def recorded(event: QKeyEvent) -> str | None:
    """The keys that a person has just pressed, as they are stored; None while only Ctrl or the like is held."""
    key = Qt.Key(event.key())
    if key in _MODIFIERS or key is Qt.Key.Key_unknown:
        return None
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    said = event.text()
    if said and said.isprintable() and not said.isalnum() and not said.isspace():
        held &= ~Qt.KeyboardModifier.ShiftModifier  # "?" is one key, wherever the keyboard has it
    return QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText)


def shown(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def caps(key: str) -> list[str]:
    """As ``shown``, one part for each key that is pressed together."""
    whole = shown(key)
    parts = whole.split("+")
    return [*[part for part in parts[:-2] if part], "+"] if whole.endswith("+") else parts


def words_for(action: Action) -> str:
    return {
        Action.MICROPHONE: tr("Microphone"),
        Action.CAMERA: tr("Camera"),
        Action.TALK: tr("Push to talk (hold)"),
        Action.DEAFEN: tr("Hear nobody"),
        Action.SHARE: tr("Share screen"),
        Action.HAND: tr("Raise hand"),
        Action.CHAT: tr("Chat"),
        Action.PEOPLE: tr("People"),
        Action.TIMER: tr("Timer"),
        Action.NEXT_LAYOUT: tr("Next layout"),
        Action.PREVIOUS_LAYOUT: tr("Previous layout"),
        Action.PIN: tr("Pin a tile"),
        Action.FULL_SCREEN: tr("Full screen"),
        Action.MINI_WINDOW: tr("Mini window"),
        Action.CONTROL_BAR: tr("Go to the control bar"),
        Action.HELP: tr("All shortcuts"),
    }[action]


def _is_readable(key: str) -> bool:
    return (
        QKeySequence(key).count() == 1 and QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) == key
    )
