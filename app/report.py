"""What a participant saw and heard, as the JSON that ``participant`` and ``demo`` print. Its shape is stable.

``Witness`` samples the figures of everybody in the room while they are there, so that somebody who leaves a moment
earlier is still reported, with the figures of their stay and not of the silence after it.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from app.media.figures import PeerFigures
from app.room.session import RoomSession
from app.room.state import MessageKind, Participant


class Witness:
    def __init__(self, room: RoomSession) -> None:
        self._room = room
        self._seen: dict[str, tuple[Participant, PeerFigures | None]] = {}
        self._started = time.monotonic()

    def sample(self) -> None:
        for participant in self._room.store.state.participants:
            figures = self._room.peer_figures(participant.id)
            if figures is None and participant.id in self._seen:
                figures = self._seen[participant.id][1]
            self._seen[participant.id] = (participant, figures)

    def report(self) -> dict[str, Any]:
        joined_at = self._room.joined_at or self._started
        return {
            "wallSeconds": round(time.monotonic() - self._started, 2),
            "cpuSeconds": round(time.process_time(), 2),
            "rssMb": round(resident_mb(), 1),
            "participants": [_seen(participant, figures, joined_at) for participant, figures in self._seen.values()],
            "chat": [
                {"userName": message.user_name, "message": message.text}
                for message in self._room.store.state.messages
                if message.kind is not MessageKind.SYSTEM
            ],
        }


def _seen(participant: Participant, figures: PeerFigures | None, joined_at: float) -> dict[str, Any]:
    return {
        "name": participant.name,
        "connection": str(participant.phase),
        "joinToFirstFrameMs": _first_frame(figures, joined_at),
        "video": None if figures is None else _video(figures),
        "audio": None if figures is None else _audio(figures),
    }


def _first_frame(figures: PeerFigures | None, joined_at: float) -> int | None:
    if figures is None or figures.video.first_frame_at is None:
        return None
    return round((figures.video.first_frame_at - joined_at) * 1000)


def _video(figures: PeerFigures) -> dict[str, Any]:
    video = figures.video
    latency = (
        None
        if video.latency_ms is None
        else {"p50": round(video.latency_ms[0], 1), "p95": round(video.latency_ms[1], 1)}
    )
    return {
        "width": video.width,
        "height": video.height,
        "fps": round(video.fps, 2),
        "frames": video.frames,
        "freezes": video.freezes,
        "freezeMs": round(video.freeze_ms),
        "latencyMs": latency,
    }


def _audio(figures: PeerFigures) -> dict[str, Any]:
    audio = figures.audio
    return {
        "framesReceived": audio.frames_received,
        "framesPlayed": audio.frames_played,
        "framesConcealed": audio.frames_concealed,
        "seconds": round(audio.seconds, 2),
    }


def resident_mb() -> float:
    """Memory of this process that is in RAM now (Linux), or its peak (elsewhere), in megabytes of 10^6 bytes."""
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    if sys.platform == "win32":
        return _windows_peak_mb()
    import resource

    # Kilobytes on the BSDs, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def _windows_peak_mb() -> float:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            *[(f"quota{number}", ctypes.c_size_t) for number in range(6)],
        ]

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    windll: Any = getattr(ctypes, "windll")  # noqa: B009  (it exists on Windows only)
    process = windll.kernel32.GetCurrentProcess()
    windll.psapi.GetProcessMemoryInfo(wintypes.HANDLE(process), ctypes.byref(counters), counters.cb)
    return counters.WorkingSetSize / 1e6
