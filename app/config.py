"""What the app remembers between two starts: one frozen value, kept in one small file.

Promises: a file that is missing, broken or from another version gives the defaults for what cannot be read, and
never keeps the app from starting; writing replaces the file as a whole, and in it only what was changed here: another
window of the app may have changed the rest. Secrets are never among the settings.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from app.store import Store

log = logging.getLogger(__name__)

FILE = "settings.json"
THEMES = ("system", "light", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Settings:
    server: str = "http://127.0.0.1:8765"
    """Base address of the server that was last used."""
    email: str = ""
    name: str = ""
    theme: str = "system"
    """One of ``THEMES``."""
    camera: str = ""
    """A source spec; "" is the system's default camera."""
    microphone: str = ""
    speaker: str = ""
    was_on: dict[str, bool] = field(default_factory=dict[str, bool])
    """Whether each device was on when a room was last entered with it, by ``"camera device:ID"``; a device that is not
    in it was never used, and starts off."""
    body_double: bool = False
    """Whether the last room was entered as a still now and then."""
    sound: dict[str, bool] = field(default_factory=dict[str, bool])
    """How one's voice is treated, by ``SoundSettings``' names; what is not in it is as usual."""
    chimes: bool = True
    """A small sound when somebody comes, goes or raises a hand."""
    names: dict[str, str] = field(default_factory=dict[str, str])
    """What the chosen devices are called, by kind and device, for when they are away."""
    shortcuts: dict[str, str] = field(default_factory=dict[str, str])
    """The keys that a person chose, by action; "" turns one off. What is not in it has its usual keys."""
    language: str = ""
    """A language code, "" is the system's."""
    goal: str = ""
    """What one wanted to get done in the last session."""
    daily_minutes: int = 120
    """How long one wants to study on a day."""
    window: str = ""
    """Where the main window was, in Qt's own writing as base64; "" where it has not been moved yet."""


Value = str | bool | int | dict[str, str] | dict[str, bool]
"""Dictionaries are replaced as a whole, never changed."""


class SettingsFile:
    """The settings and the file that they live in. May be used from any thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()
        self._unwritten: dict[str, Value] = {}
        """What the disk has refused so far."""
        self.store: Store[Settings] = Store(_load(self._path))

    @property
    def folder(self) -> Path:
        """Where what is remembered lives."""
        return self._path.parent

    @property
    def state(self) -> Settings:
        return self.store.state

    def change(self, **changes: Value) -> None:
        """Replace the named settings and write them down. A disk that refuses is logged: the change still holds until
        the end.
        """
        with self._lock:
            settings = _changed(self.store.state, changes)
            if settings == self.store.state:
                return
            self.store.set(settings)
            self._unwritten |= changes
            self._write(_changed(_load(self._path), self._unwritten))

    def reset(self) -> None:
        """Back to what they were before the app was first used."""
        with self._lock:
            if self.store.state == Settings():
                return
            self.store.set(Settings())
            self._write(Settings())

    def _write(self, settings: Settings) -> None:
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(asdict(settings), indent=2), encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            log.exception("cannot write %s", self._path)
        else:
            self._unwritten.clear()


def _changed(settings: Settings, changes: Mapping[str, Value]) -> Settings:
    return replace(settings, **changes)  # pyright: ignore[reportArgumentType]


def _load(path: Path) -> Settings:
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        log.warning("starting with default settings, %s cannot be read: %s", path, error)
        return Settings()
    if not isinstance(stored, dict):
        log.warning("starting with default settings, %s holds no object", path)
        return Settings()
    defaults = Settings()
    usable = {
        one.name: stored[one.name]
        for one in fields(Settings)
        if one.name in stored and _fits(one.name, stored[one.name], getattr(defaults, one.name))
    }
    return replace(defaults, **usable)


_ENTRIES: dict[str, type] = {"was_on": bool, "sound": bool, "names": str, "shortcuts": str}
"""What the dictionaries hold."""


def _fits(name: str, stored: object, default: object) -> bool:
    if type(stored) is not type(default):
        return False
    if name == "theme":
        return stored in THEMES
    return not isinstance(stored, dict) or all(type(value) is _ENTRIES[name] for value in stored.values())
