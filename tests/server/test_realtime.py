"""Rooms over real sockets: who hears what, and who may say what to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as Refused

from server.sessions import OVERRUN
from server.settings import ServerSettings
from tests.server.harness import Hall, HandClock, Socket, moment, running

SDP = "v=0\r\n"


def offer(to: Socket, **extra: Any) -> dict[str, Any]:
    return {"to": to.sid, "offer": {"type": "offer", "sdp": SDP}, **extra}


async def test_newcomer_hears_who_is_there_and_they_hear_of_the_newcomer(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first = await ada.in_room(room, connectionId="a1")
    second = await ben.in_room(room, connectionId="b1")
    expected = {
        "socketId": first.sid,
        "userId": ada.id,
        "userName": "Ada",
        "isTutor": True,
        "connectionId": "a1",
        "verified": True,
    }
    assert second.said("existing-participants") == [[expected]]
    assert second.ack["participants"] == [expected]
    assert second.ack["you"] == second.sid
    joined = await first.hears("user-joined")
    assert (joined["socketId"], joined["userId"], joined["userName"]) == (second.sid, ben.id, "Ben")
    assert first.said("existing-participants") == [[]]
    assert second.said("user-joined") == []


async def test_identity_in_payloads_is_never_believed(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first = await ada.in_room(room)
    second = await ben.in_room(room, userId=ada.id, userName="Ada", isTutor=True)
    joined = await first.hears("user-joined")
    assert (joined["userId"], joined["userName"], joined["isTutor"]) == (ben.id, "Ben", False)
    await second.call("chat-message", {"sessionId": room, "message": "hello", "userId": ada.id, "userName": "Ada"})
    said = await first.hears("chat-message")
    assert (said["userId"], said["userName"]) == (ben.id, "Ben")
    await second.call("toggle-audio", {"sessionId": room, "userId": ada.id, "enabled": False})
    assert await first.hears("user-audio-toggle") == {"userId": ben.id, "socketId": second.sid, "enabled": False}


async def test_leaving_is_told_once_and_leaving_twice_is_no_error(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room, connectionId="b1")
    assert await second.call("leave-session", {"sessionId": room}) == {"ok": True}
    assert await second.call("leave-session", {"sessionId": room}) == {"ok": True}
    left = await first.hears("user-left")
    assert (left["socketId"], left["connectionId"], left["reason"]) == (second.sid, "b1", "left")
    await second.close()
    await first.settled()
    assert len(first.said("user-left")) == 1


async def test_a_lost_socket_is_told_as_disconnected(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room)
    sid = second.sid
    await second.drop()
    left = await first.hears("user-left")
    assert (left["socketId"], left["reason"]) == (sid, "disconnected")


async def test_a_new_socket_takes_its_stay_over(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada, maxParticipants=2)
    watcher, old = await ada.in_room(room), await ben.in_room(room, connectionId="b1")
    await old.call("participant-state", {"sessionId": room, "audio": True, "hand": True})
    new = await ben.in_room(room, connectionId="b1")
    assert [one["socketId"] for one in new.ack["participants"]] == [watcher.sid]
    joined = await watcher.hears("user-joined", lambda one: one["socketId"] == new.sid)
    assert (joined["connectionId"], joined["state"]["hand"]) == ("b1", True)
    names = [name for name, _ in watcher.heard if name in ("user-joined", "user-left")]
    assert names == ["user-joined", "user-left", "user-joined"]
    left = watcher.said("user-left")[0]
    assert (left["socketId"], left["connectionId"], left["reason"]) == (old.sid, "b1", "disconnected")
    gone = await old.call("chat-message", {"sessionId": room, "message": "still here"})
    assert gone["error"]["code"] == "not-in-room"
    await old.close()
    await watcher.settled()
    assert len(watcher.said("user-left")) == 1


async def test_a_connection_id_of_somebody_else_is_ignored(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first = await ada.in_room(room, connectionId="a1")
    await ben.in_room(room, connectionId="a1")
    joined = await first.hears("user-joined")
    assert "connectionId" not in joined
    assert first.said("user-left") == []


async def test_nobody_comes_as_somebody_whose_socket_was_lost(hall: Hall) -> None:
    ada, ben, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Eve")]
    room = await hall.session(ada)
    watcher, lost = await ada.in_room(room), await ben.in_room(room, connectionId="b1")
    sid = lost.sid
    await lost.drop()
    await watcher.hears("user-left", lambda one: one["socketId"] == sid)
    thief = await eve.in_room(room, connectionId="b1")
    joined = await watcher.hears("user-joined", lambda one: one["socketId"] == thief.sid)
    assert (joined["userName"], joined.get("connectionId")) == ("Eve", None)
    back = await ben.in_room(room, connectionId="b1")
    assert (await watcher.hears("user-joined", lambda one: one["socketId"] == back.sid))["connectionId"] == "b1"


async def test_a_hand_stays_up_in_its_place_through_a_lost_socket(hall: Hall) -> None:
    ada, ben, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Eve")]
    room = await hall.session(ada)
    watcher, lost = await ada.in_room(room, connectionId="a1"), await ben.in_room(room, connectionId="b1")
    up = {"sessionId": room, "hand": True}
    await lost.call("participant-state", up)
    await watcher.call("participant-state", up)
    await lost.drop()
    await watcher.hears("user-left")
    back = await ben.in_room(room, connectionId="b1")
    joined = await watcher.hears("user-joined", lambda one: one["socketId"] == back.sid)
    assert joined["state"]["handOrder"] == 1
    await back.call("participant-state", up)
    assert (await watcher.hears("participant-state", lambda one: one["socketId"] == back.sid))["handOrder"] == 1
    late = await eve.in_room(room)
    places = {one["userName"]: one["state"]["handOrder"] for one in late.ack["participants"]}
    assert places == {"Ben": 1, "Ada": 2}


async def test_joining_again_on_the_same_socket_tells_nobody(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room)
    again = await second.call("join-session", {"sessionId": room})
    assert [one["socketId"] for one in again["participants"]] == [first.sid]
    await first.settled()
    assert len(first.said("user-joined")) == 1


async def test_a_room_holds_so_many_people_but_any_of_their_devices(hall: Hall) -> None:
    ada, ben, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Eve")]
    room = await hall.session(ada, maxParticipants=2)
    await ada.in_room(room)
    await ada.in_room(room)
    await ben.in_room(room)
    refused = await (await eve.socket()).call("join-session", {"sessionId": room})
    assert refused["error"]["code"] == "full"


async def test_unknown_and_ended_sessions_are_refused(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    socket = await ada.socket()
    unknown = await socket.call("join-session", {"sessionId": "0" * 24})
    assert unknown["error"]["code"] == "not-found"
    room = await hall.session(ada)
    await ada.ask("POST", f"/api/sessions/{room}/complete")
    ended = await socket.call("join-session", {"sessionId": room})
    assert ended["error"]["code"] == "ended"


async def test_a_session_past_its_end_stays_open_to_those_who_join_company(hall: Hall, clock: HandClock) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first = await ada.in_room(room)
    clock.turn(timedelta(hours=2))
    second = await ben.in_room(room)
    for socket in (first, second):
        await socket.call("leave-session", {"sessionId": room})
    late = await second.call("join-session", {"sessionId": room})
    assert late["error"]["code"] == "ended"


async def test_whoever_may_sit_down_in_an_overrunning_call_gets_a_place_in_its_session(
    hall: Hall, clock: HandClock
) -> None:
    """The app asks for the place first; who leaves gives it back, and may want to come back."""
    ada, ben, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Eve")]
    room = await hall.session(ada)
    path = f"/api/sessions/{room}"
    clock.turn(timedelta(hours=2))
    assert (await ben.ask("POST", f"{path}/join")).status == 409
    assert (await ada.ask("POST", f"{path}/join")).status == 200
    await ada.in_room(room)
    for _ in range(2):
        assert (await ben.ask("POST", f"{path}/join")).status == 200
        inside = await ben.in_room(room)
        await inside.call("leave-session", {"sessionId": room})
        await ben.ask("POST", f"{path}/leave")
    await ada.ask("POST", f"{path}/complete")
    assert (await eve.ask("POST", f"{path}/join")).status == 409


async def test_a_restart_of_the_server_does_not_end_a_call_that_overruns(
    settings: ServerSettings, clock: HandClock
) -> None:
    """Its creator and those who joined it come back into the empty room, others not; nor anybody where it was ended."""
    async with running(settings) as hall:
        ada, ben, eve = await hall.register("Ada", "tutor"), await hall.register("Ben"), await hall.register("Eve")
        room, ended = await hall.session(ada), await hall.session(ada)
        assert (await ben.ask("POST", f"/api/sessions/{room}/join")).status == 200
        await ada.ask("POST", f"/api/sessions/{ended}/complete")
        await ada.in_room(room)
        await ben.in_room(room)
        clock.turn(timedelta(hours=2))
    for first, then in ((ada, ben), (ben, ada)):
        async with running(settings) as hall:
            stranger = await hall.socket({"token": eve.token})
            assert (await stranger.call("join-session", {"sessionId": room}))["error"]["code"] == "ended"
            sockets = [await hall.socket({"token": one.token}) for one in (first, then)]
            assert (await sockets[0].call("join-session", {"sessionId": ended}))["error"]["code"] == "ended"
            acks = [await one.call("join-session", {"sessionId": room}) for one in sockets]
            assert [one["userId"] for one in acks[1]["participants"]] == [first.id]
    clock.turn(OVERRUN)
    async with running(settings) as hall:
        late = await hall.socket({"token": ben.token})
        assert (await late.call("join-session", {"sessionId": room}))["error"]["code"] == "ended"


async def test_descriptions_and_candidates_are_relayed_with_our_additions(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room)
    additions = {"streams": {"0": "microphone", "1": "camera"}, "attempt": 3}
    assert await first.call("webrtc-offer", offer(second, **additions, restart=True)) == {"ok": True}
    await second.call("webrtc-answer", {"to": first.sid, "answer": {"type": "answer", "sdp": SDP}, **additions})
    candidate = {"candidate": "candidate:1 1 udp 1 127.0.0.1 9 typ host", "sdpMid": "0", "sdpMLineIndex": 0}
    await first.call("webrtc-ice-candidate", {"to": second.sid, "candidate": candidate, "attempt": 3})
    await first.call("webrtc-ice-candidate", {"to": second.sid, "candidate": None})
    description = {"type": "offer", "sdp": SDP}
    assert await second.hears("webrtc-offer") == {"from": first.sid, "offer": description, **additions, "restart": True}
    description = {"type": "answer", "sdp": SDP}
    assert await first.hears("webrtc-answer") == {"from": second.sid, "answer": description, **additions}
    await second.hears("webrtc-ice-candidate", lambda one: one["candidate"] is None)
    assert second.said("webrtc-ice-candidate") == [
        {"from": first.sid, "candidate": candidate, "attempt": 3},
        {"from": first.sid, "candidate": None},
    ]


@pytest.mark.parametrize(
    ("receiver", "expected"),
    [({}, ["user-left", "user-joined", "webrtc-offer"]), ({"connectionId": "b1"}, ["webrtc-offer"])],
    ids=["the seed's client", "one of ours"],
)
async def test_who_cannot_rebuild_a_connection_is_told_that_the_other_came_back(
    hall: Hall, receiver: dict[str, str], expected: list[str]
) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    second = await ben.in_room(room, **receiver)
    first = await ada.in_room(room, connectionId="a1")
    await second.hears("user-joined")
    second.heard.clear()
    assert await first.call("webrtc-offer", offer(second, restart=True)) == {"ok": True}
    await second.hears("webrtc-offer")
    assert [name for name, _ in second.heard] == expected
    assert {body.get("socketId", body.get("from")) for _, body in second.heard} == {first.sid}


@pytest.mark.parametrize(
    ("state", "enabled"),
    [({"audio": True}, (True, False)), ({"video": True}, (False, True)), ({"screen": True}, (False, True))],
)
async def test_who_is_introduced_again_to_the_seeds_client_is_as_muted_and_hidden_as_before(
    hall: Hall, state: dict[str, bool], enabled: tuple[bool, bool]
) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    seed, first = await ben.in_room(room), await ada.in_room(room, connectionId="a1")
    await first.call("participant-state", {"sessionId": room, **state})
    await first.call("webrtc-offer", offer(seed, restart=True))
    await seed.hears("webrtc-offer")
    names = ["user-left", "user-joined", "user-audio-toggle", "user-video-toggle", "webrtc-offer"]
    assert [name for name, _ in seed.heard[-5:]] == names
    told = [body for _, body in seed.heard[-3:-1]]
    assert told == [{"userId": ada.id, "socketId": first.sid, "enabled": one} for one in enabled]


async def test_wishes_are_relayed_and_null_pauses(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room)
    await first.call("receive-preferences", {"to": second.sid, "camera": {"maxHeight": 180, "maxFps": 15}})
    assert await second.hears("receive-preferences") == {
        "from": first.sid,
        "camera": {"maxHeight": 180, "maxFps": 15},
        "screen": None,
    }


@pytest.mark.parametrize(
    ("event", "body"),
    [
        ("webrtc-offer", {"offer": {"type": "offer", "sdp": SDP}}),
        ("webrtc-answer", {"answer": {"type": "answer", "sdp": SDP}}),
        ("webrtc-ice-candidate", {"candidate": None}),
        ("receive-preferences", {"camera": None}),
    ],
)
async def test_nothing_is_relayed_outside_a_common_room(hall: Hall, event: str, body: dict[str, Any]) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    first = await ada.in_room(await hall.session(ada))
    second = await ben.in_room(await hall.session(ada))
    refused = await first.call(event, {"to": second.sid, **body})
    assert refused["error"]["code"] == "not-found"
    await second.settled()
    assert second.said(event) == []


async def test_a_connection_has_fifty_candidates_and_a_new_attempt_fifty_more(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room)
    said = {"to": second.sid, "candidate": {"candidate": "candidate:1"}, "attempt": 1}
    for _ in range(50):
        assert await first.call("webrtc-ice-candidate", said) == {"ok": True}
    refused = await first.call("webrtc-ice-candidate", said)
    assert refused["error"]["code"] == "too-large"
    assert await first.call("webrtc-ice-candidate", {**said, "candidate": None}) == {"ok": True}
    assert await first.call("webrtc-ice-candidate", {**said, "attempt": 2}) == {"ok": True}
    await second.settled()
    assert len(second.said("webrtc-ice-candidate")) == 52


async def test_oversize_descriptions_are_answered_not_relayed(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room)
    huge = {"to": second.sid, "offer": {"type": "offer", "sdp": "x" * 32_769}}
    assert (await first.call("webrtc-offer", huge))["error"]["code"] == "too-large"
    limit = {"to": second.sid, "offer": {"type": "offer", "sdp": "x" * 32_768}}
    assert await first.call("webrtc-offer", limit) == {"ok": True}
    await second.settled()
    assert len(second.said("webrtc-offer")) == 1


async def test_toggles_and_states_are_told_and_remembered_for_those_who_come_later(hall: Hall) -> None:
    ada, ben, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Eve")]
    room = await hall.session(ada)
    first, second = await ada.in_room(room), await ben.in_room(room)
    await first.call("participant-state", {"sessionId": room, "audio": True, "video": True, "status": "reading"})
    told = await second.hears("participant-state")
    assert told["socketId"] == first.sid
    assert told["status"] == "reading"
    await first.call("toggle-video", {"sessionId": room, "enabled": False})
    assert await second.hears("user-video-toggle") == {"userId": ada.id, "socketId": first.sid, "enabled": False}
    third = await eve.in_room(room)
    state = next(one["state"] for one in third.ack["participants"] if one["socketId"] == first.sid)
    assert (state["audio"], state["video"], state["status"]) == (True, False, "reading")
    assert first.said("participant-state") == []


async def test_one_toggle_of_the_seeds_leaves_its_other_switch_on(hall: Hall) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    first = await ada.in_room(room)
    await first.call("toggle-audio", {"sessionId": room, "enabled": False})
    second = await ben.in_room(room)
    state = second.ack["participants"][0]["state"]
    assert (state["audio"], state["video"]) == (False, True)


@pytest.mark.parametrize("event", ["toggle-audio", "toggle-video", "participant-state", "chat-message"])
async def test_only_who_is_in_the_room_may_speak_to_it(hall: Hall, event: str) -> None:
    ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
    room = await hall.session(ada)
    inside, outside = await ada.in_room(room), await ben.socket()
    refused = await outside.call(event, {"sessionId": room, "enabled": True, "message": "let me in"})
    assert refused["error"]["code"] == "not-in-room"
    await inside.settled()
    assert [name for name, _ in inside.heard] == ["existing-participants"]


@pytest.mark.parametrize("auth", [None, {}, {"token": ""}, {"token": "nonsense"}, {"token": {"$gt": ""}}, ["token"]])
async def test_sockets_without_a_good_token_are_refused(hall: Hall, auth: Any) -> None:
    with pytest.raises(Refused) as refusal:
        await hall.socket(auth)
    assert refusal.value.args


async def test_an_expired_token_is_refused_but_does_not_end_a_call(hall: Hall, clock: HandClock) -> None:
    ada = await hall.register("Ada", "tutor")
    room = await hall.session(ada, endTime="2100-01-01T00:00:00Z")
    inside = await ada.in_room(room)
    clock.turn(timedelta(days=31))
    late = Socket()
    with pytest.raises(Refused):
        await late.connect(hall.url, {"token": ada.token})
    assert late.refusal["data"] == {"code": "unauthorised"}
    said = await inside.call("chat-message", {"sessionId": room, "message": "still in the call"})
    assert said["message"] == "still in the call"


async def test_an_acknowledgement_tells_the_time(hall: Hall, clock: HandClock) -> None:
    ada = await hall.register("Ada", "tutor")
    socket = await ada.in_room(await hall.session(ada))
    assert moment(socket.ack["time"]) == clock.now


async def test_long_polling_works_as_well(hall: Hall) -> None:
    ada = await hall.register("Ada", "tutor")
    room = await hall.session(ada)
    socket = await hall.socket({"token": ada.token}, transport="polling")
    assert (await socket.call("join-session", {"sessionId": room}))["participants"] == []


async def test_the_seeds_client_is_introduced_again_before_the_offer_of_a_rebuilt_connection(hall: Hall) -> None:
    """Ours, which has a connection id, is not: it replaces the connection by itself."""
    ada, ben, eve = [await hall.register(name, "tutor") for name in ("Ada", "Ben", "Eve")]
    room = await hall.session(ada)
    seed, ours = await ben.in_room(room), await eve.in_room(room, connectionId="e1")
    first = await ada.in_room(room, connectionId="a1")
    for peer in (seed, ours):
        await first.call("webrtc-offer", offer(peer))
        await first.call("webrtc-offer", offer(peer, restart=True, attempt=2))
        await peer.settled()
    assert [name for name, _ in ours.heard[-3:]] == ["user-joined", "webrtc-offer", "webrtc-offer"]
    assert [name for name, _ in seed.heard[-4:]] == ["webrtc-offer", "user-left", "user-joined", "webrtc-offer"]
    assert seed.heard[-3][1]["socketId"] == seed.heard[-2][1]["socketId"] == first.sid
