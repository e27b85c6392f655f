"""A sound card for a machine that has none: a private PulseAudio with a loudspeaker and a microphone on a cable.

What is played to the sink ``CABLE`` is what the microphone hears; what an app plays can be recorded from the monitor
of ``SPEAKER``. Two traps: QtMultimedia hides monitors, hence the remapped source; and the libasound inside PyAV's
wheel looks for its configuration in a place that does not exist, hence the two ALSA variables.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from app.media.audio.sound import MS, RATE, Mono
from app.media.capture import opening

SPEAKER, CABLE, MICROPHONE = "speaker", "miccable", "mic"
ALSA_NAME = "pulse"
"""What ALSA calls the sound server."""
NEEDED = ("pulseaudio", "pactl", "parec", "pacat")
START_S, END_S = 10.0, 5.0
FRAGMENT_MS = 10
SCRIPT = f"""
load-module module-native-protocol-unix auth-anonymous=1 socket={{socket}}
load-module module-null-sink sink_name={SPEAKER} rate=48000 channels=2 sink_properties=device.description=Speaker
load-module module-null-sink sink_name={CABLE} rate=48000 channels=1 sink_properties=device.description=Cable
load-module module-remap-source source_name={MICROPHONE} master={CABLE}.monitor source_properties=device.description=Mic
set-default-sink {SPEAKER}
set-default-source {MICROPHONE}
"""


def missing() -> list[str]:
    """The programs that a card needs and this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


class Card:
    """One person's; ``with`` starts and ends it. ``folder`` must be there, and is its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        opening.point_alsa_home()
        self.environment: Mapping[str, str] = {
            "PULSE_SERVER": f"unix:{folder / 'native'}",
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
            "ALSA_CONFIG_PATH": os.environ.get("ALSA_CONFIG_PATH", ""),
            "ALSA_PLUGIN_DIR": os.environ.get("ALSA_PLUGIN_DIR", ""),
        }
        """For whoever is to have this card."""

    def __enter__(self) -> Self:
        script = self._folder / "card.pa"
        script.write_text(SCRIPT.format(socket=self._folder / "native"), encoding="utf-8")
        self._process = subprocess.Popen(
            [
                "pulseaudio",
                *("-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("--log-level=warning", f"--log-target=file:{self._folder / 'log'}"),
            ],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def recorder(self, sink: str) -> Recorder:
        """Of all that is played to ``sink`` from now on."""
        return Recorder(sink, {**os.environ, **self.environment})

    def say(self, sound: Mono, *, sink: str = CABLE) -> subprocess.Popen[bytes]:
        """Begin to play ``sound`` to ``sink``; what is returned ends when it has been played."""
        path = self._folder / "said.raw"
        path.write_bytes(sound.astype("<i2").tobytes())
        with path.open("rb") as file:
            return subprocess.Popen(
                ["pacat", "--playback", f"--device={sink}", *_form(40)],
                env={**os.environ, **self.environment},
                stdin=file,
            )

    def _wait(self) -> None:
        assert self._process is not None
        pause, end = threading.Event(), time.monotonic() + START_S
        while self._process.poll() is None and time.monotonic() < end:
            asked = subprocess.run(
                ["pactl", "get-default-source"],
                env={**os.environ, **self.environment},
                capture_output=True,
                text=True,
                check=False,
            )
            if asked.stdout.strip() == MICROPHONE:
                return
            pause.wait(0.05)
        log = self._folder / "log"
        raise RuntimeError(f"PulseAudio did not start: {log.read_text() if log.exists() else 'it wrote no log'}")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            end(process)


class Recorder:
    """What a loudspeaker plays, and when the first sample of it sounded. ``with`` starts and ends it."""

    def __init__(self, sink: str, environment: Mapping[str, str]) -> None:
        self._command = ["parec", f"--device={sink}.monitor", *_form(FRAGMENT_MS)]
        self._environment = environment
        self._parts: list[bytes] = []
        self._bytes = 0
        self._begun = float("inf")
        self._grown = threading.Condition()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command, env=self._environment, stdout=subprocess.PIPE)
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end(self._process)
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    @property
    def begun(self) -> float:
        """``time.monotonic()`` of the first sample: parts may come late, and the quickest tells."""
        return self._begun

    @property
    def sound(self) -> Mono:
        """Until now."""
        with self._grown:
            whole = b"".join(self._parts)
        return np.frombuffer(whole[: len(whole) // 2 * 2], "<i2").astype(np.int16)

    def heard(self, since_s: float, above: float, within_s: float) -> bool:
        """Whether something louder than ``above`` (RMS over 100 ms) is recorded after ``since_s`` (monotonic)."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            with self._grown:
                self._grown.wait(0.2)
            new = self.sound[max(0, round((since_s - self._begun) * RATE)) :] if self._bytes else self.sound
            pieces = new[: len(new) // (100 * MS) * 100 * MS].reshape(-1, 100 * MS).astype(np.float64)
            if len(pieces) and float(np.sqrt((pieces**2).mean(axis=1)).max()) > above:
                return True
        return False

    def wait_until(self, at: float) -> None:
        """Until everything is recorded that sounds before ``at`` (monotonic)."""
        with self._grown:
            if not self._grown.wait_for(lambda: self._begun + self._bytes / 2 / RATE >= at, START_S):
                raise RuntimeError("nothing is recorded any more")

    def _run(self) -> None:
        assert self._process.stdout is not None
        file = self._process.stdout.fileno()
        while data := os.read(file, 1 << 16):
            now = time.monotonic()
            with self._grown:
                self._parts.append(data)
                self._bytes += len(data)
                self._begun = min(self._begun, now - self._bytes / 2 / RATE)
                self._grown.notify_all()


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _form(latency_ms: int) -> tuple[str, ...]:
    return ("--raw", f"--rate={RATE}", "--channels=1", "--format=s16le", f"--latency-msec={latency_ms}")
