"""The short way into livekit's library does what its wrapper does, and is left where it does not fit."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from livekit import rtc
from livekit.rtc import _ffi_client

from app.media.audio import webrtc_calls
from app.media.audio.processing import PIECE
from app.media.audio.sound import RATE, Mono
from tests.media.audio.signals import speech

Make = Callable[[Any, Any, Any], Callable[[], None]]


def processed(make: Make) -> Mono:
    """Two seconds of a voice among noise, behind the noise suppression."""
    module = rtc.AudioProcessingModule(noise_suppression=True, echo_cancellation=True)
    near = rtc.AudioFrame(bytearray(2 * PIECE), RATE, 1, PIECE)
    far = rtc.AudioFrame(bytearray(2 * PIECE), RATE, 1, PIECE)
    samples = np.frombuffer(near.data, np.int16)
    process, reverse = make(module, "process_stream", near), make(module, "process_reverse_stream", far)
    sound = speech(2) // 4 + np.random.default_rng(3).integers(-300, 300, 2 * RATE).astype(np.int16)
    parts: list[Mono] = []
    for begin in range(0, len(sound), PIECE):
        samples[:] = sound[begin : begin + PIECE]
        reverse()
        process()
        parts.append(samples.copy())
    return np.concatenate(parts)


def by_the_wrapper(module: Any, stream: str, frame: Any) -> Callable[[], None]:
    return lambda: getattr(module, stream)(frame)


def test_both_ways_do_the_same() -> None:
    direct = processed(webrtc_calls.ready)
    assert direct.any()
    assert np.array_equal(direct, processed(by_the_wrapper))


def test_the_wrapper_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(_ffi_client, "FfiClient")
    module, frame = Recorded(), object()
    webrtc_calls.ready(module, "process_stream", frame)()
    assert module.frames == [frame]


PATIENCE_S = 5.0


@pytest.mark.expects_log("handle not found")
def test_a_refusal_is_told(caplog: pytest.LogCaptureFixture) -> None:
    frame = rtc.AudioFrame(bytearray(2 * PIECE), RATE, 1, PIECE)
    module: Any = rtc.AudioProcessingModule(noise_suppression=True)
    process = webrtc_calls.ready(module, "process_stream", frame)
    module._ffi_handle.dispose()
    with pytest.raises(RuntimeError, match="refused"):
        process()
    end = time.monotonic() + PATIENCE_S
    while "handle not found" not in caplog.text:  # the library says it in a thread of its own, a moment later
        assert time.monotonic() < end
        time.sleep(0.01)


class Recorded:
    def __init__(self) -> None:
        self.frames: list[object] = []

    def process_stream(self, frame: object) -> None:
        self.frames.append(frame)
