"""What the room's window remembers between two starts: loudness per person, drafts, how far the chat was read, emoji
often used, a few wishes, and how the window was left.

Promises: bounded (the oldest goes first); a file that is missing or broken is an empty memory; writing replaces the
file as a whole, a moment after the last change; without a folder it remembers until the app ends.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

log = logging.getLogger(__name__)

FILE = "room.json"
MOST_PEOPLE = 300
MOST_DRAFTS = 40
MOST_ROOMS = 200
"""So many rooms are known by how far their chat was read."""
MOST_EMOJI = 60
OFTEN = 14
"""So many emoji are offered as often used."""
SAVE_MS = 600
QUIET = "do-not-disturb"
"""The wish for no notifications."""


@dataclass(slots=True)
class _Kept:
    volumes: dict[str, float] = field(default_factory=dict[str, float])
    drafts: dict[str, str] = field(default_factory=dict[str, str])
    read: dict[str, str] = field(default_factory=dict[str, str])
    emoji: dict[str, int] = field(default_factory=dict[str, int])
    wishes: dict[str, bool] = field(default_factory=dict[str, bool])
    looks: dict[str, str] = field(default_factory=dict[str, str])


class RoomMemory(QObject):
    """Lives in Qt's main thread."""

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = None if folder is None else folder / FILE
        self._kept = _Kept() if self._path is None else _load(self._path)
        self._later = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._later.timeout.connect(self.save)

    def volume(self, person: str) -> float:
        """How loud somebody is, 0 to 2; 1 where nothing was chosen."""
        return self._kept.volumes.get(person, 1.0)

    def set_volume(self, person: str, volume: float) -> None:
        self._kept.volumes.pop(person, None)
        if volume != 1.0:
            self._kept.volumes[person] = volume
        self._changed(self._kept.volumes, MOST_PEOPLE)

    def draft(self, place: str) -> str:
        """What was being written in a room; "" for nothing."""
        return self._kept.drafts.get(place, "")

    def set_draft(self, place: str, text: str) -> None:
        if text == self.draft(place):
            return
        self._kept.drafts.pop(place, None)
        if text.strip():
            self._kept.drafts[place] = text
        self._changed(self._kept.drafts, MOST_DRAFTS)

    def read_until(self, place: str) -> datetime | None:
        """When the newest message was sent that was read in a room; None where nothing is known of it."""
        try:
            until = datetime.fromisoformat(self._kept.read.get(place, ""))
        except ValueError:
            return None
        return until if until.tzinfo is not None else None

    def set_read_until(self, place: str, until: datetime) -> None:
        """``until`` is aware. It never goes back."""
        before = self.read_until(place)
        if before is None or until > before:
            self._kept.read.pop(place, None)
            self._kept.read[place] = until.isoformat()
            self._changed(self._kept.read, MOST_ROOMS)

    def often(self) -> list[str]:
        """The emoji used most, the most used first."""
        return sorted(self._kept.emoji, key=lambda one: -self._kept.emoji[one])[:OFTEN]

    def count_emoji(self, emoji: str) -> None:
        counted = self._kept.emoji.pop(emoji, 0) + 1
        self._kept.emoji[emoji] = counted
        self._changed(self._kept.emoji, MOST_EMOJI)

    def wish(self, name: str) -> bool:
        return self._kept.wishes.get(name, False)

    def set_wish(self, name: str, is_wished: bool) -> None:
        self._kept.wishes[name] = is_wished
        self._changed(self._kept.wishes, MOST_EMOJI)

    def look(self, name: str) -> str:
        """How something was left: where the window stood, which layout it had; "" where that is not known."""
        return self._kept.looks.get(name, "")

    def set_look(self, name: str, look: str) -> None:
        self._kept.looks[name] = look
        self._changed(self._kept.looks, MOST_EMOJI)

    def save(self) -> None:
        """Write it down now. A disk that refuses is logged."""
        self._later.stop()
        if self._path is None:
            return
        kept = self._kept
        content = asdict(kept)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._path)
        except OSError:
            log.exception("cannot write %s", self._path)

    def _changed[T](self, table: dict[str, T], most: int) -> None:
        while len(table) > most:
            del table[next(iter(table))]
        if self._path is not None:
            self._later.start()


def _load(path: Path) -> _Kept:
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _Kept()
    except (OSError, ValueError) as error:
        log.warning("starting with an empty memory, %s cannot be read: %s", path, error)
        return _Kept()
    kept = _Kept()
    if isinstance(stored, dict):
        volumes = _table(stored, "volumes", float)
        kept.volumes = {who: min(max(volume, 0.0), 2.0) for who, volume in volumes.items()}
        kept.drafts = _table(stored, "drafts", str)
        kept.read = _table(stored, "read", str)
        kept.emoji = _table(stored, "emoji", int)
        kept.wishes = _table(stored, "wishes", bool)
        kept.looks = _table(stored, "looks", str)
    return kept


def _table[T](stored: dict[str, Any], name: str, kind: type[T]) -> dict[str, T]:
    found: Any = stored.get(name)
    return {key: value for key, value in found.items() if type(value) is kind} if isinstance(found, dict) else {}
