"""Reports of arrival times, read back as draft-holmer-rmcat-transport-wide-cc-extensions-01 says they are to be."""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack, unpack_from

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtc.feedback import LONGEST_GAP, LONGEST_RUN, MOST, Arrivals

OURS, THEIRS = 0x11223344, 0x55667788


@dataclass
class Report:
    base: int
    count: int
    number: int
    """Of reports so far."""
    arrivals: dict[int, float]
    """16-bit sequence number → seconds since the epoch of the reference clock."""


def read(packet: bytes) -> Report:
    """A reader of its own, from the draft alone."""
    first, kind, words = unpack_from("!BBH", packet)
    assert (first >> 6, first & 0x1F, kind) == (2, 15, 205)
    assert len(packet) == 4 * (words + 1)
    padding = packet[-1] if first & 0x20 else 0
    assert padding < 4
    body = packet[4 : len(packet) - padding]
    assert unpack_from("!LL", body) == (OURS, THEIRS)
    base, count = unpack_from("!HH", body, 8)
    reference = int.from_bytes(body[12:15], "big", signed=True)
    number, place = body[15], 16
    statuses: list[int] = []
    while len(statuses) < count:
        (chunk,) = unpack_from("!H", body, place)
        place += 2
        if not chunk & 0x8000:
            statuses += [chunk >> 13 & 3] * (chunk & 0x1FFF)
        elif chunk & 0x4000:
            statuses += [chunk >> shift & 3 for shift in range(12, -1, -2)]
        else:
            statuses += [chunk >> shift & 1 for shift in range(13, -1, -1)]
    now = reference * 0.064
    arrivals: dict[int, float] = {}
    for ahead, status in enumerate(statuses[:count]):
        if status in (1, 2):
            delta = body[place] if status == 1 else unpack("!h", body[place : place + 2])[0]
            place += status
            now += delta * 0.00025
            arrivals[(base + ahead) & 0xFFFF] = now
    assert place == len(body), "nothing is left over"
    return Report(base, count, number, arrivals)


def told(arrivals: Arrivals) -> list[Report]:
    return [read(report) for report in arrivals.reports(OURS, THEIRS)]


def test_a_trace_with_a_loss_and_a_packet_out_of_order() -> None:
    arrivals = Arrivals()
    trace = {65534: 10.000, 65535: 10.001, 1: 10.009, 0: 10.012, 3: 10.120}
    for sequence, at in trace.items():
        arrivals.add(sequence, at)
    (report,) = told(arrivals)
    assert (report.base, report.count) == (65534, 6)
    assert 2 not in report.arrivals
    assert report.arrivals == pytest.approx(trace, abs=0.0002)


def test_the_next_report_goes_on_where_the_last_one_ended() -> None:
    arrivals = Arrivals()
    arrivals.add(100, 1.0)
    told(arrivals)
    arrivals.add(103, 1.05)
    arrivals.add(99, 1.06)  # told as lost already
    (report,) = told(arrivals)
    assert (report.base, report.count, report.number, list(report.arrivals)) == (101, 3, 1, [103])
    assert not told(arrivals), "nothing came, nothing is said"


def test_a_double_does_not_move_the_moment() -> None:
    arrivals = Arrivals()
    for sequence, at in ((7, 1.0), (8, 1.01), (7, 1.5)):
        arrivals.add(sequence, at)
    (report,) = told(arrivals)
    assert report.arrivals == pytest.approx({7: 1.0, 8: 1.01}, abs=0.0002)


def test_a_pause_too_long_for_a_delta_starts_another_report() -> None:
    arrivals = Arrivals()
    arrivals.add(1, 5.0)
    arrivals.add(2, 25.0)
    reports = told(arrivals)
    assert [list(report.arrivals) for report in reports] == [[1], [2]]
    assert reports[1].arrivals[2] == pytest.approx(25.0, abs=0.0002)


def test_a_sender_that_starts_over_and_one_that_is_never_answered() -> None:
    arrivals = Arrivals()
    arrivals.add(10, 1.0)
    arrivals.add(10 + LONGEST_GAP + 5, 1.1)
    (report,) = told(arrivals)
    assert (report.base, report.count) == (10 + LONGEST_GAP + 5, 1)
    for number in range(3 * MOST):
        arrivals.add((2000 + number) & 0xFFFF, 2.0 + number / 1000)
    assert sum(len(report.arrivals) for report in told(arrivals)) == MOST


@given(
    start=st.integers(0, 0xFFFF),
    steps=st.lists(st.tuples(st.integers(1, 12), st.integers(0, 3_000_000)), min_size=1, max_size=120),
)
def test_any_trace_comes_out_as_it_went_in(start: int, steps: list[tuple[int, int]]) -> None:
    arrivals = Arrivals()
    sequence, ticks = start, 4000
    expected: dict[int, float] = {}
    for ahead, later in steps:
        sequence, ticks = sequence + ahead, ticks + later // 100
        expected[sequence & 0xFFFF] = ticks * 0.00025
        arrivals.add(sequence & 0xFFFF, ticks * 0.00025)
    found: dict[int, float] = {}
    for report in told(arrivals):
        found |= report.arrivals
    assert found == pytest.approx(expected, abs=1e-6)


def test_numbers_that_keep_jumping_are_a_sender_that_starts_over() -> None:
    """Each jump may be a gap, all together are more than a report can say."""
    arrivals = Arrivals()
    for number in range(70):
        arrivals.add(number * LONGEST_GAP & 0xFFFF, 1.0 + number / 1000)
    (report,) = told(arrivals)
    assert report.count <= LONGEST_RUN + 1
    assert report.arrivals[69 * LONGEST_GAP & 0xFFFF] == pytest.approx(1.069, abs=0.0002)
