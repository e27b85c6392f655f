"""Sound comes in 20 ms of mono at 48 kHz, whatever it was."""

from __future__ import annotations

import numpy as np
import pytest
from av import AudioFrame

from app.media.audio.sound import FRAME, RATE, Mono
from app.media.capture.shaping import Chunker
from tests.media.audio.signals import tone


def frame(channels: list[Mono], *, rate: int = RATE, sample_format: str = "s16") -> AudioFrame:
    packed = np.stack(channels, axis=1).reshape(1, -1)
    if sample_format == "fltp":
        packed = (np.stack(channels) / 32768).astype(np.float32)
    made = AudioFrame.from_ndarray(packed, format=sample_format, layout="stereo" if len(channels) == 2 else "mono")
    made.sample_rate = rate
    return made


@pytest.mark.parametrize("size", [128, 480, 960, 4000])
def test_one_channel_is_handed_on_as_it_is(size: int) -> None:
    sound, chunker = tone(0.5), Chunker()
    parts = [
        part
        for begin in range(0, len(sound) - size + 1, size)
        for part in chunker.cut(frame([sound[begin : begin + size]]))
    ]
    assert {len(part) for part in parts} == {FRAME}
    heard = np.concatenate(parts)
    assert np.array_equal(heard, sound[: len(heard)])
    assert chunker.samples - len(heard) < FRAME


def test_two_channels_become_their_mean() -> None:
    left, right = tone(0.1), tone(0.1, 1000) // 2
    chunker = Chunker()
    parts = [
        part
        for begin in range(0, len(left), 240)
        for part in chunker.cut(frame([left[begin : begin + 240], right[begin : begin + 240]]))
    ]
    wanted = (left.astype(int) + right) // 2
    assert np.array_equal(np.concatenate(parts), wanted[: 5 * FRAME])


@pytest.mark.parametrize(("rate", "sample_format"), [(16_000, "s16"), (44_100, "s16"), (RATE, "fltp")])
def test_other_rates_and_formats_are_converted(rate: int, sample_format: str) -> None:
    sound = tone(1.0)[:rate]
    chunker = Chunker()
    parts = [
        part
        for begin in range(0, rate - 440, 441)
        for part in chunker.cut(frame([sound[begin : begin + 441]] * 2, rate=rate, sample_format=sample_format))
    ]
    assert 45 <= len(parts) <= 50
    assert np.abs(np.concatenate(parts).astype(int)).max() > 9000


def test_a_device_may_change_its_mind() -> None:
    sound, chunker = tone(0.06), Chunker()
    first = list(chunker.cut(frame([sound[:500]] * 2)))
    rest = list(chunker.cut(frame([sound[500:1500]]))) + list(chunker.cut(frame([sound[1500:]] * 2)))
    assert first == []
    assert np.array_equal(np.concatenate(rest), sound[: 3 * FRAME])
