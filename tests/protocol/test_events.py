"""Every event, there and back; and every kind of bad payload, named by its field."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from protocol.errors import BadPayload, ErrorCode
from protocol.events import TO_CLIENT, TO_SERVER, ExistingParticipants, JoinAck, JoinSession, SendChat, decode, encode
from protocol.model import MAX_NAME, MAX_SDP, MAX_TEXT, read

ENTRY = {"socketId": "s1", "userId": "u1", "userName": "Ada", "isTutor": True}
OFFER = {"type": "offer", "sdp": "v=0\r\n"}
ANSWER = {"type": "answer", "sdp": "v=0\r\n"}
CANDIDATE = {"candidate": "candidate:1 1 udp 1 ::1 9 typ host", "sdpMid": "0", "sdpMLineIndex": 0}
STATE = {
    "audio": True,
    "video": False,
    "screen": False,
    "hand": True,
    "speaking": False,
    "status": "reading",
    "bodyDouble": True,
    "reaction": "🎉",
    "reactions": 2,
}
MANY = {str(mid): "camera" for mid in range(17)}
CHAT = {"sessionId": "r1", "message": "hi", "messageType": "text"}
SEED_CHAT = {**CHAT, "id": "1795402016000", "userId": "u1", "userName": "Ada", "timestamp": "2026-03-01T12:00:00.000Z"}

TO_SERVER_SAMPLES: dict[str, list[dict[str, Any]]] = {
    "join-session": [
        {"sessionId": "r1", "userId": "u1", "userName": "Ada"},
        {"sessionId": "r1", "userId": "u1", "userName": "Ada", "isTutor": False, "connectionId": "c1"},
    ],
    "leave-session": [{"sessionId": "r1"}],
    "webrtc-offer": [
        {"offer": OFFER, "to": "s2"},
        {"offer": OFFER, "to": "s2", "streams": {"0": "microphone"}, "restart": True, "attempt": 2},
    ],
    "webrtc-answer": [{"answer": ANSWER, "to": "s2"}, {"answer": ANSWER, "to": "s2", "attempt": 2}],
    "webrtc-ice-candidate": [{"candidate": CANDIDATE, "to": "s2"}, {"candidate": None, "to": "s2"}],
    "chat-message": [CHAT, {**CHAT, "userId": "u1", "userName": "Ada", "clientMessageId": "k"}],
    "toggle-audio": [{"sessionId": "r1", "userId": "u1", "enabled": False}],
    "toggle-video": [{"sessionId": "r1", "userId": "u1", "enabled": True}],
    "participant-state": [{"sessionId": "r1", **STATE}],
    "receive-preferences": [{"to": "s2", "camera": {"maxHeight": 180, "maxFps": 15}, "screen": None}],
}
TO_CLIENT_SAMPLES: dict[str, list[Any]] = {
    "existing-participants": [[], [ENTRY, {**ENTRY, "connectionId": "c1", "verified": False, "state": STATE}]],
    "user-joined": [ENTRY],
    "user-left": [ENTRY, {**ENTRY, "connectionId": "c1", "reason": "disconnected"}],
    "webrtc-offer": [{"offer": OFFER, "from": "s1"}],
    "webrtc-answer": [{"answer": ANSWER, "from": "s1", "streams": {"1": "camera"}}],
    "webrtc-ice-candidate": [{"candidate": CANDIDATE, "from": "s1"}, {"candidate": None, "from": "s1"}],
    "user-audio-toggle": [{"userId": "u1", "socketId": "s1", "enabled": True}],
    "user-video-toggle": [{"userId": "u1", "socketId": "s1", "enabled": False}],
    "participant-state": [{"sessionId": "r1", "socketId": "s1", **STATE}],
    "receive-preferences": [{"from": "s1", "camera": None, "screen": {"maxHeight": 1080, "maxFps": 5}}],
}


def cases(samples: dict[str, list[Any]]) -> list[tuple[str, Any]]:
    return [(name, payload) for name, payloads in samples.items() for payload in payloads]


def test_every_event_has_a_sample() -> None:
    assert set(TO_SERVER_SAMPLES) == set(TO_SERVER)
    assert {*TO_CLIENT_SAMPLES, "chat-message"} == set(TO_CLIENT)


@pytest.mark.parametrize(("name", "payload"), cases(TO_SERVER_SAMPLES))
def test_what_goes_to_the_server_comes_back_as_it_was(name: str, payload: Any) -> None:
    event = decode(TO_SERVER, name, payload)
    assert event is not None
    assert encode(event) == (name, payload)


@pytest.mark.parametrize(("name", "payload"), cases(TO_CLIENT_SAMPLES))
def test_what_goes_to_a_client_comes_back_as_it_was(name: str, payload: Any) -> None:
    event = decode(TO_CLIENT, name, payload)
    assert event is not None
    assert encode(event) == (name, payload)


@pytest.mark.parametrize("identifier", ["1795402016000", 1795402016000])
def test_the_seeds_chat_message_may_have_a_number_for_an_id(identifier: object) -> None:
    event = decode(TO_CLIENT, "chat-message", {**SEED_CHAT, "id": identifier})
    assert event is not None
    name, payload = encode(event)
    assert (name, payload["id"]) == ("chat-message", "1795402016000")
    assert datetime.fromisoformat(payload["timestamp"]) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert "clientMessageId" not in payload


def test_unknown_events_and_keys_are_ignored() -> None:
    assert decode(TO_SERVER, "timer-start", {"minutes": 25}) is None
    event = decode(TO_SERVER, "leave-session", {"sessionId": "r1", "colour": "blue"})
    assert event is not None
    assert encode(event)[1] == {"sessionId": "r1"}


def test_events_are_values() -> None:
    event = decode(TO_SERVER, "leave-session", {"sessionId": "r1"})
    assert event == decode(TO_SERVER, "leave-session", {"sessionId": "r1"})
    with pytest.raises(ValidationError, match="frozen"):
        event.session_id = "r2"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "payload", "field", "code"),
    [
        ("join-session", None, "", ErrorCode.BAD_PAYLOAD),
        ("join-session", [], "", ErrorCode.BAD_PAYLOAD),
        ("join-session", {}, "sessionId", ErrorCode.BAD_PAYLOAD),
        ("join-session", {"sessionId": ""}, "sessionId", ErrorCode.BAD_PAYLOAD),
        ("join-session", {"sessionId": {"$gt": ""}}, "sessionId", ErrorCode.BAD_PAYLOAD),
        ("join-session", {"sessionId": "r" * 129}, "sessionId", ErrorCode.TOO_LARGE),
        ("webrtc-offer", {"to": "s", "offer": {"type": "rollback", "sdp": "x"}}, "offer.type", ErrorCode.BAD_PAYLOAD),
        ("webrtc-offer", {"to": "s", "offer": {"type": "offer", "sdp": ""}}, "offer.sdp", ErrorCode.BAD_PAYLOAD),
        ("webrtc-offer", {"to": "s", "offer": {**OFFER, "sdp": "x" * (MAX_SDP + 1)}}, "offer.sdp", ErrorCode.TOO_LARGE),
        ("webrtc-offer", {"to": "s", "offer": OFFER, "streams": MANY}, "streams", ErrorCode.TOO_LARGE),
        ("webrtc-answer", {"to": "s", "answer": ANSWER, "streams": MANY}, "streams", ErrorCode.TOO_LARGE),
        ("webrtc-ice-candidate", {"to": "s", "candidate": "text"}, "candidate", ErrorCode.BAD_PAYLOAD),
        ("chat-message", {**CHAT, "message": "x" * (MAX_TEXT + 1)}, "message", ErrorCode.TOO_LARGE),
        ("chat-message", {**CHAT, "message": " \n"}, "message", ErrorCode.BAD_PAYLOAD),
        ("chat-message", {**CHAT, "messageType": "shout"}, "messageType", ErrorCode.BAD_PAYLOAD),
        ("toggle-audio", {"sessionId": "r1"}, "enabled", ErrorCode.BAD_PAYLOAD),
    ],
)
def test_a_bad_payload_is_named_by_its_field(name: str, payload: Any, field: str, code: ErrorCode) -> None:
    with pytest.raises(BadPayload) as failure:
        decode(TO_SERVER, name, payload)
    assert (failure.value.event, failure.value.field, failure.value.code) == (name, field, code)
    assert name in str(failure.value)


def test_what_one_says_of_a_stream_cannot_flood_another() -> None:
    """Nor whoever is told what is wrong with it."""
    with pytest.raises(BadPayload) as failure:
        decode(TO_SERVER, "webrtc-offer", {"to": "s", "offer": OFFER, "streams": {"é" * 600_000: "camera"}})
    assert failure.value.code is ErrorCode.TOO_LARGE
    assert len(str(failure.value)) < 500


def test_a_list_is_expected_where_a_list_is_meant() -> None:
    with pytest.raises(BadPayload):
        decode(TO_CLIENT, "existing-participants", {"participants": []})


LONG = "Ada Augusta " * 40
ODD: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"userName": LONG}, {"userName": LONG[:MAX_NAME]}),
    ({"userName": "Ada \ud83d"}, {"userName": "Ada ?"}),
    ({"userName": None}, {"userName": ""}),
    ({"isTutor": None}, {"isTutor": False}),
    ({"userId": None}, {"userId": "s1"}),
    ({"userId": ""}, {"userId": "s1"}),
    ({"userId": 5}, {"userId": "5"}),
]
"""What the contract does not forbid, and how it is taken."""


@pytest.mark.parametrize(("said", "taken"), ODD)
def test_somebody_odd_is_in_the_room_like_everybody(said: dict[str, Any], taken: dict[str, Any]) -> None:
    whole = {**ENTRY, **taken}
    assert told("existing-participants", [{**ENTRY, **said}]) == [whole]
    assert told("user-joined", {**ENTRY, **said}) == whole
    assert told("user-left", {**ENTRY, **said}) == whole
    assert told("user-audio-toggle", {**ENTRY, **said, "enabled": True})["socketId"] == "s1"
    line = told("chat-message", {**SEED_CHAT, **{key: said[key] for key in said if key == "userName"}})
    assert line["userName"] == taken.get("userName", "Ada")


def test_who_has_no_user_id_at_all_is_known_by_the_socket() -> None:
    assert told("existing-participants", [{"socketId": "s1"}, {"socketId": "s2"}]) == [
        {"socketId": "s1", "userId": "s1", "userName": "", "isTutor": False},
        {"socketId": "s2", "userId": "s2", "userName": "", "isTutor": False},
    ]


def test_one_who_cannot_be_read_hides_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    bad = ({"userId": "u2"}, None, "Ada", {**ENTRY, "socketId": 5}, {**ENTRY, "userName": ["Ada"]})
    assert told("existing-participants", [*bad, ENTRY]) == [ENTRY]
    assert sum("cannot be read" in record.message for record in caplog.records) == len(bad)
    ack = read(JoinAck, {"participants": [*bad, ENTRY], "you": "s2", "time": "2026-03-01T12:00:00Z"})
    assert [one.user_name for one in ack.participants] == ["Ada"]


def told(name: str, payload: Any) -> Any:
    """As it comes out of ``decode``, on the wire again."""
    event = decode(TO_CLIENT, name, payload)
    assert event is not None
    return encode(event)[1]


@pytest.mark.parametrize(("said", "taken"), [(LONG, LONG[:MAX_NAME]), ("Ada \ud83d", "Ada ?")])
def test_a_name_is_no_reason_to_stay_out(said: str, taken: str) -> None:
    for event in (
        JoinSession(session_id="r1", user_name=said),
        SendChat(session_id="r1", message="hi", user_name=said),
    ):
        assert encode(event)[1]["userName"] == taken


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("sessionId", "to", "from", "offer", "answer", "candidate", "message", "enabled", "socketId", "userId", "camera")


@settings(deadline=None)
@given(
    table=st.sampled_from([TO_SERVER, TO_CLIENT]),
    payload=JSON | st.dictionaries(st.sampled_from(KEYS), JSON),
    choice=st.integers(min_value=0),
)
def test_garbage_is_decoded_or_refused_and_nothing_else(table: dict[str, Any], payload: Any, choice: int) -> None:
    name = sorted(table)[choice % len(table)]
    try:
        event = decode(table, name, payload)
    except BadPayload as refused:
        assert refused.problem
    else:
        assert isinstance(event, BaseModel)
        encoded = encode(event)[1]
        assert isinstance(encoded, list if isinstance(event, ExistingParticipants) else dict)


def test_the_acknowledgement_of_a_join() -> None:
    body = {"participants": [ENTRY], "you": "s2", "iceServers": [], "time": "2026-03-01T12:00:00Z"}
    assert read(JoinAck, body).to_wire() == body
