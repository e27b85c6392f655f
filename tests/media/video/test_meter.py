"""Frame rate, freezes and latency by the definitions, on generated moments."""

from __future__ import annotations

import pytest

from app.media.video.meter import VideoMeter


def fed(*gaps: float, start: float = 100.0) -> tuple[VideoMeter, float]:
    meter, now = VideoMeter(), start
    meter.add(now, 640, 360)
    for gap in gaps:
        now += gap
        meter.add(now, 640, 360)
    return meter, now


def test_nothing_yet() -> None:
    figures = VideoMeter().figures(5.0)
    assert (figures.frames, figures.fps, figures.first_frame_at, figures.latency_ms) == (0, 0.0, None, None)
    assert figures.held_ms is None


def test_the_rate_is_over_the_time_since_the_first_frame() -> None:
    meter, now = fed(*[0.04] * 50)
    figures = meter.figures(now)
    assert figures.frames == 51
    assert figures.fps == pytest.approx(25)
    assert figures.first_frame_at == 100.0
    assert (figures.width, figures.height) == (640, 360)
    assert meter.figures(now + 2).fps == pytest.approx(12.5)


def test_a_gap_over_three_averages_and_over_150_ms_more_is_a_freeze() -> None:
    meter, now = fed(*[0.033] * 30, 0.25, *[0.033] * 30)
    assert meter.figures(now).freezes == 1
    assert meter.figures(now).freeze_ms == pytest.approx(250)
    meter, now = fed(*[0.033] * 30, 0.18)
    assert meter.figures(now).freezes == 0, "three averages, but not 150 ms over"
    meter, now = fed(*[0.2] * 30, 0.5)
    assert meter.figures(now).freezes == 0, "150 ms over, but not three averages"
    meter, now = fed(*[0.2] * 30, 0.61)
    assert meter.figures(now).freezes == 1


def test_a_camera_that_was_off_is_a_pause_and_no_freeze() -> None:
    meter, now = fed(*[0.033] * 30, 60.0, *[0.033] * 30)
    assert meter.figures(now).freezes == 0


def test_latency_percentiles() -> None:
    meter = VideoMeter()
    for index in range(101):
        meter.add(index * 0.03, 16, 16, index / 1000)
    assert meter.figures(4.0).latency_ms == pytest.approx((50, 95))


def test_what_was_held_is_told_by_itself_and_adds_nothing_to_the_latency() -> None:
    meter = VideoMeter()
    for index in range(101):
        meter.add(index * 0.03, 16, 16, 0.02)
        meter.shown(index / 1000)
    assert meter.figures(4.0).held_ms == pytest.approx((50, 95))
    assert meter.figures(4.0).latency_ms == pytest.approx((20, 20))


def test_percentiles_are_taken_anew_once_a_second() -> None:
    meter = VideoMeter()
    meter.add(1.0, 640, 360, 0.1)
    assert meter.figures(2.0).latency_ms == pytest.approx((100, 100))
    meter.add(2.5, 640, 360, 0.3)
    assert meter.figures(2.9).latency_ms == pytest.approx((100, 100))
    assert meter.figures(2.9).frames == 2
    assert meter.figures(3.0).latency_ms == pytest.approx((200, 290))
