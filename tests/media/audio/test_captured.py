"""The moment of capture, from moments that are off by a frame."""

from __future__ import annotations

import pytest

from app.media.audio.captured import LEAP_S, CaptureClock


def test_nothing_is_said_before_anything_was_captured() -> None:
    assert CaptureClock().at(1.0) is None


def test_a_device_that_hands_out_two_frames_at_once_is_evened_out() -> None:
    clock = CaptureClock()
    for number in range(1, 201):
        due = 100 + 0.02 * number
        clock.add(0.02 * number, due if number % 2 == 0 else due + 0.02)
        if number > 100:
            at = clock.at(0.02 * number)
            assert at is not None
            assert abs(at - due - 0.01) < 0.002, "the mean of both"
    assert clock.at(5.0) == pytest.approx(105.01, abs=0.002)
    assert clock.at(3.0) == pytest.approx(103.01, abs=0.002), "what is sent is older than what was captured last"


def test_a_gap_is_taken_at_once_and_what_is_small_is_not() -> None:
    clock = CaptureClock()
    clock.add(1.0, 11.0)
    clock.add(1.02, 11.02 + LEAP_S * 0.9)
    at = clock.at(1.02)
    assert at is not None
    assert 11.02 < at < 11.03
    clock.add(1.04, 12.0)
    assert clock.at(1.04) == 12.0


def test_clocks_that_run_apart_are_followed() -> None:
    clock = CaptureClock()
    for number in range(1, 5001):
        clock.add(0.02 * number, 7 + 0.02 * number * 1.0002)
    assert clock.at(100.0) == pytest.approx(107.02, abs=0.002)
