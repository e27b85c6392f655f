"""Sessions: who may make, change and join them, and what the clock makes of them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import server.rest.sessions
from protocol.rest import Session
from server.sessions import on_the_wire
from server.store.interface import StoredSession
from tests.server.harness import Hall, HandClock, moment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DRAFT = {
    "title": " Algebra ",
    "subject": "Mathematics",
    "description": "<b>Groups</b>",
    "startTime": "2026-03-01T12:00:00.000Z",
    "endTime": "2026-03-01T13:00:00.000Z",
}


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOON - timedelta(hours=1))


async def test_a_session_has_the_shape_of_the_contract(hall: Hall, clock: HandClock) -> None:
    ada = await hall.register("Ada", "tutor")
    reply = await ada.ask("POST", "/api/sessions", json={**DRAFT, "maxParticipants": "5"})
    assert reply.status == 201
    session = reply.body
    assert moment(session.pop("startTime")) == NOON
    assert moment(session.pop("endTime")) == NOON + timedelta(hours=1)
    assert moment(session.pop("createdAt")) == moment(session.pop("updatedAt")) == clock.now
    identifier = session.pop("_id")
    assert session == {
        "title": "Algebra",
        "subject": "Mathematics",
        "description": "<b>Groups</b>",
        "status": "scheduled",
        "maxParticipants": 5,
        "createdBy": {"_id": ada.id, "name": "Ada"},
        "participants": [],
    }
    assert (await ada.ask("GET", f"/api/sessions/{identifier}")).body["_id"] == identifier


async def test_only_tutors_create_sessions(hall: Hall) -> None:
    ben = await hall.register("Ben")
    reply = await ben.ask("POST", "/api/sessions", json=DRAFT)
    assert (reply.status, set(reply.body)) == (403, {"message"})


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""},
        {"title": {"$gt": ""}},
        {"startTime": "soon"},
        {"startTime": None},
        {"startTime": "0001-01-01T00:00:00+14:00"},
        {"endTime": "9999-12-31T23:59:59-14:00"},
        {"endTime": DRAFT["startTime"]},
        {"maxParticipants": 1},
        {"maxParticipants": 51},
        {"maxParticipants": "many"},
    ],
)
async def test_bad_drafts_are_refused_by_name(hall: Hall, change: dict[str, Any]) -> None:
    ada = await hall.register("Ada", "tutor")
    reply = await ada.ask("POST", "/api/sessions", json={**DRAFT, **change})
    assert reply.status == 400
    assert next(iter(change)) in reply.body["message"]


async def test_a_time_without_a_zone_is_utc(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    reply = await ada.ask("POST", "/api/sessions", json={**DRAFT, "startTime": "2026-03-01T12:30"})
    assert moment(reply.body["startTime"]) == NOON + timedelta(minutes=30)


async def test_the_list_begins_with_the_newest_start(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    for day in ("02", "04", "03"):
        times = {"startTime": f"2026-03-{day}T12:00:00Z", "endTime": f"2026-03-{day}T13:00:00Z"}
        await ada.ask("POST", "/api/sessions", json={**DRAFT, **times, "title": day})
    assert [one["title"] for one in (await ada.ask("GET", "/api/sessions")).body] == ["04", "03", "02"]


async def test_a_long_list_is_written_beside_the_loop(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signaling and chat of all rooms go on meanwhile."""
    ada = await hall.register("Ada", "tutor")
    session = await hall.session(ada)
    threads: list[threading.Thread] = []

    def written(stored: StoredSession, now: datetime) -> Session:
        threads.append(threading.current_thread())
        return on_the_wire(stored, now)

    monkeypatch.setattr(server.rest.sessions, "on_the_wire", written)
    listed = await ada.ask("GET", "/api/sessions")
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()
    assert listed.body == [(await ada.ask("GET", f"/api/sessions/{session}")).body]


async def test_the_status_follows_the_clock(hall: Hall, clock: HandClock) -> None:
    ada = await hall.register("Ada", "tutor")
    session = (await ada.ask("POST", "/api/sessions", json=DRAFT)).body["_id"]

    async def status() -> str:
        (listed,) = (await ada.ask("GET", "/api/sessions")).body
        alone = (await ada.ask("GET", f"/api/sessions/{session}")).body
        assert listed["status"] == alone["status"]
        return alone["status"]

    assert await status() == "scheduled"
    clock.now = NOON
    assert await status() == "active"
    clock.now = NOON + timedelta(hours=1)
    assert await status() == "completed"


async def test_its_creator_alone_changes_completes_and_deletes(hall: Hall) -> None:
    ada, eve = await hall.register("Ada", "tutor"), await hall.register("Eve", "tutor")
    path = f"/api/sessions/{await hall.session(ada)}"
    attempts = [("PUT", path), ("DELETE", path), ("POST", f"{path}/complete")]
    for method, where in attempts:
        assert (await eve.ask(method, where, json={"title": "Mine"})).status == 403
    changed = await ada.ask("PUT", path, json={"title": "Geometry", "maxParticipants": 3})
    assert (changed.status, changed.body["title"], changed.body["subject"]) == (200, "Geometry", "Mathematics")
    assert (await ada.ask("POST", f"{path}/complete")).body["status"] == "completed"
    assert (await ada.ask("DELETE", path)).status == 200
    assert (await ada.ask("GET", path)).status == 404


async def test_the_first_and_the_last_moment_there_are_can_be_kept(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    times = {"startTime": "0001-01-01T00:00:00Z", "endTime": "9999-12-31T23:59:59Z"}
    kept = await ada.ask("POST", "/api/sessions", json={**DRAFT, **times})
    assert (kept.status, kept.body["status"]) == (201, "active")
    (listed,) = (await ada.ask("GET", "/api/sessions")).body
    assert [moment(listed[key]) for key in times] == [moment(time) for time in times.values()]
    await ada.in_room(listed["_id"])


@pytest.mark.parametrize(
    "change", [{"startTime": "0001-01-01T00:00:00+14:00"}, {"endTime": "9999-12-31T23:59:59-14:00"}]
)
async def test_a_change_to_a_moment_that_does_not_exist_is_refused(hall: Hall, change: dict[str, str]) -> None:
    ada = await hall.register("Ada", "tutor")
    reply = await ada.ask("PUT", f"/api/sessions/{await hall.session(ada)}", json=change)
    assert reply.status == 400
    assert next(iter(change)) in reply.body["message"]


async def test_a_change_may_not_turn_time_around(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    session = (await ada.ask("POST", "/api/sessions", json=DRAFT)).body["_id"]
    reply = await ada.ask("PUT", f"/api/sessions/{session}", json={"endTime": "2026-03-01T11:00:00Z"})
    assert reply.status == 400


async def test_joining_and_leaving(hall: Hall) -> None:
    ada, ben, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Eve")]
    path = f"/api/sessions/{await hall.session(ada, maxParticipants=2)}"
    joined = await ada.ask("POST", f"{path}/join")
    assert (joined.status, joined.body["participants"]) == (200, [{"_id": ada.id, "name": "Ada"}])
    again = await ada.ask("POST", f"{path}/join")
    assert (again.status, again.body) == (400, {"message": "Already joined"})
    assert (await ben.ask("POST", f"{path}/join")).status == 200
    full = await eve.ask("POST", f"{path}/join")
    assert (full.status, full.body) == (409, {"message": "The session is full."})
    left = await ada.ask("POST", f"{path}/leave")
    assert (left.status, left.body["participants"]) == (200, [{"_id": ben.id, "name": "Ben"}])
    assert (await ada.ask("POST", f"{path}/leave")).status == 200
    assert (await eve.ask("POST", f"{path}/join")).status == 200


async def test_whose_session_it_is_comes_in_though_all_places_are_taken(hall: Hall) -> None:
    ada, ben, cy, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Cy", "Eve")]
    session = await hall.session(ada, maxParticipants=2)
    path = f"/api/sessions/{session}/join"
    for person in (ben, cy):
        assert (await person.ask("POST", path)).status == 200
        await person.in_room(session)
    joined = await ada.ask("POST", path)
    assert (joined.status, [one["_id"] for one in joined.body["participants"]]) == (200, [ben.id, cy.id])
    await ada.in_room(session)
    assert (await eve.ask("POST", path)).status == 409
    refused = await (await eve.socket()).call("join-session", {"sessionId": session})
    assert refused["error"]["code"] == "full"


async def test_an_ended_session_cannot_be_joined_but_one_is_still_in_it(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    path = f"/api/sessions/{await hall.session(ada)}"
    await ada.ask("POST", f"{path}/join")
    await ada.ask("POST", f"{path}/complete")
    assert (await ben.ask("POST", f"{path}/join")).status == 409
    assert (await ada.ask("POST", f"{path}/join")).body == {"message": "Already joined"}


async def test_unknown_and_malformed_ids_are_not_found(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    for session in ("0" * 24, "nonsense", "%00", "..%2F..%2Fetc", "x" * 5_000):
        for method, action in [("GET", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/join"), ("POST", "/leave")]:
            reply = await ada.ask(method, f"/api/sessions/{session}{action}", json={} if method == "PUT" else None)
            assert (reply.status, set(reply.body)) == (404, {"message"}), (method, session, action)


async def test_nobody_sees_sessions_without_signing_in(hall: Hall) -> None:
    for method, path in [("GET", "/api/sessions"), ("POST", "/api/sessions"), ("GET", f"/api/sessions/{'0' * 24}")]:
        assert (await hall.ask(method, path)).status == 401
