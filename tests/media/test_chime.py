"""Covers app/media/chime.py."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media import chime as module
from app.media.audio.speaker import Pull, SilentSpeaker
from app.media.capture.shaping import RATE
from app.media.chime import LENGTH_S, NOTES, Stereo, chime, play_chime


class Recorder(SilentSpeaker):
    """Keeps what it is given, on the silent clock."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Stereo] = []
        self.is_stopped = threading.Event()

    def start(self, pull: Pull) -> None:
        def keep(samples: int) -> Stereo:
            part = pull(samples)
            self.parts.append(part)
            return part

        super().start(keep)

    def stop(self) -> None:
        super().stop()
        self.is_stopped.set()


class Deaf(SilentSpeaker):
    def start(self, pull: Pull) -> None:
        del pull


def test_it_has_two_notes_does_not_clip_and_dies_away() -> None:
    sound = chime()
    assert sound.shape == (round(LENGTH_S * RATE), 2)
    assert 3_000 < np.abs(sound).max() < 32_767 * 0.6
    assert np.abs(sound[-100:]).max() < 600
    for (frequency, begin), window in zip(NOTES, (0.12, 0.5), strict=True):
        start = round(begin * RATE)
        part = sound[start : start + round(window * RATE), 0].astype(np.float64)
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
        assert np.argmax(spectrum) * RATE / len(part) == pytest.approx(frequency, rel=0.03)


async def test_all_of_it_goes_to_the_speaker_and_then_silence() -> None:
    speaker = Recorder()
    await play_chime(speaker)
    assert speaker.is_stopped.is_set()
    played = np.concatenate(speaker.parts)
    sound = chime()
    assert np.array_equal(played[: len(sound)], sound)
    assert not played[len(sound) :].any()
    assert len(played) > len(sound)


async def test_a_speaker_that_takes_nothing_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    with pytest.raises(DeviceError) as caught:
        await play_chime(Deaf())
    assert (caught.value.kind, caught.value.problem) == (DeviceKind.SPEAKER, DeviceProblem.SILENT)
