"""Where pictures and sound come from, as a person or a command line names it.

``none``, ``test``, ``file:PATH``, ``device:ID`` (``device:`` is the system's choice), ``screen:N`` or ``window:ID``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class SourceKind(StrEnum):
    NONE = "none"
    TEST = "test"
    """A moving test picture with the latency counter in it; a quiet tone."""
    FILE = "file"
    """A clip, played in real time and over again."""
    DEVICE = "device"
    SCREEN = "screen"
    WINDOW = "window"
    """One window of this desktop; its id is good for as long as the app runs."""


NAMED = (SourceKind.FILE, SourceKind.DEVICE, SourceKind.SCREEN, SourceKind.WINDOW)


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One source. ``name`` is a file's path, a device's id ("": the default one), a screen's number, a window's id."""

    kind: SourceKind
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str(spec)`` writes.

        Raises:
            ValueError: with words that a command line can show.
        """
        kind, colon, name = text.strip().partition(":")
        match kind, colon, name:
            case (("none" | "test"), "", ""):
                return cls(SourceKind(kind))
            case "device", ":", _:
                return cls(SourceKind.DEVICE, name)
            case "file", ":", str() if name:
                return cls(SourceKind.FILE, name)
            case "screen", ":", str() if name.isascii() and name.isdigit():
                return cls(SourceKind.SCREEN, str(int(name)))
            case "window", ":", str() if name:
                return cls(SourceKind.WINDOW, name)
            case "screen", _, _:
                raise ValueError(f"a screen is named by its number, as in screen:0, not {text!r}")
            case "device", _, _:
                raise ValueError("a device is named by its id, as in device:/dev/video0, the default one as device:")
            case "window", _, _:
                raise ValueError("a window is named by the id that the list of windows gives it, as in window:1")
            case "file", _, _:
                raise ValueError("a clip is named by its path, as in file:clip.webm")
            case _:
                known = "none, test, file:PATH, device:ID, screen:N or window:ID"
                raise ValueError(f"{text!r} is not a source: use {known}")

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.kind in NAMED else str(self.kind)


@dataclass(frozen=True, slots=True)
class VideoFormat:
    """The most that is sent of a picture: another shape is scaled into this box and keeps its proportions."""

    width: int = 1280
    height: int = 720
    fps: int = 30
    stamped: bool = False
    """Draw the latency counter into every picture, not only into the test source's."""

    def __post_init__(self) -> None:
        if self.width < 16 or self.height < 16 or self.fps < 1:
            raise ValueError(f"{self.width}x{self.height} at {self.fps} fps is not a video format")
