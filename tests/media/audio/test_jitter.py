"""What the jitter buffer decides: every packet once, in order, soon, and something for each that is missing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.media.audio.jitter import JUMP, LONGEST_GAP, MOST, SAFETY, STEP, Action, Decision, Fate, JitterBuffer, Packet
from app.media.audio.sound import FRAME, MS, RATE
from app.media.audio.stretch import Haste

SPEECH = b"speech"


def packet(number: int, payload: bytes = SPEECH, *, at: int | None = None, source: int = 7) -> Packet:
    """Number ``number`` of a stream; ``at``: its place in time, in frames."""
    timestamp = (number if at is None else at) * FRAME
    return Packet(number % 2**16, timestamp % 2**32, payload, FRAME if payload else 0, source)


def started(buffer: JitterBuffer, number: int = 0) -> float:
    """The moment at which ``buffer`` has played packet ``number``, its first."""
    assert buffer.insert(packet(number), 0.0) is Fate.KEPT
    now = 0.0
    while buffer.decide(now, 0).action is Action.WAIT:
        now += 0.001
    return now


def turns(buffer: JitterBuffer, now: float, count: int) -> list[Decision]:
    return [buffer.decide(now + index * 0.02, 0) for index in range(count)]


def actions(decisions: list[Decision]) -> list[Action]:
    return [decision.action for decision in decisions]


def test_it_starts_when_the_target_has_passed_since_the_first_arrived() -> None:
    buffer = JitterBuffer()
    assert buffer.decide(0.0, 0).action is Action.WAIT
    assert started(buffer) == pytest.approx(0.020, abs=0.0015)


def test_packets_come_out_in_order_whatever_the_order_they_came_in() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    for number in (3, 1, 2, 4):
        buffer.insert(packet(number, f"{number}".encode()), now)
    assert [one.payload for one in turns(buffer, now, 4)] == [b"1", b"2", b"3", b"4"]


def test_late_and_doubled_packets_are_dropped_and_counted() -> None:
    buffer = JitterBuffer()
    now = started(buffer, 10)
    assert buffer.insert(packet(12), now) is Fate.KEPT
    assert buffer.insert(packet(12), now) is Fate.DOUBLE
    assert buffer.insert(packet(10), now) is Fate.LATE
    assert (buffer.accepted, buffer.late, buffer.doubles) == (2, 1, 1)


def test_a_lost_packet_is_recovered_from_the_next_one() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(2, b"two"), now)
    recovered, decoded = turns(buffer, now, 2)
    assert (recovered.action, recovered.payload, recovered.samples) == (Action.RECOVER, b"two", FRAME)
    assert (decoded.action, decoded.payload) == (Action.DECODE, b"two")


def test_of_several_lost_packets_the_last_is_recovered() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(4, b"four"), now)
    assert actions(turns(buffer, now, 4)) == [Action.CONCEAL, Action.CONCEAL, Action.CONCEAL, Action.DECODE]


def test_a_packet_that_comes_during_its_concealment_is_played_later() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    assert buffer.decide(now, 0).action is Action.CONCEAL
    buffer.insert(packet(1, b"one"), now + 0.015)
    assert buffer.decide(now + 0.02, 0).payload == b"one"


def test_concealment_takes_the_lost_packets_place() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    assert buffer.decide(now, 0).action is Action.CONCEAL
    buffer.insert(packet(2, b"two"), now + 0.015)
    assert buffer.decide(now + 0.02, 0).payload == b"two"


def test_a_silence_that_was_not_sent_is_no_loss() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(1, b"\0"), now)
    assert buffer.decide(now, 0).action is Action.DECODE
    assert actions(turns(buffer, now + 0.02, 5)) == [Action.COMFORT] * 5
    buffer.insert(packet(2, at=20), now + 0.38)
    following = turns(buffer, now + 0.12, 20)
    first = actions(following).index(Action.DECODE)
    assert actions(following[:first]) == [Action.COMFORT] * first
    assert 10 <= first <= 14


def test_what_of_a_pause_was_not_sent_is_counted_and_what_was_lost_is_not() -> None:
    buffer = JitterBuffer()
    buffer.insert(packet(0), 0.0)
    buffer.insert(packet(1, b"\0", at=1), 0.02)
    buffer.insert(packet(2, b"\0", at=11), 0.22)
    assert buffer.withheld == 9 * FRAME
    buffer.insert(packet(4, b"\0", at=31), 0.62)
    assert buffer.withheld == 9 * FRAME, "the packet between them was sent"
    buffer.insert(packet(5, at=41), 0.82)
    buffer.insert(packet(6, at=60), 1.2)
    assert buffer.withheld == 18 * FRAME, "a voice is sent whole"
    buffer.insert(packet(7, b"\0", at=61), 1.22)
    buffer.insert(packet(8, at=2_000_000), 1.24)
    assert buffer.withheld == 18 * FRAME + LONGEST_GAP, "nobody is silent for so long at once"


def test_padding_begins_no_pause() -> None:
    buffer = JitterBuffer()
    buffer.insert(packet(0), 0.0)
    buffer.insert(packet(1, b""), 0.02)
    buffer.insert(packet(2, at=10), 0.2)
    assert buffer.withheld == 0


def test_a_lost_beginning_of_a_word_is_recovered_after_a_pause_that_was_not_sent() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(1, b"\0"), now)
    assert actions(turns(buffer, now, 6)) == [Action.DECODE] + [Action.COMFORT] * 5
    buffer.insert(packet(3, b"two and three", at=8), now + 0.12)
    following = turns(buffer, now + 0.12, 3)
    assert actions(following) == [Action.RECOVER, Action.DECODE, Action.CONCEAL]
    assert (following[0].payload, following[0].samples) == (b"two and three", FRAME)


def test_a_lost_pause_is_no_lost_word() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(1, b"\0"), now)
    turns(buffer, now, 6)
    buffer.insert(packet(3, b"\0", at=9), now + 0.12)
    assert set(actions(turns(buffer, now + 0.12, 6))) == {Action.COMFORT, Action.DECODE}


def test_somebody_who_falls_silent_starts_anew() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    made_up = turns(buffer, now, LONGEST_GAP // FRAME + 1)
    assert actions(made_up) == [Action.CONCEAL] * (LONGEST_GAP // FRAME) + [Action.WAIT]
    buffer.insert(packet(500), 10.0)
    assert any(one.leap for one in turns(buffer, 10.0, 20))


def test_a_burst_after_a_stall_does_not_stay_as_delay() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    for number in range(1, 51):
        buffer.insert(packet(number), now + 1.0)
    first = turns(buffer, now + 1.0, 30)
    assert buffer.delay < 0.4 * RATE
    assert [one.leap for one in first].count(True) == 1
    assert buffer.accepted < 51, "what was skipped is not counted as played"


def test_another_source_is_followed() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(40_000, b"new", source=8), now)
    assert any(one.payload == b"new" for one in turns(buffer, now, 4))
    buffer.insert(packet(100, b"jump", source=8), now + 1)
    assert any(one.payload == b"jump" for one in turns(buffer, now + 1, 4))


@pytest.mark.parametrize(("number", "source"), [(1, 8), (2 * JUMP, 7)])
def test_what_is_another_stream_by_its_source_or_its_numbers_starts_anew(number: int, source: int) -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(number, b"new", at=5000, source=source), now)
    assert any(one.payload == b"new" and one.leap for one in turns(buffer, now, 4))


def test_how_late_another_source_was_says_nothing() -> None:
    buffer = JitterBuffer()
    for number in range(100):
        buffer.insert(packet(number), number * 0.02 + number % 2 * 0.06)
    assert buffer.target > 60 * MS
    buffer.insert(packet(100, source=8), 2.0)
    assert buffer.target == 20 * MS


@pytest.mark.parametrize(("every", "target"), [(1000, 20 * MS), (10, SAFETY + FRAME)])
def test_where_packets_are_lost_the_next_one_is_waited_for(every: int, target: int) -> None:
    buffer = JitterBuffer()
    for number in range(200):
        if number % every != every - 1:
            buffer.insert(packet(number), number * 0.02)
    assert buffer.target == target


def test_a_speaker_that_fetches_unevenly_is_waited_for() -> None:
    buffer = JitterBuffer()
    for number in range(100):
        buffer.insert(packet(number), number * 0.02)
        buffer.pulled(FRAME, number // 3 * 0.06)
    assert buffer.target == pytest.approx(SAFETY + 20 * MS, abs=1.1 * MS)


@pytest.mark.parametrize(
    ("delay_ms", "stretch_ms", "haste"),
    [(22, 0, Haste.WHEN_QUIET), (30, -10, Haste.WHEN_QUIET), (50, -30, Haste.WHERE_IT_FITS), (90, -70, Haste.AT_ONCE)],
)
def test_a_delay_above_its_target_is_shortened_the_sooner_the_longer_it_is(
    delay_ms: int, stretch_ms: int, haste: Haste
) -> None:
    buffer = JitterBuffer()
    buffer.insert(packet(0), 0.0)
    decision = buffer.decide(delay_ms / 1000, 0)
    assert (decision.action, decision.stretch, decision.haste) == (Action.DECODE, stretch_ms * MS, haste)


def test_a_delay_below_its_target_is_lengthened_step_by_step() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    for number in range(1, 20):
        buffer.insert(packet(number), 0.1 + number * 0.02)
    decision = buffer.decide(now + 0.02, 0)
    assert (decision.stretch, decision.haste) == (STEP, Haste.WHERE_IT_FITS)


def test_what_is_made_up_has_no_place_in_what_was_sent() -> None:
    buffer = JitterBuffer()
    assert buffer.position is None
    now = started(buffer, 10)
    assert buffer.position == 11 * FRAME
    assert buffer.decide(now, 0).action is Action.CONCEAL
    assert buffer.position is None


def test_of_a_word_after_a_pause_no_more_is_recovered_than_one_packet_holds() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(1, b"\0"), now)
    turns(buffer, now, 6)
    buffer.insert(packet(3, b"two and three", at=11), now + 0.12)
    following = turns(buffer, now + 0.12, 5)
    assert actions(following) == [Action.COMFORT] * 3 + [Action.RECOVER, Action.DECODE]
    assert following[3].samples == FRAME


def test_padding_only_fills_a_number() -> None:
    buffer = JitterBuffer()
    now = started(buffer)
    buffer.insert(packet(1, b"", at=1), now)
    buffer.insert(packet(2, b"two", at=1), now)
    assert buffer.decide(now, 0).payload == b"two"


def test_a_clock_of_8_khz_counts_as_time() -> None:
    buffer = JitterBuffer()
    decoded = 0
    for number in range(100):
        now = number * 0.02
        buffer.insert(Packet(number, number * 160, SPEECH, FRAME, 1, 8000), now)
        buffer.pulled(FRAME, now)
        decoded += buffer.decide(now, 0).action is Action.DECODE
    assert decoded >= 97


@pytest.mark.parametrize(("jitter_ms", "least", "most"), [(0, 20, 30), (20, 24, 60), (60, 60, 100), (500, 120, 200)])
def test_the_depth_follows_the_jitter_within_its_limits(jitter_ms: int, least: int, most: int) -> None:
    rng = random.Random(1)
    buffer = JitterBuffer()
    for number in range(400):
        buffer.insert(packet(number), number * 0.02 + rng.uniform(0, jitter_ms / 1000))
        buffer.pulled(FRAME, number * 0.02)
    assert least <= buffer.target / MS <= most
    assert buffer.target <= MOST + 60 * MS
    for number in range(400, 560):
        buffer.insert(packet(number), number * 0.02)
        buffer.pulled(FRAME, number * 0.02)
    assert buffer.target <= 30 * MS, "and forgets it within seconds"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 0xFFFF),
    st.lists(st.tuples(st.booleans(), st.integers(0, 150)), min_size=30, max_size=150),
    st.sampled_from([480, 960, 1920, 1111]),
)
def test_whatever_comes_is_played_at_most_once_in_order_and_time_goes_on(
    first: int, journeys: list[tuple[bool, int]], pull: int
) -> None:
    coming = sorted((number * 0.02 + late / 1000, number) for number, (lost, late) in enumerate(journeys) if not lost)
    buffer = JitterBuffer()
    played: list[int] = []
    now, pending, filled, taken, begun = 0.0, 0, 0, 0, False
    while now < len(journeys) * 0.02 + 0.5:
        while coming and coming[0][0] <= now:
            at, number = coming.pop(0)
            buffer.insert(packet(first + number, str(number).encode(), at=2**32 // FRAME - 20 + number), at)
        buffer.pulled(pull, now)
        while pending < pull:
            decision = buffer.decide(now, pending)
            if decision.action is Action.WAIT:
                break
            begun = True
            assert 0 < decision.samples <= 2 * FRAME
            if decision.action is Action.DECODE:
                played.append(int(decision.payload))
            pending += decision.samples
            filled += decision.samples
        taken += min(pull, pending)
        pending -= min(pull, pending)
        now += pull / RATE
        assert buffer.target <= MOST + 60 * MS
    assert played == sorted(set(played))
    assert not begun or filled >= taken
