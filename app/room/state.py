"""What a room is at one moment: frozen values, and one pure step per thing that happens.

Nothing here knows Qt, a socket or a codec. Connections, tracks and frames never enter the state. Participants are
keyed by their connection id, since one person may sit at two machines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.errors import DeviceProblem
from protocol.rest import Profile, Session


class Link(StrEnum):
    """The way to the server."""

    JOINING = "joining"
    ONLINE = "online"
    RECONNECTING = "reconnecting"
    LEFT = "left"
    REFUSED = "refused"
    """The room would not have us (full, ended, signed out …): ``RoomState.refusal`` says why."""


class Phase(StrEnum):
    """The connection to one participant: the seed's state machine."""

    NEW = "new"
    OFFER_SENT = "offer-sent"
    ANSWER_SENT = "answer-sent"
    CANDIDATES = "candidates"
    """Both descriptions are applied; a path is being looked for."""
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    """It worked and stopped; ``Participant.attempt`` counts the rebuilt connections."""
    FAILED = "failed"
    """It never worked, and no further try will be made by itself."""
    CLOSED = "closed"


class Quality(StrEnum):
    """How well somebody's sound and picture arrive."""

    UNKNOWN = "unknown"
    """Nothing is sent, or not for long enough."""
    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"


class Delivery(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class MessageKind(StrEnum):
    TEXT = "text"
    EMOJI = "emoji"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Switch:
    """What was asked for, what is, and why the two differ."""

    desired: bool = False
    actual: bool = False
    problem: DeviceProblem | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """The devices that were chosen, as they are remembered: source specs, and a speaker's id."""

    camera: str = ""
    microphone: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody else in the room, as shown."""

    id: str
    """Stable for that person's stay, through socket reconnects: the connection id where the server has one, else the
    sid."""
    sid: str
    """Socket.IO id: where signaling for them goes just now."""
    user_id: str
    name: str
    is_tutor: bool = False
    verified: bool = True
    """False where the server admitted them without a token."""
    audio: bool | None = None
    """Microphone on; None while they have not said."""
    video: bool | None = None
    screen: bool = False
    hand: bool = False
    hand_order: int | None = None
    """The server's: a smaller one went up before."""
    reaction: str = ""
    """The emoji they last reacted with; checked by nobody yet."""
    reactions: int = 0
    """Rises with each reaction."""
    status: str = ""
    body_double: bool = False
    """They show a still now and then."""
    speaking: bool = False
    phase: Phase = Phase.NEW
    attempt: int = 0
    quality: Quality = Quality.UNKNOWN
    has_picture: bool = False
    """A frame of theirs arrived within the last two seconds."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of chat."""

    key: str
    """Unique in this app: the client message id where there is one."""
    user_id: str
    user_name: str
    text: str
    kind: MessageKind
    at: datetime
    """Aware, UTC."""
    mine: bool = False
    verified: bool = True
    """False where nothing proves that it is theirs."""
    delivery: Delivery = Delivery.SENT
    id: str | None = None
    """The server's id, once stored. Not unique on the seed's server."""


@dataclass(frozen=True, slots=True)
class Me:
    user_id: str
    name: str
    is_tutor: bool = False
    sid: str = ""
    connection_id: str = ""

    @classmethod
    def of(cls, profile: Profile) -> Me:
        return cls(user_id=profile.id, name=profile.name, is_tutor=profile.role == "tutor")


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """The session this room belongs to, as far as it is known."""

    id: str
    title: str = ""
    subject: str = ""
    max_participants: int | None = None
    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def of(cls, session: Session) -> SessionInfo:
        return cls(
            id=session.id,
            title=session.title,
            subject=session.subject,
            max_participants=session.max_participants,
            start=session.start_time,
            end=session.end_time,
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the room would not have us: ``protocol.errors.ErrorCode`` and the server's words."""

    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that happened and is worth a toast. ``number`` rises by one each, so that none is shown twice."""

    number: int
    kind: str
    """"joined", "left", "also-here" (the same account on another device), "device", "message-failed", "blocked",
    "hand", "reaction" (``detail`` is the emoji), "screen-taken" (``name`` shares now, so we stopped); of the
    ``name`` "camera", "microphone" or "speaker", with what ``detail`` is called now: "device-replaced" (``gone`` went),
    "device-back", "device-followed" (the system has another default) and "device-found" (there was none);
    "talking-muted": we speak, and nobody hears it; and "strained": this computer does not keep up, so less is sent of
    our camera."""
    name: str = ""
    detail: str = ""
    gone: str = ""


ME = ""
"""Stands for us among the ids of participants."""


@dataclass(frozen=True, slots=True)
class RoomState:
    """Everything that the room's window shows, but the pictures."""

    me: Me
    session: SessionInfo
    link: Link = Link.JOINING
    link_attempt: int = 0
    link_lost_at: float | None = None
    """Monotonic seconds at which the server was lost, for "after 60 s: Try again / Leave"."""
    refusal: Refusal | None = None
    participants: tuple[Participant, ...] = ()
    """In order of arrival."""
    messages: tuple[Message, ...] = ()
    """Oldest first."""
    has_earlier_messages: bool = False
    history_loaded: bool = False
    history_problem: str = ""
    microphone: Switch = field(default_factory=Switch)
    camera: Switch = field(default_factory=Switch)
    sharing: Switch = field(default_factory=Switch)
    """Our screen."""
    sources: Sources = field(default_factory=Sources)
    speaking: bool = False
    body_double: bool = False
    """We show a still now and then."""
    deafened: bool = False
    """We hear nobody."""
    microphone_dead: bool = False
    """It is on, and nothing but digital silence comes from it."""
    hands: tuple[str, ...] = ()
    """Whose hands are up, the first one first; ``ME`` is us."""
    reaction: str = ""
    reactions: int = 0
    """As a participant's: what we last reacted with, and how often we did."""
    notices: tuple[Notice, ...] = ()
    """The last few only."""

    @property
    def hand(self) -> bool:
        """Ours is up."""
        return ME in self.hands

    def place_of_hand(self, who: str) -> int:
        """Of a participant or ``ME`` among the raised hands, from 1 on; 0 while it is down."""
        return self.hands.index(who) + 1 if who in self.hands else 0

    def participant(self, participant_id: str) -> Participant | None:
        return next((one for one in self.participants if one.id == participant_id), None)
