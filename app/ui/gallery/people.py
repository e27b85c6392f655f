"""Who is in the pictures, what they say, and which sessions they offer. Nobody here exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.room.state import (
    Delivery,
    Link,
    Me,
    Message,
    MessageKind,
    Participant,
    Phase,
    RoomState,
    SessionInfo,
    Switch,
)
from app.study.days import merged
from app.study.stays import Mate, Outcome, Owner, Stay
from app.study.study import StudyPhase, StudyState
from protocol.rest import Profile, Session

SERVER = "https://study.example.org"
LENA = Me("u-lena", "Lena Hoffmann", connection_id="c-lena")
TUTOR = Profile.model_validate({"_id": "u-lena", "name": "Lena Hoffmann", "email": "lena@example.org", "role": "tutor"})
STUDENT = TUTOR.model_copy(update={"role": "student"})
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Montgomery, Maximiliana Theodora"
NAMES = ("Priya Nair", "Mateo García", "Yuki Tanaka", "Omar Said", "Ana Kovač", "Liam Byrne", "Zoë Dubois", "Noor Aziz")


def somebody(name: str, **known: object) -> Participant:
    """Connected, with everything on."""
    key = name.split()[0].lower()
    base = Participant(
        id=f"c-{key}",
        sid=f"sid-{key}",
        user_id=f"u-{key}",
        name=name,
        audio=True,
        video=True,
        phase=Phase.CONNECTED,
        has_picture=True,
    )
    return replace(base, **known)  # pyright: ignore[reportArgumentType]


def crowd(count: int) -> tuple[Participant, ...]:
    """``count`` others, each in a state of their own."""
    states: tuple[dict[str, object], ...] = (
        {"speaking": True, "is_tutor": True},
        {"audio": False},
        {"video": False, "has_picture": False},
        {"phase": Phase.RECONNECTING, "attempt": 2},
        {"verified": False, "audio": None},
        {"video": False, "audio": False, "has_picture": False},
        {"phase": Phase.CANDIDATES, "has_picture": False},
        {"phase": Phase.FAILED, "has_picture": False},
    )
    return tuple(somebody(name, **state) for name, state in list(zip(NAMES, states, strict=True))[:count])


def calm(count: int) -> tuple[Participant, ...]:
    """``count`` others with their cameras on."""
    return tuple(somebody(name) for name in NAMES[:count])


def message(text: str, minutes_ago: float, sender: str = "Priya Nair", **known: object) -> Message:
    mine = sender == LENA.name
    base = Message(
        key=f"{sender} {minutes_ago}",
        user_id=f"u-{sender.split()[0].lower()}",
        user_name=sender,
        text=text,
        kind=MessageKind.TEXT,
        at=datetime.now(UTC) - timedelta(minutes=minutes_ago),
        mine=mine,
    )
    return replace(base, **known)  # pyright: ignore[reportArgumentType]


def talk() -> tuple[Message, ...]:
    """A conversation with every kind of bubble."""
    return (
        message("Morning! Chapter 4 today?", 24),
        message("Yes. I am stuck at 4.3, the part with the eigenvectors.", 23, LENA.name),
        message("Page 112 helps: https://example.org/linear-algebra/chapter-4", 22, "Mateo García"),
        message("And the video of week 6", 21.9, "Mateo García"),
        message("👏", 20, "Yuki Tanaka", kind=MessageKind.EMOJI),
        message("Got it, thank you", 2, LENA.name),
        message("One more question", 1, LENA.name, delivery=Delivery.PENDING),
        message("Can we do 4.4 together?", 0.5, LENA.name, delivery=Delivery.FAILED),
    )


def long_talk(count: int = 240) -> tuple[Message, ...]:
    """So much that nobody sees all of it: runs of messages by everybody in turn."""
    said = (
        "Done with 4.1.",
        "Same here, on to the proofs.",
        "Does anybody have the sheet of week 6?",
        "Yes, one moment.",
    )
    who = ("Priya Nair", LENA.name, "Mateo García", "Yuki Tanaka")
    return tuple(
        message(said[index % len(said)], 2.0 * (count - index), who[index // 3 % len(who)]) for index in range(count)
    )


def room_state(others: tuple[Participant, ...], **parts: object) -> RoomState:
    """A room that is joined, with camera and microphone on."""
    base = RoomState(
        me=LENA,
        session=SessionInfo("s1", "Linear algebra: eigenvalues", "Maths", 10),
        link=Link.ONLINE,
        participants=others,
        messages=talk(),
        history_loaded=True,
        microphone=Switch(True, True),
        camera=Switch(True, True),
    )
    return replace(base, **parts)  # pyright: ignore[reportArgumentType]


def session(
    key: str, title: str, *, begins: float, ends: float, people: int = 3, places: int = 8, **known: object
) -> Session:
    """A session that begins and ends so many minutes from now."""
    now = datetime.now(UTC)
    described: dict[str, object] = {
        "_id": key,
        "title": title,
        "subject": "Maths",
        "startTime": now + timedelta(minutes=begins),
        "endTime": now + timedelta(minutes=ends),
        "status": "scheduled",
        "maxParticipants": places,
        "createdBy": {"_id": "u-priya", "name": "Priya Nair"},
        "participants": [{"_id": f"p{number}", "name": NAMES[number % len(NAMES)]} for number in range(people)],
    }
    return Session.model_validate(described | known)


def many_sessions() -> tuple[Session, ...]:
    """One of each kind of card."""
    return (
        session(
            "live",
            "Linear algebra: eigenvalues",
            begins=-40,
            ends=50,
            people=5,
            description="Bring problem set 4. We go through the exercises that nobody could solve, then the old exam.",
        ),
        session("full", "Organic chemistry, reactions", begins=-10, ends=80, people=8, subject="Chemistry"),
        session("soon", "Essay sprint", begins=12, ends=72, people=2, subject="Writing"),
        session("later", "Thermodynamics problem set", begins=200, ends=290, people=0, subject="Physics"),
        session(
            "mine",
            "Office hour",
            begins=26 * 60,
            ends=27 * 60,
            people=1,
            subject="Maths",
            createdBy={"_id": "u-lena", "name": "Lena Hoffmann"},
        ),
        session("over", "Morning focus", begins=-300, ends=-200, people=4, subject=""),
    )


def long_sessions() -> tuple[Session, ...]:
    """Titles and names that do not fit anywhere."""
    title = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen and everything that has ever been said about it"
    host = {"_id": "u-max", "name": LONG_NAME}
    return tuple(
        session(
            f"long{number}",
            title,
            begins=-5 + 60 * number,
            ends=90 + 60 * number,
            subject=LONG_NAME,
            createdBy=host,
            description=f"{title}. " * 3,
        )
        for number in range(4)
    )


def studied() -> StudyState:
    """Half a year of stays, on most days."""
    now = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    mates = (Mate("u-priya", "Priya Nair", 2400), Mate("u-mateo", "Mateo García", 1200))
    stays = tuple(
        Stay(
            key=f"stay{day}",
            session_id="live",
            title="Linear algebra: eigenvalues",
            began=now - timedelta(days=day, minutes=20 + day * 37 % 140),
            ended=now - timedelta(days=day),
            goal="Chapter 4, problems 1 to 6",
            outcome=Outcome.DONE if day % 3 else Outcome.PARTLY,
            mates=mates,
            is_counted=True,
        )
        for day in range(180, -1, -1)
        if day < 5 or day % 4
    )
    return StudyState(StudyPhase.READY, Owner(SERVER, "u-lena"), stays, days=merged((), stays))
