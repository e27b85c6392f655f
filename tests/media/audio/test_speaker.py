"""The silent clock keeps time, and Qt's speaker never leaves a call without one."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QAudioFormat

from app.media.audio.qt_speaker import MixDevice, QtSpeaker, described_format, outputs
from app.media.audio.speaker import PERIOD_S, PERIOD_SAMPLES, SilentSpeaker, Speaker


class Tap:
    """A mix that counts what it is asked for."""

    def __init__(self, samples: int) -> None:
        self.asked: list[tuple[float, int]] = []
        self.enough = threading.Event()
        self._samples = samples

    def pull(self, samples: int) -> np.ndarray:
        self.asked.append((time.monotonic(), samples))
        if sum(count for _, count in self.asked) >= self._samples:
            self.enough.set()
        return np.zeros((samples, 2), np.int16)


def test_the_silent_clock_asks_for_48000_samples_a_second() -> None:
    tap, speaker = Tap(24_000), SilentSpeaker()
    started = time.monotonic()
    speaker.start(tap.pull)
    assert tap.enough.wait(5)
    took = time.monotonic() - started
    speaker.stop()
    assert took > 0.45
    gaps = np.diff([at for at, _ in tap.asked])
    assert np.median(gaps) == pytest.approx(PERIOD_S, rel=0.25), "a moment without a processor moves the mean alone"
    assert {count for _, count in tap.asked} == {PERIOD_SAMPLES}
    asked = len(tap.asked)
    speaker.stop()
    assert len(tap.asked) == asked


def test_the_silent_clock_starts_again_after_its_end() -> None:
    speaker = SilentSpeaker()
    speaker.stop()
    for _ in range(2):
        tap = Tap(2 * PERIOD_SAMPLES)
        starting = threading.Thread(target=speaker.start, args=(tap.pull,), daemon=True)
        starting.start()
        assert tap.enough.wait(5)
        starting.join()
        speaker.stop()


@pytest.mark.expects_log("the mix failed")
def test_a_mix_that_fails_does_not_stop_the_clock() -> None:
    twice = threading.Semaphore(0)

    def broken(samples: int) -> np.ndarray:
        twice.release()
        raise ValueError("a bug")

    speaker = SilentSpeaker()
    speaker.start(broken)
    assert twice.acquire(timeout=5)
    assert twice.acquire(timeout=5)
    speaker.stop()


def test_qt_plays_or_keeps_the_clock(qapp: QCoreApplication, caplog: pytest.LogCaptureFixture) -> None:
    tap = Tap(9_600)
    speaker: Speaker = QtSpeaker()
    speaker.start(tap.pull)
    assert tap.enough.wait(10)
    speaker.stop()
    asked = len(tap.asked)
    assert outputs() or "nothing will be heard" in caplog.text
    speaker.stop()
    assert len(tap.asked) == asked
    assert "silent-speaker" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize(
    ("sample_format", "dtype"),
    [(QAudioFormat.SampleFormat.Int16, np.int16), (QAudioFormat.SampleFormat.Float, np.float32)],
)
def test_qt_reads_no_more_than_it_plays(sample_format: QAudioFormat.SampleFormat, dtype: type[np.generic]) -> None:
    asked: list[int] = []

    def pull(samples: int) -> np.ndarray:
        asked.append(samples)
        return np.full((samples, 2), 16_384, np.int16)

    device = MixDevice(pull, described_format(sample_format))
    size = 2 * np.dtype(dtype).itemsize
    read = np.frombuffer(bytes(device.read(100 * size).data()), dtype)
    assert asked == [100], "nothing is read ahead: that would be heard as delay"
    assert len(read) == 200
    assert set(read.tolist()) == {16_384 if dtype is np.int16 else 0.5}
    device.close()


def test_another_device_may_be_chosen_while_it_plays(qapp: QCoreApplication, caplog: pytest.LogCaptureFixture) -> None:
    tap = Tap(9_600)
    speaker = QtSpeaker()
    speaker.use("before it plays")
    speaker.start(tap.pull)
    assert tap.enough.wait(10)
    speaker.use("no such device")
    speaker.use("")
    tap.enough.clear()
    assert tap.enough.wait(10), "the mix goes on"
    assert 0 <= speaker.delay_s < 0.5
    speaker.stop()
    speaker.use("")
