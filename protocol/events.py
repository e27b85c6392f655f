"""One frozen model per Socket.IO event; kebab-case names and camelCase keys exist on the wire only.

``decode(name, payload)`` and ``encode(event)`` are the only way in and out. Two events bear the same name in both
directions with other keys (``webrtc-offer`` goes to the server with ``to`` and comes from it with ``from``): hence
the two tables.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError, model_validator

from protocol.errors import BadPayload
from protocol.model import MAX_CANDIDATE, MAX_ID, MAX_NAME, MAX_SDP, MAX_TEXT, Wire, bad_payload, read

log = logging.getLogger(__name__)

Id = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID)]
MessageType = Literal["text", "emoji", "system"]
StreamKind = Literal["camera", "screen", "microphone"]
Mid = Annotated[str, StringConstraints(max_length=64)]
Streams = Annotated[dict[Mid, StreamKind], Field(max_length=16)]
"""What is sent in which media section of a description: there are three kinds. Bounded, since a server passes it on,
and a client ends a socket on which too much comes at once."""


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


WireId = Annotated[str, BeforeValidator(_as_text), StringConstraints(min_length=1, max_length=MAX_ID)]
"""An id as a server says it: the seed's chat ids are the time in milliseconds, sometimes as a number."""


def _whole(value: object) -> object:
    """A browser that cut an emoji in two sends half of it, which is no text."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value


def _fit(value: object) -> object:
    if value is None:
        return ""
    return _whole(value[:MAX_NAME]) if isinstance(value, str) else value


Name = Annotated[str, BeforeValidator(_fit)]
"""A name as another end says it: the contract sets no limit, so one longer than ``MAX_NAME`` is cut, not refused."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_not_blank)]


class Event(Wire):
    """Something that is said over the socket; ``name`` is its name there."""

    name: ClassVar[str]


# ---- parts -----------------------------------------------------------------------------------------------------------


class SessionDescription(Wire):
    type: Literal["offer", "answer"]
    sdp: Annotated[str, StringConstraints(min_length=1, max_length=MAX_SDP)]


class IceCandidate(Wire):
    """The browser's ``RTCIceCandidateInit``; an empty ``candidate`` is the end of candidates."""

    candidate: Annotated[str, StringConstraints(max_length=MAX_CANDIDATE)] = ""
    sdp_mid: Mid | None = None
    sdp_m_line_index: Annotated[int, Field(ge=0, le=64)] | None = Field(default=None, alias="sdpMLineIndex")
    username_fragment: Annotated[str, StringConstraints(max_length=256)] | None = None


class ParticipantStateBody(Wire):
    """The whole of what a participant shows about itself; the last one wins."""

    audio: bool = False
    video: bool = False
    screen: bool = False
    hand: bool = False
    hand_order: Annotated[int, Field(ge=0)] | None = None
    """The server's: whose hand went up first has the smallest. What a client says of it does not count."""
    reaction: Annotated[str, StringConstraints(max_length=32)] = ""
    """The emoji last reacted with, and in ``reactions`` the how-manieth it is: a number that was not seen yet is a new
    reaction, whatever arrived late or twice."""
    reactions: Annotated[int, Field(ge=0)] = 0
    speaking: bool = False
    body_double: bool = False
    """The camera is a still every ten seconds at most."""
    status: Annotated[str, StringConstraints(max_length=200)] = ""


class Somebody(Wire):
    """Whom a server speaks of. The seed's passes on what a client says of itself: what is null counts as missing, and
    who says no user id is known by the socket."""

    socket_id: Id
    user_id: WireId

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, payload: object) -> object:
        if not isinstance(payload, Mapping):
            return payload
        said = {key: value for key, value in cast("Mapping[str, object]", payload).items() if value is not None}
        if not (said.get("userId") or said.get("user_id")):
            said["userId"] = said.get("socketId") or said.get("socket_id")
        return said


class ParticipantEntry(Somebody):
    """Somebody in the room. ``connection_id`` stays the same through socket reconnects; the seed has none."""

    user_name: Name = ""
    is_tutor: bool = False
    connection_id: Id | None = None
    verified: bool | None = None
    state: ParticipantStateBody | None = None
    """What they last showed about themselves, so that a late joiner knows it at once."""


def _readable(entries: object) -> object:
    """One who cannot be read is left out, so that the others can be met."""
    if not isinstance(entries, list):
        return entries
    readable: list[ParticipantEntry] = []
    for entry in cast("list[object]", entries):
        try:
            readable.append(ParticipantEntry.model_validate(entry))
        except ValidationError as error:
            log.warning("somebody in the room cannot be read: %s", bad_payload("participants", error))
    return readable


Participants = Annotated[list[ParticipantEntry], BeforeValidator(_readable)]


class IceServer(Wire):
    urls: list[str]
    username: str | None = None
    credential: str | None = None


class Receiving(Wire):
    """The most that is wanted of one stream."""

    max_height: Annotated[int, Field(ge=0, le=4320)]
    max_fps: Annotated[int, Field(ge=0, le=120)]


# ---- client → server -------------------------------------------------------------------------------------------------


class JoinSession(Event):
    name = "join-session"
    session_id: Id
    user_id: Id | None = None
    user_name: Name | None = None
    is_tutor: bool | None = None
    connection_id: Id | None = None
    """A UUID that the client keeps while it is in the room, so that a new socket is recognised as the same stay."""


class LeaveSession(Event):
    name = "leave-session"
    session_id: Id


class SendOffer(Event):
    name = "webrtc-offer"
    offer: SessionDescription
    to: Id
    streams: Streams | None = None
    restart: bool | None = None
    attempt: int | None = None


class SendAnswer(Event):
    name = "webrtc-answer"
    answer: SessionDescription
    to: Id
    streams: Streams | None = None
    attempt: int | None = None


class SendCandidate(Event):
    name = "webrtc-ice-candidate"
    candidate: IceCandidate | None = None
    to: Id
    attempt: int | None = None


class SendChat(Event):
    name = "chat-message"
    session_id: Id
    message: Text
    user_id: Id | None = None
    user_name: Name | None = None
    message_type: MessageType = "text"
    client_message_id: Id | None = None


class ToggleAudio(Event):
    name = "toggle-audio"
    session_id: Id
    user_id: Id | None = None
    enabled: bool


class ToggleVideo(Event):
    name = "toggle-video"
    session_id: Id
    user_id: Id | None = None
    enabled: bool


class SendState(Event, ParticipantStateBody):
    name = "participant-state"
    session_id: Id


class SendPreferences(Event):
    name = "receive-preferences"
    to: Id
    camera: Receiving | None = None
    screen: Receiving | None = None


# ---- server → client -------------------------------------------------------------------------------------------------


class ExistingParticipants(Event):
    """A bare list on the wire."""

    name = "existing-participants"
    participants: Participants


class UserJoined(Event, ParticipantEntry):
    name = "user-joined"


class UserLeft(Event, Somebody):
    name = "user-left"
    user_name: Name = ""
    is_tutor: bool = False
    connection_id: Id | None = None
    reason: Literal["left", "disconnected"] | None = None
    """"disconnected": the socket went without a word, so they may be back, and their media may still flow.

    The seed says nothing.
    """


class Offer(Event):
    name = "webrtc-offer"
    offer: SessionDescription
    sender: Id = Field(validation_alias="from", serialization_alias="from")
    streams: Streams | None = None
    restart: bool | None = None
    attempt: int | None = None


class Answer(Event):
    name = "webrtc-answer"
    answer: SessionDescription
    sender: Id = Field(validation_alias="from", serialization_alias="from")
    streams: Streams | None = None
    attempt: int | None = None


class Candidate(Event):
    name = "webrtc-ice-candidate"
    candidate: IceCandidate | None = None
    sender: Id = Field(validation_alias="from", serialization_alias="from")
    attempt: int | None = None


class ChatMessage(Event):
    name = "chat-message"
    id: WireId
    session_id: WireId
    user_id: WireId
    user_name: Name = ""
    message: Annotated[str, BeforeValidator(_whole)]
    message_type: MessageType = "text"
    timestamp: datetime
    client_message_id: Id | None = None
    verified: bool | None = None
    """False where nothing proves who says it, as on a socket without a token; absent where it is proven (and by the
    seed's server)."""


class UserAudioToggle(Event, Somebody):
    name = "user-audio-toggle"
    enabled: bool


class UserVideoToggle(Event, Somebody):
    name = "user-video-toggle"
    enabled: bool


class ParticipantState(Event, ParticipantStateBody):
    name = "participant-state"
    socket_id: Id
    session_id: Id | None = None


class Preferences(Event):
    name = "receive-preferences"
    sender: Id = Field(validation_alias="from", serialization_alias="from")
    camera: Receiving | None = None
    screen: Receiving | None = None


# ---- acknowledgements ------------------------------------------------------------------------------------------------


class ErrorBody(Wire):
    code: str
    message: str = ""


class ErrorAck(Wire):
    error: ErrorBody


class JoinAck(Wire):
    participants: Participants
    you: Id
    ice_servers: list[IceServer] = Field(default_factory=list[IceServer])
    time: datetime


TO_SERVER: dict[str, type[Event]] = {
    model.name: model
    for model in (
        JoinSession,
        LeaveSession,
        SendOffer,
        SendAnswer,
        SendCandidate,
        SendChat,
        ToggleAudio,
        ToggleVideo,
        SendState,
        SendPreferences,
    )
}
TO_CLIENT: dict[str, type[Event]] = {
    model.name: model
    for model in (
        ExistingParticipants,
        UserJoined,
        UserLeft,
        Offer,
        Answer,
        Candidate,
        ChatMessage,
        UserAudioToggle,
        UserVideoToggle,
        ParticipantState,
        Preferences,
    )
}


def decode(table: dict[str, type[Event]], name: str, payload: object) -> Event | None:
    """The event that ``name`` and ``payload`` say, or None where the name is not ours (unknown events are ignored).

    ``table`` is ``TO_SERVER`` or ``TO_CLIENT``.

    Raises:
        BadPayload: the payload is missing, or a key is missing, wrong or too long.
    """
    model = table.get(name)
    if model is None:
        return None
    if model is ExistingParticipants:
        if not isinstance(payload, list):
            raise BadPayload(name, "", "expected a list")
        payload = {"participants": payload}
    return read(model, payload, name)


def encode(event: Event) -> tuple[str, Any]:
    """The name and the JSON-ready payload of ``event``.

    ``candidate: null`` (end of candidates) is said outright, since the key is the message.
    """
    body: dict[str, Any] = event.to_wire()
    if isinstance(event, ExistingParticipants):
        return event.name, body["participants"]
    if isinstance(event, SendCandidate | Candidate):
        body.setdefault("candidate", None)
    if isinstance(event, SendPreferences | Preferences):
        body.setdefault("camera", None)
        body.setdefault("screen", None)
    return event.name, body
