"""What a session offers to whom and when, and in which order sessions stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.ui.sessions.offers import Offer, Period, Viewer, arranged, in_period, matches, standing
from tests.ui.own_desk import session

STUDENT = Viewer("omar")
HOST = Viewer("priya")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize(
    ("begins", "ends", "offer", "action"),
    [
        (-30, 60, Offer.JOIN, "Join"),
        (4, 60, Offer.JOIN, "Join"),
        (12, 60, Offer.WAIT, "Starts in 12 min"),
        (80, 120, Offer.WAIT, "Tell me"),
        (-60, -1, Offer.ENDED, "Ended"),
    ],
)
def test_the_clock_decides(begins: float, ends: float, offer: Offer, action: str) -> None:
    stand = standing(session("1", begins=begins, ends=ends), now(), STUDENT)
    assert (stand.offer, stand.action) == (offer, action)


def test_the_status_decides_before_the_clock() -> None:
    assert standing(session("1", status="completed"), now(), STUDENT).action == "Ended"
    assert standing(session("1", status="cancelled"), now(), STUDENT).action == "Cancelled"
    assert standing(session("1", begins=30, status="active"), now(), STUDENT).offer is Offer.JOIN


def test_a_full_session_has_no_place_but_for_those_who_have_one() -> None:
    full = session("1", people=8, places=8)
    stand = standing(full, now(), STUDENT)
    assert (stand.offer, stand.state, stand.action) == (Offer.FULL, "Full", "Tell me if free")
    assert standing(full, now(), Viewer("p3")).offer is Offer.JOIN
    assert standing(full, now(), HOST).offer is Offer.JOIN


def test_of_what_is_awaited_one_will_be_told() -> None:
    awaits = Viewer("omar", awaited=frozenset({"1"}))
    later, soon, full = session("1", begins=80, ends=90), session("1", begins=12), session("1", people=8)
    for one, words in ((later, "We’ll tell you"), (soon, "Starts in 12 min"), (full, "We’ll tell you")):
        stand = standing(one, now(), awaits)
        assert (stand.action, stand.icon, stand.deed) == (words, "bell-ring", "Do not tell me any more")


def test_what_is_over_has_notes_for_whoever_was_there() -> None:
    over = session("1", begins=-90, ends=-30)
    assert not standing(over, now(), STUDENT).can_act
    stand = standing(over, now(), Viewer("omar", minutes={"1": 45}))
    assert (stand.offer, stand.action, stand.state, stand.can_act) == (Offer.NOTES, "See notes", "Ended", True)
    assert standing(session("1"), now(), Viewer("omar", minutes={"1": 45})).offer is Offer.JOIN


def test_the_host_may_go_in_early() -> None:
    later = session("1", begins=90, ends=180)
    assert standing(later, now(), STUDENT).offer is Offer.WAIT
    assert standing(later, now(), HOST).offer is Offer.JOIN


def test_the_room_one_sits_in_is_led_back_to() -> None:
    assert standing(session("1"), now(), Viewer("omar", here="1")).action == "Back to room"
    opening = standing(session("1"), now(), Viewer("omar", opening="1"))
    assert opening.action == "Joining…" and not opening.can_act


def test_what_runs_comes_first_and_what_is_over_apart() -> None:
    ahead, over = arranged(
        [
            session("later", begins=200, ends=260),
            session("over", begins=-90, ends=-30),
            session("full", begins=-60, people=8),
            session("soon", begins=20, ends=60),
            session("live", begins=-10),
            session("older", begins=-190, ends=-130),
        ],
        now(),
    )
    assert [one.id for one in ahead] == ["live", "full", "soon", "later"]
    assert [one.id for one in over] == ["over", "older"]


def test_what_runs_now_lies_in_every_period() -> None:
    live = session("1", begins=-2, ends=2)
    assert all(in_period(live, period, now()) for period in Period)


def test_another_day_is_not_today() -> None:
    three_days, ten_days = session("1", begins=3 * 1440, ends=3 * 1440 + 60), session("2", begins=14_400, ends=14_460)
    assert [in_period(three_days, one, now()) for one in Period] == [False, True, True]
    assert [in_period(ten_days, one, now()) for one in Period] == [False, False, True]
    last_week = session("3", begins=-7 * 1440, ends=-7 * 1440 + 60)
    assert [in_period(last_week, one, now()) for one in Period] == [False, False, True]


def test_a_session_over_midnight_is_of_both_days() -> None:
    long = session("1", begins=-1440, ends=1440)
    assert in_period(long, Period.TODAY, now() + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("search", "is_found"),
    [("", True), ("LINEAR", True), ("maths priya", True), ("alg lin", True), ("history", False), ("<b>", False)],
)
def test_search_looks_at_title_subject_and_host(search: str, is_found: bool) -> None:
    assert matches(session("1"), search) is is_found
