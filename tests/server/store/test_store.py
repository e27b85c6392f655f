"""One contract for every store: SQLite, and MongoDB through a stand-in or, where ``MONGODB_URL`` is set, a real one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from bson import ObjectId
from pymongo import AsyncMongoClient

from protocol.rest import DEFAULT_PLACES
from server.store.choose import store_for
from server.store.interface import EmailTaken, Joining, Message, PersonRef, Store, StoredSession, StudyDay, User
from tests.server.processes import address, process, python

NOW = datetime(2026, 3, 1, 12, 0, 0, 123_000, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
_ids = count(1)

KINDS = ["sqlite", "mongo-standin", *(["mongo"] if "MONGODB_URL" in os.environ else [])]


@pytest.fixture(scope="module")
def stand_in() -> Generator[str]:
    with ExitStack() as stack:
        yield address(stack.enter_context(process(python("-m", "tests.server.store.standin"))))


@pytest.fixture(params=KINDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Store]:
    """An open, empty store of each kind."""
    url = None
    if request.param == "mongo":
        url = f"{os.environ['MONGODB_URL'].rstrip('/')}/deskmates-{uuid4().hex}"
    elif request.param == "mongo-standin":
        url = f"{request.getfixturevalue('stand_in')}/deskmates-{uuid4().hex}"
    opened = store_for(url, tmp_path)
    await opened.open()
    yield opened
    await opened.close()
    if url is not None:
        async with AsyncMongoClient[dict[str, object]](url) as client:
            await client.drop_database(client.get_default_database().name)


def new_id() -> str:
    return f"{next(_ids):024x}"


def a_user(email: str = "", name: str = "Ada") -> User:
    identifier = new_id()
    return User(identifier, name, email or f"{identifier}@example.org", "student", "$argon2id$…", NOW, NOW)


def a_session(creator: User, start: datetime = NOW, places: int = 2) -> StoredSession:
    return StoredSession(
        id=new_id(),
        title="Algebra",
        subject="Mathematics",
        description="Groups & rings ✓",
        start_time=start,
        end_time=start + timedelta(hours=1),
        status="scheduled",
        max_participants=places,
        created_by=PersonRef(creator.id, creator.name),
        participants=(),
        created_at=NOW,
        updated_at=NOW,
    )


def a_message(session_id: str, text: str = "hello", key: str | None = None, user_id: str = "a" * 24) -> Message:
    return Message(new_id(), session_id, user_id, "Ada", text, "text", NOW, NOW, key)


async def test_users_are_found_by_id_and_by_email(store: Store) -> None:
    user = a_user("ada@example.org")
    await store.add_user(user)
    assert await store.user(user.id) == user
    assert await store.user_by_email("ada@example.org") == user
    assert await store.user(new_id()) is None
    assert await store.user("no id at all") is None
    assert await store.user_by_email("ben@example.org") is None


async def test_an_email_belongs_to_one_user(store: Store) -> None:
    await store.add_user(a_user("ada@example.org"))
    ben = a_user("ben@example.org")
    await store.add_user(ben)
    with pytest.raises(EmailTaken):
        await store.add_user(a_user("ada@example.org"))
    with pytest.raises(EmailTaken):
        await store.change_user(ben.id, {"email": "ada@example.org"}, LATER)
    assert await store.user(ben.id) == ben


async def test_users_can_be_changed(store: Store) -> None:
    user = a_user()
    await store.add_user(user)
    changed = replace(user, name="Grace", password_hash="new", updated_at=LATER)
    assert await store.change_user(user.id, {"name": "Grace", "password_hash": "new"}, LATER) == changed
    assert await store.user(user.id) == changed
    assert await store.change_user(new_id(), {"name": "Nobody"}, LATER) is None


async def test_sessions_come_newest_start_first_with_present_names(store: Store) -> None:
    ada, ben = a_user(), a_user(name="Ben")
    for user in (ada, ben):
        await store.add_user(user)
    old, new = a_session(ada), a_session(ada, NOW + timedelta(days=1))
    for session in (old, new):
        await store.add_session(session)
    assert await store.sessions() == [new, old]
    await store.join_session(old.id, ben.id, LATER)
    await store.change_user(ben.id, {"name": "Benjamin"}, LATER)
    found = await store.session(old.id)
    assert found == replace(old, participants=(PersonRef(ben.id, "Benjamin"),), updated_at=LATER)
    assert await store.session(new_id()) is None
    assert await store.session("a-room-of-the-web-client") is None


async def test_sessions_can_be_changed_and_deleted_with_what_was_said(store: Store) -> None:
    ada = a_user()
    await store.add_user(ada)
    session = a_session(ada)
    await store.add_session(session)
    end = NOW + timedelta(hours=9)
    await store.change_session(session.id, {"status": "cancelled", "end_time": end}, LATER)
    assert await store.session(session.id) == replace(session, status="cancelled", end_time=end, updated_at=LATER)
    await store.keep_message(a_message(session.id))
    await store.delete_session(session.id)
    assert await store.session(session.id) is None
    assert list(await store.messages(session.id, 10)) == []


async def test_joining_has_four_ends(store: Store) -> None:
    ada, ben, eve = [a_user(name=name) for name in ("Ada", "Ben", "Eve")]
    for user in (ada, ben, eve):
        await store.add_user(user)
    session = a_session(ada, places=2)
    await store.add_session(session)
    assert await store.join_session(session.id, ada.id, LATER) is Joining.JOINED
    assert await store.join_session(session.id, ada.id, LATER) is Joining.ALREADY_IN
    assert await store.join_session(session.id, ben.id, LATER) is Joining.JOINED
    assert await store.join_session(session.id, eve.id, LATER) is Joining.FULL
    assert await store.join_session(session.id, ben.id, LATER) is Joining.ALREADY_IN
    assert await store.join_session(new_id(), ben.id, LATER) is Joining.NO_SESSION
    await store.leave_session(session.id, ada.id, LATER)
    await store.leave_session(session.id, ada.id, LATER)
    assert await store.join_session(session.id, eve.id, LATER) is Joining.JOINED
    found = await store.session(session.id)
    assert found is not None
    assert [one.id for one in found.participants] == [ben.id, eve.id]


async def test_many_who_join_at_once_never_overfill_a_session(store: Store) -> None:
    people = [a_user() for _ in range(8)]
    for user in people:
        await store.add_user(user)
    session = a_session(people[0], places=3)
    await store.add_session(session)
    ends = await asyncio.gather(*(store.join_session(session.id, user.id, LATER) for user in people))
    assert ends.count(Joining.JOINED) == 3
    assert ends.count(Joining.FULL) == 5
    found = await store.session(session.id)
    assert found is not None
    assert len({one.id for one in found.participants}) == len(found.participants) == 3


async def test_messages_are_paged_by_cursor(store: Store) -> None:
    room = new_id()
    said = [a_message(room, f"message {number}") for number in range(10)]
    for message in said:
        await store.keep_message(message)
    await store.keep_message(a_message(new_id(), "elsewhere"))
    assert await store.messages(room, 100) == said
    assert await store.messages(room, 3) == said[7:]
    assert await store.messages(room, 3, before=said[7].id) == said[4:7]
    assert await store.messages(room, 3, after=said[1].id) == said[2:5]
    assert await store.messages(room, 9, after=said[1].id, before=said[4].id) == said[2:4]
    assert list(await store.messages(room, 3, after=said[9].id)) == []
    assert list(await store.messages(room, 3, before=said[0].id)) == []


async def test_messages_come_back_as_they_were(store: Store) -> None:
    room = "a-room-of-the-web-client"
    message = replace(a_message(room, "<b>naïve</b> 🎓\n\u202e", key=str(uuid4())), message_type="emoji")
    await store.keep_message(message)
    assert await store.messages(room, 1) == [message]
    assert await store.newest_message_id() == message.id


async def test_a_message_with_a_key_is_kept_once_per_user(store: Store) -> None:
    room, key = new_id(), str(uuid4())
    first = a_message(room, key=key)
    kept = await store.keep_message(first)
    assert (kept.message, kept.is_new) == (first, True)
    again = await store.keep_message(a_message(room, "said differently", key=key))
    assert (again.message, again.is_new) == (first, False)
    somebody_else = a_message(room, key=key, user_id="b" * 24)
    assert (await store.keep_message(somebody_else)).is_new
    assert await store.messages(room, 10) == [first, somebody_else]


async def test_the_same_key_at_the_same_time_is_kept_once(store: Store) -> None:
    room = new_id()
    kept = await asyncio.gather(*(store.keep_message(a_message(room, key="k")) for _ in range(10)))
    assert [one.is_new for one in kept].count(True) == 1
    assert len({one.message.id for one in kept}) == 1


async def test_messages_without_a_key_are_all_kept(store: Store) -> None:
    room = new_id()
    for _ in range(2):
        assert (await store.keep_message(a_message(room, "ok"))).is_new
    assert len(await store.messages(room, 10)) == 2


async def test_an_empty_store_has_no_newest_message(store: Store) -> None:
    assert await store.newest_message_id() is None


async def test_study_days_are_counted(store: Store) -> None:
    user, other = new_id(), new_id()
    today, yesterday = date(2026, 3, 1), date(2026, 2, 28)
    assert await store.count_study(user, today) == StudyDay(user, today, 1)
    assert await store.count_study(user, today) == StudyDay(user, today, 2)
    await store.count_study(user, yesterday)
    await store.count_study(other, today)
    assert await store.study_days(user) == [StudyDay(user, yesterday, 1), StudyDay(user, today, 2)]


@pytest.mark.parametrize("store", [kind for kind in KINDS if kind != "sqlite"], indirect=True)
async def test_what_the_seeds_server_wrote_can_be_read(store: Store, seed_documents: dict[str, str]) -> None:
    """Documents of Mongoose: ``__v``, no ``clientMessageId``, messages whose references are ObjectIds or texts."""
    seed = seed_documents
    session = await store.session(seed["session"])
    assert session is not None
    assert session.created_by == PersonRef(seed["user"], "Seed")
    assert [one.id for one in session.participants] == [seed["user"]]
    assert [one.message for one in await store.messages(seed["session"], 10)] == ["by reference", "by text"]
    assert await store.study_days(seed["user"]) == [StudyDay(seed["user"], date(2026, 3, 1), 4)]


@pytest.mark.parametrize("store", [kind for kind in KINDS if kind != "sqlite"], indirect=True)
async def test_a_day_that_the_seeds_server_counted_is_counted_on(store: Store, seed_documents: dict[str, str]) -> None:
    """It writes a day as a moment."""
    user, day, later = seed_documents["user"], date(2026, 3, 1), date(2026, 3, 2)
    await store.count_study(user, later)
    assert await store.study_days(user) == [StudyDay(user, day, 4), StudyDay(user, later, 1)]
    assert await store.count_study(user, day) == StudyDay(user, day, 5)
    assert await store.study_days(user) == [StudyDay(user, day, 5), StudyDay(user, later, 1)]


@pytest.mark.parametrize("store", [kind for kind in KINDS if kind != "sqlite"], indirect=True)
async def test_a_session_that_says_no_number_of_places_can_be_joined(
    store: Store, seed_documents: dict[str, str]
) -> None:
    session, ada = ObjectId(), a_user()
    await store.add_user(ada)
    async with AsyncMongoClient[dict[str, object]](store._url) as client:  # type: ignore[attr-defined]
        fields = {"title": "T", "startTime": NOW, "endTime": LATER, "createdBy": ObjectId(seed_documents["user"])}
        await client.get_default_database().sessions.insert_one({"_id": session, **fields})
    assert await store.join_session(str(session), ada.id, NOW) == Joining.JOINED
    joined = await store.session(str(session))
    assert joined is not None
    assert ([one.id for one in joined.participants], joined.max_participants) == ([ada.id], DEFAULT_PLACES)


@pytest.fixture
async def seed_documents(store: Store) -> dict[str, str]:
    user, session = ObjectId(), ObjectId()
    url = store._url  # type: ignore[attr-defined]  # the same database, by another client
    stamps = {"createdAt": NOW, "updatedAt": NOW, "__v": 0}
    async with AsyncMongoClient[dict[str, object]](url) as client:
        db = client.get_default_database()
        person = {"_id": user, "name": "Seed", "email": "seed@example.org", "password": "$2b$10$…", "role": "tutor"}
        await db.users.insert_one({**person, **stamps})
        fields = {"title": "T", "subject": "S", "description": "D", "startTime": NOW, "endTime": LATER}
        places = {"maxParticipants": 10, "createdBy": user, "participants": [user], "status": "scheduled"}
        await db.sessions.insert_one({"_id": session, **fields, **places, **stamps})
        said = {"userId": user, "userName": "Seed", "messageType": "text", **stamps}
        await db.chat_messages.insert_one({**said, "sessionId": session, "message": "by reference"})
        await db.chat_messages.insert_one({**said, "sessionId": str(session), "message": "by text"})
        await db.activities.insert_one({"userId": user, "date": datetime(2026, 3, 1, tzinfo=UTC), "count": 4, **stamps})
    return {"user": str(user), "session": str(session)}
