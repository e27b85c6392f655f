"""What PulseAudio itself says of its devices, by its own tool: Qt 6.12 goes on listing one that was unplugged, and says
nothing, unless the default changes with it; nor does it say that the server has ended (``outage``).

Where the tool or the server is missing, Qt's word stands.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.errors import DeviceKind
from app.media.identities import Named
from app.media.outage import Outage

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
LOST = "Connection terminated"
LOOK_MS = 500
"""After the server has ended."""
SEARCH_MS = 5_000
"""For a server that comes back too late for Qt: devices are listed all the same."""
_LISTS = {DeviceKind.MICROPHONE: "sources", DeviceKind.SPEAKER: "sinks"}


def still_there(kind: DeviceKind, seen: Sequence[Named], outputs: Sequence[Named]) -> Sequence[Named]:
    """Of ``seen``, what the server has; all of it where ``outputs``, what Qt plays on, says that Qt asked another one.
    Takes some milliseconds."""
    names = _names(_LISTS.get(kind, ""))
    found = [one for one in seen if one.id in names]
    if found or not names or not any(one.id in _names("sinks") for one in outputs):
        return found or seen
    return ()


_outage = Outage()


def outage() -> Outage:
    """Of the sound server that this program plays on."""
    return _outage


def may_try_again() -> bool:
    """Whether a device that takes nothing any more may be opened anew: under PulseAudio only where it is known what
    became of the server."""
    return outage().may_play and (outage().is_watched or sys.platform in ("win32", "darwin"))


def _plays_by_pipewire() -> bool:
    """Qt takes PipeWire's own library where there is one, and PulseAudio's server, though there too, is none of its
    concern."""
    try:
        return "libpipewire-0.3" in Path("/proc/self/maps").read_text()
    except OSError:
        return False


def is_running() -> bool:
    return bool(_names("sinks"))


def _names(listed: str) -> frozenset[str]:
    tool = _tool()
    if not listed or not tool:
        return frozenset()
    try:
        said = subprocess.run(
            [tool, "list", "short", listed],
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.debug("PulseAudio does not answer: %s", error)
        return frozenset()
    return frozenset(parts[1] for line in said.stdout.splitlines() if len(parts := line.split("\t")) > 1)


def _tool() -> str | None:
    return None if sys.platform in ("win32", "darwin") else shutil.which("pactl")


class PulseWatch(QObject):
    """``gone`` comes when the server lost a device, and when it is back after it has ended. Lives in Qt's main thread,
    and ends with the application."""

    gone = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        tool, app = _tool(), QCoreApplication.instance()
        if tool is None or app is None:
            return
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._listening = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("LC_ALL", "C")
        self._listening.setProcessEnvironment(environment)
        self._listening.setProgram(tool)
        self._listening.setArguments(["subscribe"])
        self._listening.readyReadStandardOutput.connect(self._read)
        self._listening.started.connect(self._began)
        self._listening.finished.connect(self._ended)
        self._listening.start()
        app.aboutToQuit.connect(self._end)

    def _began(self) -> None:
        outage().is_watched = True

    def _read(self) -> None:
        said = bytes(self._listening.readAllStandardOutput().data()).decode(errors="replace")
        if any(f"'remove' on {part} " in said for part in ("source", "sink")):
            self.gone.emit()

    def _ended(self) -> None:
        """The server has; or there is none, which is no news: then Qt plays by other means."""
        said = bytes(self._listening.readAllStandardError().data()).decode(errors="replace")
        log.info("PulseAudio is listened to no more: %s", said.strip())
        if LOST in said and not _plays_by_pipewire():
            outage().began(time.monotonic())
        if LOST in said:
            self._looking.start(LOOK_MS)
        else:
            outage().is_watched = False

    def _look(self) -> None:
        running = is_running()
        outage().looked(time.monotonic(), running=running)
        if outage().is_final:
            self._looking.start(SEARCH_MS)
        if running and (outage().is_final or outage().may_play):
            self._looking.stop()
            self._listening.start()
            self.gone.emit()

    def _end(self) -> None:
        self._looking.stop()
        self._listening.finished.disconnect(self._ended)
        self._listening.kill()
        self._listening.waitForFinished()
