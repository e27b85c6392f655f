"""What waits for the decoder is bounded, what cannot be decoded is asked for again, and the end comes at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from fractions import Fraction
from typing import Any

import pytest
from aiortc.jitterbuffer import JitterFrame
from av import VideoFrame
from av.frame import Frame

from app.media.rtc.decoding import LENGTH, DecoderInput
from app.media.rtc.frames import FrameRun
from app.media.rtc.packets import Arrived
from app.media.rtc.video_buffer import VideoBuffer
from app.media.video.encoder import CLOCK
from app.media.video.vp8 import Vp8Encoder
from tests.media.rtc.packets import VP8


class Shelf:
    """A sink that keeps what it gets."""

    def __init__(self) -> None:
        self.frames: list[tuple[int | None, bool]] = []
        self.got = threading.Semaphore(0)

    def frame(self, frame: Frame, *, more: bool) -> None:
        self.frames.append((frame.pts, more))
        self.got.release()

    def due(self) -> float | None:
        return None

    def show(self) -> None:
        raise AssertionError("nothing is held")


def encoded(count: int) -> list[tuple[bytes, int]]:
    encoder = Vp8Encoder(30)
    packets: list[tuple[bytes, int]] = []
    for index in range(count):
        frame = VideoFrame(64, 48, "yuv420p")
        frame.pts, frame.time_base = index * 3000, Fraction(1, CLOCK)
        packet: Any = encoder.encode(frame, None, key=index == 0)
        packets.append((bytes(packet), index * 3000))
    return packets


def started(decoder: DecoderInput) -> threading.Thread:
    thread = threading.Thread(target=decoder.get, daemon=True)
    thread.start()
    return thread


def test_frames_go_to_the_sink_in_order_and_say_whether_more_wait() -> None:
    failed, shelf = threading.Event(), Shelf()
    decoder = DecoderInput(failed, lambda: None)
    decoder.sink = shelf
    decoder.put((VP8, FrameRun(encoded(3))))
    thread = started(decoder)
    for _ in range(3):
        assert shelf.got.acquire(timeout=5)
    assert shelf.frames == [(0, True), (3000, True), (6000, False)]
    decoder.put(None)
    thread.join(5)
    assert not thread.is_alive()
    assert not failed.is_set()


def test_garbage_asks_for_a_key_frame_and_what_follows_is_decoded() -> None:
    failed, shelf = threading.Event(), Shelf()
    decoder = DecoderInput(failed, lambda: None)
    decoder.sink = shelf
    thread = started(decoder)
    decoder.put((VP8, JitterFrame(b"\xff" * 50, 0)))
    assert failed.wait(5)
    ((data, timestamp),) = encoded(1)
    decoder.put((VP8, JitterFrame(data, timestamp)))
    assert shelf.got.acquire(timeout=5)
    decoder.put(None)
    thread.join(5)


def test_a_decoder_that_cannot_keep_up_starts_over() -> None:
    overflows: list[bool] = []
    decoder = DecoderInput(threading.Event(), lambda: overflows.append(True))
    decoder.sink = Shelf()
    for index in range(LENGTH + 1):
        decoder.put((VP8, JitterFrame(b"x", index)))
    assert overflows == [True]


def test_without_a_sink_nothing_is_kept_or_decoded() -> None:
    failed = threading.Event()
    decoder = DecoderInput(failed, lambda: None)
    thread = started(decoder)
    decoder.put((VP8, JitterFrame(b"\xff" * 50, 0)))
    decoder.put(None)
    thread.join(5)
    assert not thread.is_alive()
    assert not failed.is_set()


def test_frames_keep_the_timestamps_that_they_came_with() -> None:
    """Sender reports speak of these; where they wrap around, nothing happens."""
    shelf = Shelf()
    decoder = DecoderInput(threading.Event(), lambda: None)
    decoder.sink = shelf
    datas = [data for data, _ in encoded(3)]
    late = [0xFFFFFFFF - 2999, 0, 3000]
    decoder.put((VP8, FrameRun(list(zip(datas, late, strict=True)))))
    thread = started(decoder)
    for _ in range(3):
        assert shelf.got.acquire(timeout=5)
    assert [timestamp for timestamp, _ in shelf.frames] == late
    decoder.put(None)
    thread.join(5)


def test_the_key_frame_that_brings_a_hidden_picture_back_is_decoded() -> None:
    """A frame was still under way when it was hidden; what its sender makes for whoever shows it begins with a key."""
    shelf, buffer, is_hidden = Shelf(), VideoBuffer(), False
    buffer.codecs = {97: "VP8"}
    decoder = DecoderInput(threading.Event(), buffer.need_key)
    decoder.sink, decoder.is_paused = shelf, lambda: is_hidden
    number = 0

    def comes(frame: tuple[bytes, int]) -> bool:
        """Whether a key frame is wanted."""
        nonlocal number
        number += 1
        data, timestamp = frame
        packet = Arrived(97, 1, number, timestamp, 1, b"\x10" + data)
        packet._data = data  # pyright: ignore[reportPrivateUsage]
        wish, run = buffer.add(packet)
        if run is not None:
            decoder.put((VP8, run))
        return wish

    before, again = encoded(2), [(data, 90_000 + timestamp) for data, timestamp in encoded(2)]
    assert not comes(before[0])
    is_hidden = True
    comes(before[1])
    is_hidden = False
    assert [comes(frame) for frame in again] == [False, False]
    thread = started(decoder)
    for _ in range(3):
        assert shelf.got.acquire(timeout=5)
    assert [timestamp for timestamp, _ in shelf.frames] == [0, 90_000, 93_000]
    decoder.put(None)
    thread.join(5)


class Holder(Shelf):
    """A sink that holds each frame for a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self._dues: deque[float] = deque()
        self.early: list[float] = []
        """By how much each was shown before it was due."""
        self.shown = threading.Semaphore(0)

    def frame(self, frame: Frame, *, more: bool) -> None:
        self._dues.append(time.monotonic() + self._seconds)
        super().frame(frame, more=more)

    def due(self) -> float | None:
        return self._dues[0] if self._dues else None

    def show(self) -> None:
        self.early.append(self._dues.popleft() - time.monotonic())
        self.shown.release()


def test_what_is_held_is_shown_when_it_is_due_and_decoding_goes_on_meanwhile() -> None:
    holder = Holder(0.2)
    decoder = DecoderInput(threading.Event(), lambda: None)
    decoder.sink = holder
    thread = started(decoder)
    first, *others = encoded(3)
    decoder.put((VP8, FrameRun([first])))
    assert holder.got.acquire(timeout=5)
    decoder.put((VP8, FrameRun(others)))
    for _ in others:
        assert holder.got.acquire(timeout=5)
    for _ in range(3):
        assert holder.shown.acquire(timeout=5)
    assert max(holder.early) <= 0
    decoder.put(None)
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.expects_log("a held picture could not be shown")
def test_a_picture_that_cannot_be_shown_ends_nothing() -> None:
    class Clumsy(Holder):
        def show(self) -> None:
            super().show()
            raise RuntimeError("a tile that is gone")

    holder = Clumsy(0.0)
    decoder = DecoderInput(threading.Event(), lambda: None)
    decoder.sink = holder
    thread = started(decoder)
    decoder.put((VP8, FrameRun(encoded(2))))
    for _ in range(2):
        assert holder.shown.acquire(timeout=5)
    decoder.put(None)
    thread.join(5)


def test_what_is_due_is_shown_though_there_is_always_more_to_decode() -> None:
    class Impatient(Holder):
        def show(self) -> None:
            self._dues.popleft()
            self.frames.append((None, True))

    holder = Impatient(0.0)
    decoder = DecoderInput(threading.Event(), lambda: None)
    decoder.sink = holder
    decoder.put((VP8, FrameRun(encoded(3))))
    thread = started(decoder)
    for _ in range(3):
        assert holder.got.acquire(timeout=5)
    decoder.put(None)
    thread.join(5)
    assert [timestamp for timestamp, _ in holder.frames][:5] == [0, None, 3000, None, 6000]


def test_the_end_does_not_wait_for_what_is_held() -> None:
    holder = Holder(600.0)
    decoder = DecoderInput(threading.Event(), lambda: None)
    decoder.sink = holder
    thread = started(decoder)
    decoder.put((VP8, FrameRun(encoded(1))))
    assert holder.got.acquire(timeout=5)
    decoder.put(None)
    thread.join(5)
    assert not thread.is_alive()
