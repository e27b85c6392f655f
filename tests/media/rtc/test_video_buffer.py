"""Frames complete on the marker, gaps are given up, and nothing broken is passed on."""

from __future__ import annotations

import random

import pytest
from aiortc.jitterbuffer import JitterBuffer
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtc.frames import FrameRun
from app.media.rtc.video_buffer import LATEST, MAX_MISORDER, PATIENCE_S, VideoBuffer
from tests.media.rtc.packets import vp8


class Clock:
    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def new_buffer(clock: Clock | None = None) -> VideoBuffer:
    buffer = VideoBuffer(clock or Clock())
    buffer.codecs = {97: "VP8"}
    return buffer


def timestamps(run: FrameRun | None) -> list[int]:
    return [] if run is None else [timestamp // 3000 for _, timestamp in run.run()]


def test_a_frame_is_complete_on_its_marker() -> None:
    """Upstream: aiortc/jitterbuffer.py looks at timestamps only."""
    buffer = new_buffer()
    assert buffer.add(vp8(10, 0, last=False, key=True)) == (False, None)
    wish, run = buffer.add(vp8(11, 0, first=False))
    assert not wish
    assert run is not None
    assert [data for data, _ in run.run()] == [b"\x1010;11;"]

    stock = JitterBuffer(capacity=512, is_video=True)
    stock.add(vp8(10, 0, last=False, key=True))
    assert stock.add(vp8(11, 0, first=False)) == (False, None), "aiortc has learned it: our buffer may go"


def test_a_sender_without_markers_completes_frames_by_the_next_timestamp() -> None:
    buffer = new_buffer()
    assert buffer.add(vp8(1, 0, last=False, key=True))[1] is None
    assert timestamps(buffer.add(vp8(2, 1, last=False))[1]) == [0]


def test_all_that_a_late_packet_completes_comes_at_once() -> None:
    buffer = new_buffer()
    buffer.add(vp8(1, 0, key=True))
    assert buffer.add(vp8(3, 2))[1] is None
    assert buffer.add(vp8(4, 3))[1] is None
    assert timestamps(buffer.add(vp8(2, 1))[1]) == [1, 2, 3]


def test_it_starts_with_a_key_frame_and_asks_until_one_comes() -> None:
    buffer = new_buffer()
    assert buffer.add(vp8(1, 0)) == (True, None)
    assert buffer.add(vp8(2, 1)) == (True, None)
    wish, run = buffer.add(vp8(3, 2, key=True))
    assert (wish, timestamps(run)) == (False, [2])
    assert timestamps(buffer.add(vp8(4, 3))[1]) == [3]


def test_a_key_frame_that_is_on_its_way_is_not_asked_for_again() -> None:
    """Else every stream would begin with two of them."""
    buffer = new_buffer()
    for number in range(1, 9):
        assert buffer.add(vp8(number, 0, first=number == 1, last=False, key=True)) == (False, None)
    assert timestamps(buffer.add(vp8(9, 0, first=False))[1]) == [0]


def test_a_key_frame_of_which_a_part_is_lost_for_good_is_asked_for() -> None:
    clock = Clock()
    buffer = new_buffer(clock)
    assert buffer.add(vp8(1, 0, last=False, key=True)) == (False, None)
    assert buffer.add(vp8(3, 0, first=False)) == (False, None), "the second may still be sent again"
    clock.now += PATIENCE_S + 0.01
    assert buffer.add(vp8(4, 1)) == (True, None)
    assert timestamps(buffer.add(vp8(5, 2, key=True))[1]) == [2]


def test_a_stream_that_is_joined_in_the_middle_of_a_key_frame_waits_for_the_next() -> None:
    buffer = new_buffer()
    buffer.add(vp8(5, 0, first=False, last=False))
    assert buffer.add(vp8(6, 0, first=False)) == (True, None)
    assert timestamps(buffer.add(vp8(7, 1, key=True))[1]) == [1]


def test_each_gap_is_waited_for_by_itself() -> None:
    clock = Clock()
    buffer = new_buffer(clock)
    buffer.add(vp8(1, 0, key=True))
    assert buffer.add(vp8(3, 2))[1] is None
    clock.now += 0.9 * PATIENCE_S
    assert timestamps(buffer.add(vp8(2, 1))[1]) == [1, 2]
    clock.now += 0.5 * PATIENCE_S
    assert buffer.add(vp8(5, 4)) == (False, None)
    assert timestamps(buffer.add(vp8(4, 3))[1]) == [3, 4]


def test_of_a_sender_that_starts_over_nothing_old_is_waited_for() -> None:
    clock = Clock()
    buffer = new_buffer(clock)
    buffer.add(vp8(1, 0, key=True))
    buffer.add(vp8(3, 2))
    assert timestamps(buffer.add(vp8(5000, 900, key=True))[1]) == [900]
    clock.now += 2 * PATIENCE_S
    assert buffer.add(vp8(5001, 901, last=False)) == (False, None)
    assert timestamps(buffer.add(vp8(5002, 901, first=False))[1]) == [901]


def test_a_gap_that_nobody_fills_is_given_up() -> None:
    clock = Clock()
    buffer = new_buffer(clock)
    buffer.add(vp8(1, 0, key=True))
    assert buffer.add(vp8(3, 2)) == (False, None)
    clock.now += PATIENCE_S - 0.01
    assert buffer.add(vp8(4, 3)) == (False, None), "it may still be sent again"
    clock.now += 0.02
    assert buffer.add(vp8(5, 4)) == (True, None), "what builds on the lost one is not shown"
    assert buffer.add(vp8(6, 5)) == (True, None), "and the wish is repeated"
    wish, run = buffer.add(vp8(7, 6, key=True))
    assert (wish, timestamps(run)) == (False, [6])

    stock = JitterBuffer(capacity=512, is_video=True)
    passed = [stock.add(vp8(n, n))[1] for n in range(1, 300) if n != 3]
    assert sum(frame is not None for frame in passed) <= 1, "aiortc gives up gaps now: look again at ours"


def test_late_and_doubled_packets_change_nothing() -> None:
    buffer = new_buffer()
    buffer.add(vp8(1, 0, key=True))
    buffer.add(vp8(2, 1))
    assert buffer.add(vp8(1, 0, key=True)) == (False, None)
    assert buffer.add(vp8(2, 1)) == (False, None)
    assert timestamps(buffer.add(vp8(3, 2))[1]) == [2]


@pytest.mark.parametrize("behind", [MAX_MISORDER + 1, 900])
def test_what_is_sent_again_long_after_it_was_shown_changes_nothing(behind: int) -> None:
    """A question that was repeated is answered twice, and a whole run of packets comes once more."""
    packets = [
        vp8(65_000 + number, number // 5, first=number % 5 == 0, last=number % 5 == 4, key=number < 5)
        for number in range(1005)
    ]
    buffer = new_buffer()
    for packet in packets[:1000]:
        buffer.add(packet)
    for packet in packets[1000 - behind : 1003 - behind]:
        assert buffer.add(packet) == (False, None)
    assert [timestamps(buffer.add(packet)[1]) for packet in packets[1000:]] == [[]] * 4 + [[200]]


def test_what_was_lost_for_good_and_comes_after_all_changes_nothing() -> None:
    """A long gap was given up, and the frame behind it is not whole yet."""
    clock = Clock()
    buffer = new_buffer(clock)
    buffer.add(vp8(0, 0, key=True))
    behind = MAX_MISORDER + 20
    buffer.add(vp8(1 + behind, 9, last=False, key=True))
    clock.now += PATIENCE_S + 0.01
    buffer.add(vp8(2 + behind, 9, first=False, last=False))
    assert buffer.add(vp8(1, 1)) == (False, None)
    assert timestamps(buffer.add(vp8(3 + behind, 9, first=False))[1]) == [9]


def test_padding_is_no_frame() -> None:
    buffer = new_buffer()
    buffer.add(vp8(1, 0, key=True))
    padding = vp8(2, 0, last=False)
    padding.payload = b""
    padding._data = b""  # type: ignore[attr-defined]
    assert buffer.add(padding)[1] is None
    assert timestamps(buffer.add(vp8(3, 1))[1]) == [1]


@pytest.mark.parametrize("jump", [2_000, 30_000, -500])
def test_a_sender_that_starts_over_is_followed_from_its_key_frame(jump: int) -> None:
    buffer = new_buffer()
    buffer.add(vp8(10_000, 0, key=True))
    assert buffer.add(vp8(10_000 + jump, 1)) == (True, None)
    assert timestamps(buffer.add(vp8(10_001 + jump, 2, key=True))[1]) == [2]


def test_a_sender_that_starts_over_anywhere_is_followed() -> None:
    """Numbers and times are drawn anew; both may be smaller than those before."""
    buffer = new_buffer()
    buffer.add(vp8(10_000, 100_000, key=True))
    assert buffer.add(vp8(9_000, 100_000 - LATEST // 3000, key=True))[1] is not None


@given(st.integers(0, 0xFFFF), st.integers(0, 2**32), st.lists(st.integers(1, 4), min_size=2, max_size=30))
def test_any_order_within_reach_gives_every_frame_once_and_in_order(start: int, seed: int, sizes: list[int]) -> None:
    packets = [
        vp8(start + sum(sizes[:frame]) + n, frame, first=n == 0, last=n == size - 1, key=frame == 0)
        for frame, size in enumerate(sizes)
        for n in range(size)
    ]
    shuffled = [packets[0]]
    rest = packets[1:]
    rng = random.Random(seed)
    while rest:
        shuffled.append(rest.pop(rng.randrange(min(8, len(rest)))))
    buffer = new_buffer()
    seen = [timestamp for packet in shuffled for timestamp in timestamps(buffer.add(packet)[1])]
    assert seen == list(range(len(sizes)))
