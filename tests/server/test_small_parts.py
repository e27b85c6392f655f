"""Ids, token buckets, status by the clock, halves of messages, ICE settings: each pure, each in a few lines."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.rest import Status
from server.chat import PAIRING_S, Call, Half, Halves, Words
from server.ice import IceSettings
from server.ids import IdSource, is_id
from server.limits import Buckets, Rate
from server.quiet import Seldom
from server.sessions import status_at
from server.store.interface import Message, PersonRef, StoredSession
from tests.server.harness import Hall, HandClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@settings(deadline=None)
@given(st.lists(st.integers(min_value=-100, max_value=100), max_size=30))
def test_ids_rise_whatever_the_clock_does_and_are_object_ids(turns: list[int]) -> None:
    clock = HandClock(NOON)
    source = IdSource(clock)
    made: list[str] = []
    for turn in turns:
        clock.turn(timedelta(seconds=turn))
        made += [source.next(), source.next()]
    assert made == sorted(set(made))
    for one in made:
        assert is_id(one)
        assert str(ObjectId(one)) == one


def test_ids_rise_through_a_restart_with_a_clock_set_back() -> None:
    clock = HandClock(NOON)
    newest = IdSource(clock).next()
    clock.turn(-HOUR)
    assert IdSource(clock, newest).next() > newest


@pytest.mark.parametrize("text", ["", "0" * 23, "0" * 25, "G" + "0" * 23, "A" * 24, "0" * 23 + "\n"])
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


class TestBuckets:
    @pytest.fixture(autouse=True)
    def time(self) -> None:
        self.now = 0.0
        self.buckets = Buckets(Rate(burst=2, per_second=0.5), lambda: self.now, max_sources=3)

    def test_a_burst_then_a_trickle_for_each_source(self) -> None:
        assert [self.buckets.take("a") for _ in range(3)] == [0, 0, 2.0]
        assert self.buckets.take("b") == 0
        self.now = 1.0
        assert self.buckets.take("a") == 1.0
        self.now = 2.0
        assert self.buckets.take("a") == 0
        assert self.buckets.take("a") > 0

    def test_waiting_long_gives_no_more_than_the_burst(self) -> None:
        self.buckets.take("a")
        self.now = 1_000.0
        assert [self.buckets.take("a") for _ in range(3)] == [0, 0, 2.0]

    def test_forgiving_fills_the_bucket(self) -> None:
        for _ in range(3):
            self.buckets.take("a")
        self.buckets.forgive("a")
        assert self.buckets.take("a") == 0

    def test_the_table_is_bounded(self) -> None:
        for number in range(100):
            self.buckets.take(f"source {number}")
        assert len(self.buckets) == 3


def a_session(status: Status) -> StoredSession:
    creator = PersonRef("ada")
    return StoredSession("id", "T", "S", "", NOON, NOON + HOUR, status, 9, creator, (), NOON, NOON)


@pytest.mark.parametrize(
    ("stored", "before", "during", "after"),
    [
        ("scheduled", "scheduled", "active", "completed"),
        ("active", "active", "active", "completed"),
        ("completed", "completed", "completed", "completed"),
        ("cancelled", "cancelled", "cancelled", "cancelled"),
    ],
)
def test_status_follows_the_clock_unless_it_was_ended(stored: Status, before: str, during: str, after: str) -> None:
    session = a_session(stored)
    moments = (NOON - HOUR, NOON, NOON + HOUR / 2, NOON + HOUR, NOON + 2 * HOUR)
    assert [status_at(session, moment) for moment in moments] == [before, during, during, after, after]


def a_half(number: int, call: Call = Call.SOCKET) -> Half:
    message = Message(f"{number:024x}", "room", "ada", "Ada", "ok", "text", NOON, NOON)
    return Half(message, call, is_unproven=False)


class TestHalves:
    words = Words("room", "ok")

    def test_each_half_is_taken_once_oldest_first_and_by_the_other_call(self) -> None:
        halves = Halves(lambda: 0.0)
        first, second = a_half(1), a_half(2)
        for half in (first, second):
            halves.wait(half, self.words)
        assert halves.take("ada", self.words, Call.POST) is None
        assert halves.take("ada", self.words, Call.SOCKET) is first
        assert halves.take("ada", self.words, Call.SOCKET) is second
        assert halves.take("ada", self.words, Call.SOCKET) is None

    def test_only_the_same_words_of_the_same_person_in_the_same_room_match(self) -> None:
        halves = Halves(lambda: 0.0)
        halves.wait(a_half(1), self.words)
        assert halves.take("ben", self.words, Call.SOCKET) is None
        for other in (Words("room", "OK"), Words("other", "ok"), Words("room", "ok", "emoji")):
            assert halves.take("ada", other, Call.SOCKET) is None
        assert halves.take("ada", self.words, Call.SOCKET) is not None

    def test_they_wait_for_a_while_and_not_in_any_number(self) -> None:
        now = 100.0
        halves = Halves(lambda: now, max_halves=2)
        for number in range(3):
            halves.wait(a_half(number), self.words)
        kept = halves.take("ada", self.words, Call.SOCKET)
        assert kept is not None
        assert kept.message.id == a_half(1).message.id
        now += PAIRING_S + 0.001
        assert halves.take("ada", self.words, Call.SOCKET) is None


def test_ice_settings_come_from_the_environment() -> None:
    turn = {"DESKMATES_TURN_URLS": "turn:a, turns:b ,", "DESKMATES_TURN_SECRET": "s", "DESKMATES_STUN_URLS": "stun:c"}
    assert IceSettings.from_environment(turn) == IceSettings(("stun:c",), ("turn:a", "turns:b"), "s")
    assert IceSettings.from_environment({}) == IceSettings()
    with pytest.raises(ValueError, match="DESKMATES_TURN_SECRET"):
        IceSettings.from_environment({"DESKMATES_TURN_URLS": "turn:a"})


def test_a_complaint_is_logged_once_in_a_while() -> None:
    now = [0.0]
    seldom = Seldom(every_s=10, monotonic=lambda: now[0])

    def record(line: int) -> logging.LogRecord:
        return logging.LogRecord("library", logging.ERROR, "library.py", line, "no good: %s", ("x",), None)

    heard = [seldom.filter(record(line)) for line in (1, 1, 2)]
    now[0] = 10.0
    assert [*heard, seldom.filter(record(1))] == [True, False, True, True]


async def test_packets_with_tokens_are_never_logged(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ada = await hall.register("Ada", "tutor")
    await ada.in_room(await hall.session(ada))
    assert caplog.records
    assert not [record for record in caplog.records if record.name in ("server.engineio", "server.socketio")]


@pytest.mark.parametrize("url", ["stun.example.org:3478", "stun://a", "turn:a", "stun:", "stun:a b", "stun:a?x=y"])
def test_a_stun_address_that_no_browser_takes_is_said(url: str) -> None:
    with pytest.raises(ValueError, match="DESKMATES_STUN_URLS"):
        IceSettings.from_environment({"DESKMATES_STUN_URLS": f"stun:good.example.org, {url}"})


@pytest.mark.parametrize("url", ["turn.example.org", "stun:a", "turn:a:many", "turn:a?transport=carrier-pigeon"])
def test_a_turn_address_that_no_browser_takes_is_said(url: str) -> None:
    with pytest.raises(ValueError, match="DESKMATES_TURN_URLS"):
        IceSettings.from_environment({"DESKMATES_TURN_URLS": url, "DESKMATES_TURN_SECRET": "s"})


def test_addresses_of_every_kind_are_taken() -> None:
    urls = ("turn:a", "turns:a.org:5349?transport=tcp", "turn:192.0.2.1:3478?transport=udp", "turn:[2001:db8::1]:3478")
    turn = {"DESKMATES_TURN_URLS": ",".join(urls), "DESKMATES_TURN_SECRET": "s"}
    assert IceSettings.from_environment(turn).turn_urls == urls
