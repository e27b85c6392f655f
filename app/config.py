"""What the app remembers between two starts: one frozen value, kept in one small file.

Promises: a file that is missing, broken or from another version gives the defaults for what cannot be read, and
never keeps the app from starting; writing replaces the file as a whole. Secrets are never among the settings.
"""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from app.store import Store

log = logging.getLogger(__name__)

FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    server: str = "http://127.0.0.1:8765"
    """Base address of the server that was last used."""
    email: str = ""
    name: str = ""
    theme: str = "system"
    """"system", "light", "dark" or "contrast"."""
    camera: str = ""
    """A source spec; "" is the system's default camera."""
    microphone: str = ""
    speaker: str = ""
    join_with_camera: bool = False
    join_with_microphone: bool = False
    """Both off on the very first use; afterwards as last time."""


class SettingsFile:
    """The settings and the file that they live in. May be used from any thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = threading.Lock()
        self.store: Store[Settings] = Store(_load(self._path))

    @property
    def state(self) -> Settings:
        return self.store.state

    def change(self, **changes: str | bool) -> None:
        """Replace the named settings and write them down. A disk that refuses is logged: the change still holds until
        the end.
        """
        with self._lock:
            settings = replace(self.store.state, **changes)  # pyright: ignore[reportArgumentType]
            if settings == self.store.state:
                return
            self.store.set(settings)
            try:
                self._write(settings)
            except OSError:
                log.exception("cannot write %s", self._path)

    def _write(self, settings: Settings) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(settings), indent=2), encoding="utf-8")
        beside.replace(self._path)


def _load(path: Path) -> Settings:
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        log.warning("starting with default settings, %s cannot be read: %s", path, error)
        return Settings()
    if not isinstance(stored, dict):
        log.warning("starting with default settings, %s holds no object", path)
        return Settings()
    defaults = Settings()
    usable = {
        one.name: stored[one.name]
        for one in fields(Settings)
        if one.name in stored and type(stored[one.name]) is type(getattr(defaults, one.name))
    }
    return replace(defaults, **usable)
