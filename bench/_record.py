"""The raw runs, kept in a file that can be filled piece by piece, and what machine and code they were taken with."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench._programs import ROOT

type Run = dict[str, Any]


@dataclass
class Part:
    """``runs`` are lists by the name of what ran; ``failed`` says which runs came to nothing, and why."""

    taken: dict[str, Any]
    runs: dict[str, list[Run]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def add(self, name: str, run: Run) -> None:
        self.runs.setdefault(name, []).append(run)

    def get(self, name: str) -> list[Run]:
        return self.runs.get(name, [])


@dataclass
class Record:
    """Promises: the file is whole at any time; a part that is begun again replaces what was there of it."""

    file: Path
    parts: dict[str, Part] = field(default_factory=dict)

    @classmethod
    def open(cls, file: Path) -> Record:
        """Go on with what is in ``file``, if there is one.

        Raises:
            ValueError: it is not such a file.
        """
        if not file.exists():
            return cls(file)
        try:
            held = json.loads(file.read_text(encoding="utf-8"))
            return cls(file, {name: Part(**part) for name, part in held.items()})
        except (ValueError, TypeError, AttributeError) as error:
            raise ValueError(f"{file} holds no runs of this program: {error}") from error

    def begin(self, name: str, settings: dict[str, Any]) -> Part:
        part = self.parts[name] = Part({**machine(), **settings})
        return part

    def save(self) -> None:
        held = {
            name: {"taken": part.taken, "runs": part.runs, "failed": part.failed} for name, part in self.parts.items()
        }
        fresh = self.file.with_name(self.file.name + ".new")
        fresh.write_text(json.dumps(held, indent=1), encoding="utf-8")
        fresh.replace(self.file)


def machine() -> dict[str, Any]:
    """What a figure depends on besides the code."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": said(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]),
        "changedFiles": len(said(["git", "-C", str(ROOT), "status", "--short", "-uno"]).splitlines()),
        "chromium": said(["chromium", "--version"]),
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "loadBefore": os.getloadavg()[0],
    }


def said(command: list[str]) -> str:
    """The output of a command, or "" where there is no such command."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
