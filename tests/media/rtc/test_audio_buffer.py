"""Sound goes on whatever is lost."""

from __future__ import annotations

from aiortc.jitterbuffer import JitterBuffer
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtc.audio_buffer import PATIENCE, AudioBuffer
from tests.media.rtc.packets import opus


def passed(buffer: AudioBuffer, sequence: int) -> list[int]:
    _, run = buffer.add(opus(sequence))
    return [] if run is None else [int(data) for data, _ in run.run()]


def test_what_is_next_is_passed_on_at_once() -> None:
    buffer = AudioBuffer()
    assert [passed(buffer, n) for n in (5, 6, 7)] == [[5], [6], [7]]


def test_a_late_packet_is_waited_for() -> None:
    buffer = AudioBuffer()
    assert [passed(buffer, n) for n in (1, 3, 4, 2, 5)] == [[1], [], [], [2, 3, 4], [5]]


def test_a_lost_packet_stalls_nothing() -> None:
    """Upstream: aiortc issue 543."""
    buffer = AudioBuffer()
    seen = [passed(buffer, n) for n in (1, 3, 4, 5, 6, 7)]
    assert seen == [[1], [], [], [], [3, 4, 5, 6], [7]]
    assert len(seen[4]) == PATIENCE + 1

    stock = JitterBuffer(capacity=16, prefetch=4)
    frames = [stock.add(opus(n))[1] for n in range(1, 16) if n != 3]
    assert sum(frame is not None for frame in frames) <= 1, "aiortc does not stall any more: look again at ours"


def test_late_and_doubled_ones_are_dropped() -> None:
    buffer = AudioBuffer()
    assert [passed(buffer, n) for n in (10, 9, 10, 11)] == [[10], [], [], [11]]


def test_a_sender_that_starts_over_is_followed() -> None:
    buffer = AudioBuffer()
    assert passed(buffer, 10) == [10]
    assert passed(buffer, 40_000) == [40_000]
    assert passed(buffer, 39_000) == [39_000]


@given(st.integers(0, 0xFFFF), st.lists(st.booleans(), min_size=20, max_size=200))
def test_whatever_is_lost_the_rest_comes_in_order_and_soon(start: int, arrives: list[bool]) -> None:
    buffer = AudioBuffer()
    sent = [start + n for n, there in enumerate(arrives) if there]
    seen: list[int] = []
    for index, sequence in enumerate(sent):
        _, run = buffer.add(opus(sequence, str(sequence).encode()))
        seen += [] if run is None else [int(data) for data, _ in run.run()]
        assert index + 1 - len(seen) <= PATIENCE
    assert seen == sent[: len(seen)]
