"""When a connection is rebuilt, given up, or taken for gone: the rules as a table, and what must hold of every
trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.room import lifeline
from app.room.lifeline import Transport, Verdict, Vitals, is_alive, judge
from app.room.state import Phase

NOW = 1_000.0
FLOWING = Vitals(
    stage=Phase.CONNECTED,
    stage_since=NOW - 60,
    transport=Transport.CONNECTED,
    connected_at=NOW - 60,
    expected_since=NOW - 60,
    last_packet_at=NOW - 0.02,
    worked=True,
    tries=0,
    reachable=True,
)
SILENT = replace(FLOWING, last_packet_at=NOW - 2.0)
LOST = replace(SILENT, stage=Phase.RECONNECTING, stage_since=NOW)
FIRST = replace(
    FLOWING,
    stage=Phase.OFFER_SENT,
    stage_since=NOW,
    transport=Transport.WAITING,
    connected_at=None,
    last_packet_at=None,
    worked=False,
    tries=1,
)


@pytest.mark.parametrize(
    ("vitals", "after_s", "verdict"),
    [
        (FLOWING, 0, Verdict.FINE),
        (SILENT, 0, Verdict.LOST),
        (replace(SILENT, expected_since=None), 0, Verdict.FINE),
        (replace(SILENT, expected_since=NOW - 1), 0, Verdict.FINE),
        (replace(SILENT, expected_since=NOW - 5), 0, Verdict.LOST),
        (replace(FLOWING, last_packet_at=None, connected_at=NOW - 4), 0, Verdict.FINE),
        (replace(FLOWING, last_packet_at=None, connected_at=NOW - 5), 0, Verdict.LOST),
        (replace(FLOWING, transport=Transport.DEAD), 0, Verdict.LOST),
        (LOST, 0, Verdict.FINE),
        (LOST, 1.0, Verdict.REBUILD),
        (replace(LOST, politeness_s=1.5), 1.0, Verdict.FINE),
        (replace(LOST, politeness_s=1.5), 2.5, Verdict.REBUILD),
        (replace(LOST, reachable=False), 60, Verdict.FINE),
        (replace(LOST, last_packet_at=NOW + 1.9), 2, Verdict.BACK),
        (replace(LOST, tries=4), 14, Verdict.FINE),
        (replace(LOST, tries=4), 15, Verdict.REBUILD),
        (FIRST, 7.9, Verdict.FINE),
        (FIRST, 8, Verdict.REBUILD),
        (replace(FIRST, stage=Phase.CANDIDATES), 11.9, Verdict.FINE),
        (replace(FIRST, stage=Phase.CANDIDATES), 12, Verdict.REBUILD),
        (replace(FIRST, stage=Phase.ANSWER_SENT), 12, Verdict.FINE),
        (replace(FIRST, stage=Phase.ANSWER_SENT), 18, Verdict.REBUILD),
        (replace(FIRST, stage=Phase.NEW, tries=0), 5, Verdict.REBUILD),
        (replace(FIRST, stage=Phase.CANDIDATES, transport=Transport.DEAD), 1, Verdict.REBUILD),
        (replace(FIRST, tries=lifeline.TRIES), 30, Verdict.GIVE_UP),
        (replace(FIRST, tries=lifeline.TRIES, reachable=False), 30, Verdict.FINE),
        (replace(FIRST, tries=lifeline.TRIES, worked=True), 30, Verdict.REBUILD),
        (replace(FIRST, stage=Phase.FAILED, tries=9), 999, Verdict.FINE),
        (replace(FIRST, stage=Phase.CLOSED), 999, Verdict.FINE),
        (replace(FLOWING, away_since=NOW - 100), 0, Verdict.FINE),
        (replace(LOST, away_since=NOW - 100, reachable=False), 17.9, Verdict.FINE),
        (replace(LOST, away_since=NOW - 100, reachable=False), 18, Verdict.GONE),
        (replace(LOST, away_since=NOW, reachable=False), 19.9, Verdict.FINE),
        (replace(LOST, away_since=NOW, reachable=False), 20, Verdict.GONE),
    ],
)
def test_the_rules(vitals: Vitals, after_s: float, verdict: Verdict) -> None:
    assert judge(vitals, NOW + after_s) is verdict


def test_alive_is_connected_and_heard_of() -> None:
    assert is_alive(FLOWING, NOW)
    assert is_alive(replace(SILENT, expected_since=None), NOW)
    assert not is_alive(SILENT, NOW)
    assert not is_alive(replace(FLOWING, transport=Transport.DEAD), NOW)
    assert not is_alive(FIRST, NOW)


moments = st.floats(NOW - 120, NOW)
some_vitals = st.builds(
    Vitals,
    stage=st.sampled_from(Phase),
    stage_since=moments,
    transport=st.sampled_from(Transport),
    connected_at=st.none() | moments,
    expected_since=st.none() | moments,
    last_packet_at=st.none() | moments,
    worked=st.booleans(),
    tries=st.integers(0, 40),
    reachable=st.booleans(),
    away_since=st.none() | moments,
    politeness_s=st.sampled_from([0.0, 1.5]),
)


@given(some_vitals)
def test_nothing_is_built_for_somebody_who_cannot_be_reached(vitals: Vitals) -> None:
    verdict = judge(replace(vitals, reachable=False), NOW)
    assert verdict not in (Verdict.REBUILD, Verdict.GIVE_UP)


@given(some_vitals)
def test_what_has_worked_is_never_given_up(vitals: Vitals) -> None:
    assert judge(replace(vitals, worked=True), NOW) is not Verdict.GIVE_UP


@given(some_vitals)
def test_whose_media_flows_is_neither_rebuilt_nor_gone(vitals: Vitals) -> None:
    flowing = replace(
        vitals,
        stage=Phase.CONNECTED,
        transport=Transport.CONNECTED,
        connected_at=NOW - 60,
        expected_since=NOW - 60,
        last_packet_at=NOW - 0.1,
    )
    assert judge(flowing, NOW) is Verdict.FINE


@given(some_vitals, st.integers(0, 10))
def test_every_unfinished_connection_comes_to_an_end(vitals: Vitals, tries: int) -> None:
    """Nobody who is there and never connected is left waiting for ever: each wait is bounded, and so is their
    number."""
    waiting = replace(
        vitals,
        stage=Phase.OFFER_SENT,
        stage_since=NOW,
        reachable=True,
        worked=False,
        away_since=None,
        transport=Transport.WAITING,
        tries=tries,
    )
    verdict = judge(waiting, NOW + 30)
    assert verdict is (Verdict.GIVE_UP if tries >= lifeline.TRIES else Verdict.REBUILD)
