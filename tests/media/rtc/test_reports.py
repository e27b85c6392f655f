"""What is read of reports: ours as ``feedback`` writes them, and anything at all from outside."""

from __future__ import annotations

from struct import pack

import pytest
from aiortc.rtp import RtcpReceiverInfo, RtcpRrPacket
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtc.feedback import Arrivals
from app.media.rtc.reports import MEMORY, Sent, divided, is_one_report


def reported(sent: Sent, numbers: list[int], arrivals: dict[int, float]) -> list[tuple[float, float | None, int]]:
    told = Arrivals()
    for number in numbers:
        if number in arrivals:
            told.add(number, arrivals[number])
    fates = [fate for report in told.reports(1, 2) for fate in sent.fates(report)]
    return [(fate.sent, fate.arrived, fate.size) for fate in fates]


def test_fates_are_told_in_the_order_of_sending() -> None:
    sent = Sent()
    numbers = [sent.add(100 + index, 5.0 + index / 100) for index in range(6)]
    found = reported(sent, numbers, {numbers[0]: 9.0, numbers[3]: 9.05, numbers[1]: 9.06, numbers[5]: 9.31})
    arrived = [at for _, at, _ in found]
    assert [at is None for at in arrived] == [False, False, True, False, True, False]
    assert [at for at in arrived if at is not None] == pytest.approx([9.0, 9.06, 9.05, 9.31], abs=0.0003)
    assert [size for _, _, size in found] == [100, 101, 102, 103, 104, 105]
    assert [at for at, _, _ in found] == pytest.approx([5.0, 5.01, 5.02, 5.03, 5.04, 5.05])


def test_a_fate_is_told_once() -> None:
    sent, told = Sent(), Arrivals()
    told.add(sent.add(100, 1.0), 2.0)
    (report,) = told.reports(1, 2)
    assert len(sent.fates(report)) == 1
    assert sent.fates(report) == []


def test_numbers_wrap_and_old_ones_are_forgotten() -> None:
    sent, told = Sent(), Arrivals()
    early = [sent.add(100, 0.0) for _ in range(3)]
    for number in early:
        told.add(number, 0.1)
    (old,) = told.reports(1, 2)
    numbers = [sent.add(50, 1.0) for _ in range(2 * MEMORY)]
    assert sent.fates(old) == [], "that was too long ago"
    numbers += [sent.add(50, 1.0) for _ in range(0x10000)]
    later = Arrivals()
    for number in numbers[-5:]:
        later.add(number, 3.0)
    assert [fate.size for report in later.reports(1, 2) for fate in sent.fates(report)] == [50] * 5


def test_a_place_that_is_used_again_is_dated_again() -> None:
    sent, told = Sent(), Arrivals()
    sent.add(100, 1.0)
    sent.delayed()
    for _ in range(MEMORY - 1):
        sent.add(100, 1.0)
    told.add(sent.add(100, 2.0), 3.0)
    (report,) = told.reports(1, 2)
    (fate,) = sent.fates(report)
    assert fate.is_dated


def test_a_run_of_packets_that_came_slowly_is_read() -> None:
    sent = Sent()
    numbers = [sent.add(100, index / 10) for index in range(20)]
    found = reported(sent, numbers, {number: 9 + index / 10 for index, number in enumerate(numbers)})
    assert [at for _, at, _ in found] == pytest.approx([9 + index / 10 for index in range(20)], abs=0.0003)


@given(data=st.binary(max_size=120), cut=st.integers(0, 60))
def test_whatever_comes_nothing_is_raised(data: bytes, cut: int) -> None:
    sent, told = Sent(), Arrivals()
    for number in range(50):
        told.add(sent.add(100, number / 100), 1 + number / 90)
    (report,) = told.reports(1, 2)
    for bad in (data, report[:cut], report[:4] + data, report[:20] + data, bytes([0xAF]) + report[1:]):
        sent.fates(bad)
        divided(bad)


def test_a_report_is_taken_out_of_a_compound_packet() -> None:
    told = Arrivals()
    told.add(7, 1.0)
    (report,) = told.reports(1, 2)
    other = bytes(RtcpRrPacket(1, [RtcpReceiverInfo(2, 0, 0, 0, 0, 0, 0)]))
    assert divided(other + report + other) == ([report], other + other)
    assert divided(other) == ([], other)


def test_a_report_of_more_packets_than_are_remembered_is_read_in_part() -> None:
    """Few bytes may claim 65535 packets."""
    sent = Sent()
    for _ in range(5):
        sent.add(100, 1.0)
    chunks = pack("!8HH", *[0x1FFF] * 8, 7) + pack("!H", 1 << 13 | 1)
    report = pack("!BBHLLHH", 0x8F, 205, 9, 1, 2, 1, 0xFFFF) + bytes(4) + chunks
    read = list(sent._read(report))  # pyright: ignore[reportPrivateUsage]
    assert len(read) == MEMORY
    assert [fate.arrived for fate in sent.fates(report)] == [None] * 5


def test_the_arrivals_of_a_report_that_is_too_long_are_found_behind_all_of_its_chunks() -> None:
    sent = Sent()
    sent.add(100, 1.0)
    chunks = pack("!HH", 1 << 13 | 1, 0x1FFF)  # one that came, and more lost ones than are remembered
    report = pack("!BBHLLHH", 0x8F, 205, 5, 1, 2, 1, 0x2000) + bytes(4) + chunks + bytes([40, 0, 0, 0])
    (fate,) = sent.fates(report)
    assert fate.arrived == pytest.approx(0.01)


@pytest.mark.parametrize("trailer", [14, 20])
@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_a_report_that_comes_alone_is_known_before_it_is_opened(count: int, trailer: int) -> None:
    told = Arrivals()
    for number in range(count):
        told.add(number, number / 100)
    (report,) = told.reports(1, 2)
    assert is_one_report(report + bytes(trailer))
    other = bytes(RtcpRrPacket(ssrc=1, reports=[]))
    assert not is_one_report(report + other + bytes(trailer))
    assert not is_one_report(other + report + bytes(trailer))
    assert not is_one_report(other + bytes(trailer))
    assert not is_one_report(report[:3])
