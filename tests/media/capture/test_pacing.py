from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from app.media.capture import pacing
from app.media.capture.pacing import Pace


class Clock:
    """Time that passes only while somebody waits, or when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 50.0
        self.stopping = threading.Event()
        monkeypatch.setattr(pacing, "time", SimpleNamespace(monotonic=lambda: self.now))
        monkeypatch.setattr(self.stopping, "wait", self._wait)

    def _wait(self, seconds: float) -> bool:
        self.now += seconds
        return self.stopping.is_set()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_each_is_due_at_its_place(clock: Clock) -> None:
    pace = Pace(clock.stopping)
    began = clock.now
    for place in (0.0, 0.04, 0.08, 2.0):
        assert pace.waits(place)
        assert clock.now == pytest.approx(began + place)


def test_a_little_that_was_missed_is_made_up_for(clock: Clock) -> None:
    pace = Pace(clock.stopping)
    began = clock.now
    clock.now += 0.3
    for place in (0.0, 0.1, 0.2):
        assert pace.waits(place)
        assert clock.now == began + 0.3
    assert pace.waits(0.4)
    assert clock.now == pytest.approx(began + 0.4)


def test_an_hour_of_sleep_is_not(clock: Clock) -> None:
    pace = Pace(clock.stopping)
    assert pace.waits(1.0)
    clock.now += 3_600
    woken = clock.now
    for number in range(5):
        assert pace.waits(1.04 + 0.04 * number)
        assert clock.now == pytest.approx(woken + 0.04 * number)


def test_who_is_told_to_stop_waits_no_more() -> None:
    stopping = threading.Event()
    pace = Pace(stopping)
    stopping.set()
    before = time.monotonic()
    assert not pace.waits(3_600)
    assert time.monotonic() - before < 60
