"""Covers app/media/video/stills.py."""

from __future__ import annotations

from app.media.video.stills import EVERY_S, Stills


def test_everything_gets_through_while_it_is_off() -> None:
    stills = Stills()
    assert [stills.admits(at / 30) for at in range(5)] == [True] * 5


def test_one_picture_in_ten_seconds_gets_through_and_the_first_at_once() -> None:
    stills = Stills()
    stills.turn(True)
    assert EVERY_S == 10
    shown = [at / 10 for at in range(500) if stills.admits(at / 10)]
    assert shown == [0, 10, 20, 30, 40]
    stills.turn(True)
    assert not stills.admits(49.9), "turned on twice is on"
    stills.turn(False)
    assert stills.admits(50)
    stills.turn(True)
    assert stills.admits(50.1)
