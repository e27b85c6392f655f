"""What waits for the decoder is bounded, what cannot be decoded is asked for again, and the end comes at once."""

from __future__ import annotations

import threading
from fractions import Fraction
from typing import Any

from aiortc.jitterbuffer import JitterFrame
from av import VideoFrame
from av.frame import Frame

from app.media.rtc.decoding import LENGTH, DecoderInput
from app.media.rtc.frames import FrameRun
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


def test_timestamps_of_a_run_are_carried_over_the_wrap() -> None:
    run = FrameRun([(b"a", 0xFFFFFFFF - 2999), (b"b", 0)])
    run.timestamp = 9_000  # as aiortc maps the first one
    assert list(run.run()) == [(b"a", 9_000), (b"b", 12_000)]
