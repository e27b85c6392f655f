"""Plays through Qt's QAudioSink, in a thread of its own with an event loop, so that neither windows nor network delay
the sound.

The only file of ``app.media.audio`` that knows Qt, and Qt is loaded only when a speaker is made. Where there is no
device, or it goes away, or takes no sound any more, the silent clock takes its place, so that a call goes on; it plays
again as soon as a device is there.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QIODevice, QObject, QThread, QTimer, Signal, Slot
from PySide6.QtMultimedia import QAudio, QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices

from app.media.audio.sound import Stereo, silence
from app.media.audio.speaker import Pull, SilentSpeaker
from app.media.audio.starving import Starvation
from app.media.capture.shaping import RATE
from app.media.pulse import may_try_again, outage

log = logging.getLogger(__name__)

CHANNELS = 2
BUFFERS_S = (0.02, 0.04, 0.08)
"""What the device holds: more is heard as delay, so the next is taken only where less runs empty, and crackles."""
WARM_SAMPLES = round(3 * BUFFERS_S[-1] * RATE)
"""A device that has fetched so much plays: the first fetches only fill its buffers."""
SETTLED_SAMPLES = 3 * RATE
"""Before that a program that has just started may be late."""
WARM_UP_MS = 1500
"""Then it is used all the same."""
FATAL = ("OpenError", "IOError", "FatalError")
"""By name: Qt has the enumeration under two names, and type checkers take them for two."""
STUCK_MS = 2_000
"""A device that fetches nothing for so long is not there any more, whatever Qt says: its server has ended."""
MOST_SAMPLES = RATE // 10
"""Asked of the mix at once."""


def outputs() -> list[tuple[str, str, bool]]:
    """Id, name and whether it is the default, of each output."""
    default = QMediaDevices.defaultAudioOutput().id()
    return [
        (bytes(one.id().data()).decode(errors="replace"), one.description(), one.id() == default)
        for one in QMediaDevices.audioOutputs()
    ]


class QtSpeaker:
    """A ``Speaker``. ``device_id`` is one of ``outputs()``; the system's default where it is "" or not there."""

    def __init__(self, device_id: str = "") -> None:
        self._application = QCoreApplication.instance() or QCoreApplication([])
        """A program without windows has none, and it must outlive the devices."""
        self._device_id = device_id
        self._thread: _PlayoutThread | None = None

    def start(self, pull: Pull) -> None:
        self._thread = _PlayoutThread(self._device_id, pull)
        self._thread.setObjectName("speaker")
        self._thread.start()

    def use(self, device_id: str) -> None:
        self._device_id = device_id
        if self._thread is not None:
            self._thread.chosen.emit(device_id)

    @property
    def delay_s(self) -> float:
        return self._thread.fetches.delay_s if self._thread is not None else 0.0

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.quit()
            thread.wait()


class _PlayoutThread(QThread):
    chosen = Signal(str)
    """Another device's id."""

    def __init__(self, device_id: str, pull: Pull) -> None:
        super().__init__()
        self.fetches = _Fetches(pull)
        self._device_id = device_id

    def run(self) -> None:
        playout = _Playout(self._device_id, self.fetches)
        self.chosen.connect(playout.use)  # a queued connection: the playout lives in this thread
        playout.open()
        self.exec()
        playout.end()


class _Fetches:
    """What a device does with the mix, fifty times a second and more. No object of Qt's: to look up what one of them
    holds takes many times as long."""

    def __init__(self, pull: Pull) -> None:
        self.pull = pull
        self.delay_s = 0.0
        """How much the device held that was not played yet, when it fetched last. Any thread."""
        self.samples = 0
        """That this device has fetched."""
        self.on_step: Callable[[int], None] = lambda step: None
        """A deeper buffer is needed (1), or a shallower one may do (-1)."""
        self._sink: QAudioSink | None = None
        self._bytes_per_second = 1
        self._starvation = Starvation()

    def begin(self, sink: QAudioSink) -> None:
        """``sink`` plays from now on."""
        self._sink = sink
        self._bytes_per_second = sink.format().bytesForDuration(1_000_000)
        self.samples = 0

    def end(self) -> None:
        """Nothing plays."""
        self._sink = None
        self.delay_s = 0.0

    def was_too_early(self) -> None:
        """A shallower buffer was tried, and it did not do."""
        self._starvation.was_too_early()

    def fetch(self, samples: int) -> Stereo:
        self.samples += samples
        sink = self._sink
        if sink is not None:
            self.delay_s = max(0, sink.bufferSize() - sink.bytesFree()) / self._bytes_per_second
        if self.samples > SETTLED_SAMPLES:
            step = self._starvation.fetched(self.delay_s, time.monotonic())
            if step:
                self.on_step(step)
        return self.pull(samples)


class _Playout(QObject):
    """Lives in the playout thread, where Qt calls all of it."""

    def __init__(self, device_id: str, fetches: _Fetches) -> None:
        super().__init__()
        self._device_id = device_id
        self._fetches = fetches
        fetches.on_step = lambda step: QTimer.singleShot(0, self, lambda: self._change_depth(step))
        self._sink: QAudioSink | None = None
        self._source: MixDevice | None = None
        self._warming: tuple[QAudioSink, MixDevice] | None = None
        """Another device that plays silence until it plays at all; then it takes over."""
        self._silent: SilentSpeaker | None = None
        self._depth = 0
        """Which of ``BUFFERS_S`` is used."""
        self._was_deeper = False
        """Less is being tried."""
        self._fetched_before = 0
        """Samples, when it was looked last."""
        self._is_stuck = False
        """The silent clock stands in for a device that fetched nothing; to be tried again."""
        self._looking = QTimer(self, interval=STUCK_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()
        self._devices = QMediaDevices()
        self._devices.audioOutputsChanged.connect(self._outputs_changed)

    def open(self) -> None:
        device = self._device()
        started = self._started(device, self._fetches.fetch)
        if started is None:
            self._is_stuck = not outage().may_play
            self._fall_silent(
                "there is no speaker"
                if device.isNull()
                else f"{device.description()} has no usable format, or no server"
            )
            return
        self._is_stuck = False
        self._take_over(started)

    def _started(self, device: QAudioDevice, pull: Pull) -> tuple[QAudioSink, MixDevice] | None:
        sample_format = _sample_format(device)
        if sample_format is None or not outage().may_play:
            return None
        chosen = described_format(sample_format)
        source = MixDevice(pull, chosen)
        sink = QAudioSink(device, chosen)
        sink.setBufferSize(chosen.bytesForDuration(int(BUFFERS_S[self._depth] * 1_000_000)))
        sink.start(source)
        return sink, source

    def _take_over(self, started: tuple[QAudioSink, MixDevice]) -> None:
        self._fetched_before = -1
        self._sink, self._source = started
        self._fetches.begin(self._sink)
        self._sink.stateChanged.connect(self._state_changed)
        self._check()

    @Slot(str)
    def use(self, device_id: str) -> None:
        """The old device plays until the new one does: a sound server may take half a second to start one."""
        if device_id == self._device_id:
            return
        self._device_id = device_id
        self._depth = 0
        if not self._change():
            self._outputs_changed()

    def _change(self) -> bool:
        """Begin to play by another sink; whether it will come to that."""
        self._stop_warming()
        if self._sink is not None:
            self._warming = self._started(self._device(), self._warm_up())
        if self._warming is None:
            return False
        QTimer.singleShot(WARM_UP_MS, self._warming[0], self._switch)
        return True

    def _change_depth(self, step: int) -> None:
        """This computer is too busy for so little, or is so no more."""
        depth = self._depth + step
        if self._warming is not None or not 0 <= depth < len(BUFFERS_S):
            return
        if step > 0 and self._was_deeper:
            self._fetches.was_too_early()
        self._was_deeper = step < 0
        self._depth = depth
        log.info("the speaker's buffer becomes %.0f ms", BUFFERS_S[depth] * 1000)
        self._change()

    def _warm_up(self) -> Pull:
        fetched = 0

        def pull(samples: int) -> Stereo:
            nonlocal fetched
            before, fetched = fetched, fetched + samples
            if before < WARM_SAMPLES <= fetched:
                QTimer.singleShot(0, self, self._switch)
            return silence(samples)

        return pull

    def _switch(self) -> None:
        warming, self._warming = self._warming, None
        if warming is not None:
            self._close_sink()
            warming[1].pull = self._fetches.fetch
            self._take_over(warming)

    def _stop_warming(self) -> None:
        warming, self._warming = self._warming, None
        if warming is not None:
            warming[0].stop()
            warming[1].close()

    def end(self) -> None:
        self._looking.stop()
        self.close()

    def close(self) -> None:
        self._stop_warming()
        self._close_sink()
        if self._silent is not None:
            self._silent.stop()
            self._silent = None

    def _close_sink(self) -> None:
        sink, self._sink = self._sink, None
        self._fetches.end()
        if sink is not None:
            sink.stateChanged.disconnect(self._state_changed)
            sink.stop()
        if self._source is not None:
            self._source.close()
            self._source = None

    def _device(self) -> QAudioDevice:
        for device in QMediaDevices.audioOutputs():
            if self._device_id and bytes(device.id().data()).decode(errors="replace") == self._device_id:
                return device
        return QMediaDevices.defaultAudioOutput()

    def _fall_silent(self, reason: str) -> None:
        log.warning("nothing will be heard: %s", reason)
        if self._silent is None:
            self._silent = SilentSpeaker()
            self._silent.start(self._fetches.pull)

    def _state_changed(self, state: QAudio.State) -> None:
        if state is QAudio.State.StoppedState:
            self._check()

    def _check(self) -> None:
        error = self._sink.error() if self._sink is not None else QAudio.Error.NoError
        if error.name in FATAL:
            reason = f"the speaker stopped ({error.name})"
            self._close_sink()
            self._fall_silent(reason)

    def _look(self) -> None:
        """Does the device still fetch? Qt does not say so where its server has ended."""
        if self._sink is None:
            if self._is_stuck and may_try_again():
                self._outputs_changed()
            return
        fetched = self._fetches.samples
        is_stuck = fetched == self._fetched_before or not outage().may_play
        self._fetched_before = fetched
        if is_stuck:
            self._stop_warming()
            self._close_sink()
            self._is_stuck = True
            self._fall_silent("the speaker takes no sound any more")

    def _outputs_changed(self) -> None:
        self.close()
        self.open()


class MixDevice(QIODevice):
    """The mix as Qt reads it: endless."""

    def __init__(self, pull: Pull, described: QAudioFormat) -> None:
        super().__init__()
        self.pull = pull
        self._frame = described.bytesPerFrame()
        self._is_float = described.sampleFormat() is QAudioFormat.SampleFormat.Float
        # Unbuffered: a QIODevice would read 16 kB ahead, a tenth of a second of sound that nobody asked for
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def readData(self, maxlen: int) -> bytes:
        samples = min(maxlen // self._frame, MOST_SAMPLES)
        if samples <= 0:
            return b""
        mix = self.pull(samples)
        return (mix.astype(np.float32) / 32768).tobytes() if self._is_float else mix.tobytes()

    def writeData(self, data: bytes | bytearray | memoryview, len: int) -> int:
        return -1

    def bytesAvailable(self) -> int:
        return MOST_SAMPLES * self._frame

    def isSequential(self) -> bool:
        return True


def described_format(sample_format: QAudioFormat.SampleFormat) -> QAudioFormat:
    described = QAudioFormat()
    described.setSampleRate(RATE)
    described.setChannelCount(CHANNELS)
    described.setSampleFormat(sample_format)
    return described


def _sample_format(device: QAudioDevice) -> QAudioFormat.SampleFormat | None:
    if device.isNull():
        return None
    for sample_format in (QAudioFormat.SampleFormat.Int16, QAudioFormat.SampleFormat.Float):
        if device.isFormatSupported(described_format(sample_format)):
            return sample_format
    return None
