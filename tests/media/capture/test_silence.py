from __future__ import annotations

from app.media.capture.silence import Silence


def test_a_source_is_silent_that_delivers_nothing() -> None:
    silence = Silence(5.0, 100.0)
    assert silence.left(101.0) == 4.0
    silence.delivered(104.0)
    assert silence.left(105.0) == 4.0
    assert silence.left(109.0) == 0.0


def test_a_computer_that_slept_gives_the_source_its_time_anew() -> None:
    silence = Silence(5.0, 100.0)
    assert silence.left(100.0) == 5.0
    assert silence.left(3_705.0) == 5.0
    assert silence.left(3_710.5) == 0.0


def test_what_is_a_little_late_is_no_sleep() -> None:
    silence = Silence(5.0, 100.0)
    assert silence.left(100.0) == 5.0
    assert silence.left(105.9) == 0.0
