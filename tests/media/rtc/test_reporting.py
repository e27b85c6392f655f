"""How often a receiver reports depends on how much comes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.media.rtc.reporting import HEADERS, LONGEST_S, REPORT, SHARE, SHORTEST_S, ReportPace


def reports(kbps: float, packets: float, seconds: float = 20.0) -> list[float]:
    """When reports are made of an even stream."""
    pace, found = ReportPace(), list[float]()
    size = round(kbps * 1000 / 8 / packets) - HEADERS
    for number in range(round(seconds * packets)):
        now = number / packets
        if pace.came(size, now) or now >= pace.due:
            found.append(now)
            pace.reported(now)
    return found


@pytest.mark.parametrize(
    ("kbps", "packets", "every"), [(1500, 150, SHORTEST_S), (300, 60, SHORTEST_S), (50, 50, 0.218), (17, 50, LONGEST_S)]
)
def test_reports_take_a_twentieth_within_bounds(kbps: float, packets: float, every: float) -> None:
    found = reports(kbps, packets)
    gaps = [later - earlier for earlier, later in pairwise(found)]
    assert sum(gaps) / len(gaps) == pytest.approx(every, abs=2.5 / packets)
    assert min(gaps) > 0.999 * SHORTEST_S
    assert max(gaps) < LONGEST_S + 2.5 / packets


def test_a_burst_after_a_pause_is_reported_at_once() -> None:
    pace = ReportPace()
    pace.came(1, 10.0)
    pace.reported(10.0)
    assert not pace.came(1, 11.0)
    assert pace.due == 11.0 + LONGEST_S
    assert pace.came(round(REPORT / SHARE), 11.001)
