from __future__ import annotations

import pytest

from app.media.outage import Outage


def after(looks: list[tuple[float, bool]]) -> Outage:
    """A server that ended at 100."""
    outage = Outage()
    outage.began(100.0)
    for seconds, running in looks:
        assert not outage.may_play
        outage.looked(100.0 + seconds, running=running)
    return outage


@pytest.mark.parametrize("back_after", [0.5, 1.5, 2.5])
def test_a_server_that_is_back_in_time_plays_again(back_after: float) -> None:
    looks = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.6]
    outage = after([(at, at >= back_after) for at in looks])
    assert outage.may_play and not outage.is_final


@pytest.mark.parametrize("back_after", [3.0, 3.6, 60.0])
def test_one_that_is_not_will_never_play_in_this_program(back_after: float) -> None:
    looks = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.6, 4.0, 70.0]
    outage = after([(at, at >= back_after) for at in looks])
    assert outage.is_final and not outage.may_play
    outage.began(200.0)
    outage.looked(200.5, running=True)
    outage.looked(203.6, running=True)
    assert not outage.may_play


def test_a_server_that_went_again_is_not_back() -> None:
    assert after([(0.5, True), (2.5, True), (3.6, False)]).is_final
    assert after([(0.5, True), (2.5, False), (3.6, True)]).is_final


def test_without_an_outage_all_may_play() -> None:
    outage = Outage()
    outage.looked(1.0, running=False)
    assert outage.may_play


def test_the_next_outage_is_judged_anew() -> None:
    outage = after([(2.5, True), (3.6, True)])
    outage.began(500.0)
    assert not outage.may_play
    outage.looked(504.0, running=True)
    assert outage.is_final
