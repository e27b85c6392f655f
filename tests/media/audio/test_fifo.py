"""What is stored, played and made up, counted exactly."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.media.audio.fifo import COUNTED_SILENCE, LIMIT, SoundFifo, Stereo
from app.media.capture.shaping import SAMPLES


def sound(value: int = 1000, samples: int = SAMPLES) -> Stereo:
    return np.full((samples, 2), value, np.int16)


def test_it_starts_when_there_is_enough() -> None:
    fifo = SoundFifo()
    assert fifo.take(480) is None
    fifo.add(sound(), 0)
    assert fifo.take(480) is None
    assert fifo.concealed == 0, "nothing was promised yet"
    fifo.add(sound(2000), SAMPLES)
    taken = [fifo.take(480) for _ in range(4)]
    assert [int(part[0, 0]) for part in taken if part is not None] == [1000, 1000, 2000, 2000]
    assert (fifo.played, fifo.concealed) == (2 * SAMPLES, 0)


def test_an_empty_store_fades_out_and_is_counted() -> None:
    fifo = SoundFifo()
    fifo.add(sound(), 0)
    fifo.add(sound(), SAMPLES)
    last = fifo.take(3 * SAMPLES)
    assert last is not None
    assert last[0, 0] == 1000
    assert abs(int(last[2 * SAMPLES - 1, 0])) < 10, "no click"
    assert not last[2 * SAMPLES :].any()
    assert (fifo.played, fifo.concealed) == (2 * SAMPLES, SAMPLES)


def test_somebody_who_left_is_not_concealed_for_ever() -> None:
    fifo = SoundFifo()
    fifo.add(sound(), 0)
    fifo.add(sound(), SAMPLES)
    for _ in range(500):
        fifo.take(SAMPLES)
    assert fifo.played == 2 * SAMPLES
    assert fifo.concealed == COUNTED_SILENCE
    fifo.add(sound(), 10 * SAMPLES)
    fifo.add(sound(), 11 * SAMPLES)
    assert fifo.take(SAMPLES) is not None


def test_what_was_lost_on_the_way_is_filled_where_it_belongs() -> None:
    fifo = SoundFifo()
    fifo.add(sound(1), 0)
    fifo.add(sound(2), SAMPLES)
    fifo.add(sound(4), 3 * SAMPLES)
    taken = [fifo.take(SAMPLES) for _ in range(4)]
    assert [int(part[10, 0]) for part in taken if part is not None] == [1, 2, 0, 4]
    assert (fifo.played, fifo.concealed) == (3 * SAMPLES, SAMPLES)


def test_a_jump_in_time_is_no_gap() -> None:
    fifo = SoundFifo()
    fifo.add(sound(1), 0)
    fifo.add(sound(2), 48_000 * 3_600)
    fifo.add(sound(3), 100)
    assert [int(part[0, 0]) for _ in range(3) if (part := fifo.take(SAMPLES)) is not None] == [1, 2, 3]


def test_it_never_holds_more_than_its_limit() -> None:
    fifo = SoundFifo()
    for index in range(100):
        fifo.add(sound(index + 1), index * SAMPLES)
    newest = 0
    count = 0
    while (part := fifo.take(SAMPLES)) is not None and part.any():
        newest, count = int(part[0, 0]), count + 1
    assert newest == 100, "the oldest goes first"
    assert count * SAMPLES <= LIMIT


def test_delay_that_a_stall_left_behind_shrinks() -> None:
    fifo = SoundFifo()
    for index in range(10):  # a burst
        fifo.add(sound(), index * SAMPLES)
    for index in range(10, 1000):
        fifo.add(sound(), index * SAMPLES)
        assert fifo.take(SAMPLES) is not None
    assert fifo.stored <= 4 * SAMPLES
    assert fifo.concealed == 0


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 2000)), max_size=200))
def test_every_sample_that_is_taken_is_counted_once(steps: list[tuple[bool, int]]) -> None:
    fifo = SoundFifo()
    timestamp = 0
    added = 0
    for adds, samples in steps:
        if adds:
            fifo.add(sound(5, samples), timestamp)
            timestamp += samples
            added += samples
        else:
            before = fifo.played + fifo.concealed
            taken = fifo.take(samples)
            assert taken is None or len(taken) == samples
            if taken is not None:
                assert fifo.played + fifo.concealed - before == samples
    assert fifo.played <= added
