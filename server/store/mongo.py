"""MongoDB by ``pymongo.AsyncMongoClient``, in the collections, field names and indexes of the seed's Mongoose models.

Ids are ObjectIds, so the seed's Node server can read what we write and we what it wrote. A room that is not in the
database has an id of its own choosing: there, and for any other reference that is no ObjectId, the text itself is
stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from bson import ObjectId
from bson.codec_options import CodecOptions
from pymongo import ASCENDING, DESCENDING, AsyncMongoClient, ReturnDocument
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import ConfigurationError, DuplicateKeyError, PyMongoError

from protocol.rest import DEFAULT_PLACES
from server.ids import is_id
from server.store.interface import (
    EmailTaken,
    Joining,
    Kept,
    Message,
    PersonRef,
    SessionFields,
    StoredSession,
    StoreUnavailable,
    StudyDay,
    User,
    UserFields,
)

_DEFAULT_DATABASE = "deskmates"
_PATIENCE_MS = 5_000

Document = dict[str, Any]

_SESSION_NAMES = {
    "title": "title",
    "subject": "subject",
    "description": "description",
    "start_time": "startTime",
    "end_time": "endTime",
    "status": "status",
    "max_participants": "maxParticipants",
}
_USER_NAMES = {"name": "name", "email": "email", "password_hash": "password"}


class MongoStore:
    """A ``Store`` at a ``mongodb://`` address; the database is the address's path, or "deskmates"."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client: AsyncMongoClient[Document] | None = None

    async def open(self) -> None:
        try:
            self._client = AsyncMongoClient(self._url, tz_aware=True, **self._patience())
            await self._client.admin.command("ping")
            await self._create_indexes()
            await self.newest_message_id()  # who may not read would find out in the middle of a call
        except (PyMongoError, ConfigurationError, ValueError) as error:
            await self.close()
            raise StoreUnavailable(f"cannot use MongoDB: {error}") from error

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _patience(self) -> dict[str, Any]:
        """How long to look for the database, unless the address says it; pymongo itself would take half a minute."""
        option = "serverSelectionTimeoutMS"
        return {} if option.lower() in self._url.lower() else {option: _PATIENCE_MS}

    @property
    def _db(self) -> AsyncDatabase[Document]:
        if self._client is None:
            raise RuntimeError("the database is not open")
        options = CodecOptions[Document](tz_aware=True, tzinfo=UTC)
        return self._client.get_default_database(_DEFAULT_DATABASE, codec_options=options)

    async def _create_indexes(self) -> None:
        db = self._db
        await db.users.create_index([("email", ASCENDING)], unique=True)
        await db.sessions.create_index([("startTime", DESCENDING)])
        await db.chat_messages.create_index([("sessionId", ASCENDING), ("createdAt", ASCENDING)])
        # the seed's own messages have no clientMessageId, so the index must not see them
        await db.chat_messages.create_index(
            [("userId", ASCENDING), ("clientMessageId", ASCENDING)],
            unique=True,
            partialFilterExpression={"clientMessageId": {"$exists": True}},
        )
        await db.activities.create_index([("userId", ASCENDING), ("date", ASCENDING)], unique=True)

    async def newest_message_id(self) -> str | None:
        newest = await self._db.chat_messages.find_one({}, sort=[("_id", DESCENDING)])
        return None if newest is None else str(newest["_id"])

    # ---- users ----

    async def add_user(self, user: User) -> None:
        try:
            await self._db.users.insert_one(
                {
                    "_id": ObjectId(user.id),
                    "name": user.name,
                    "email": user.email,
                    "password": user.password_hash,
                    "role": user.role,
                    "createdAt": user.created_at,
                    "updatedAt": user.updated_at,
                }
            )
        except DuplicateKeyError as error:
            raise EmailTaken(user.email) from error

    async def user(self, user_id: str) -> User | None:
        return _user(await self._db.users.find_one({"_id": _ref(user_id)}))

    async def user_by_email(self, email: str) -> User | None:
        return _user(await self._db.users.find_one({"email": email}))

    async def change_user(self, user_id: str, fields: UserFields, now: datetime) -> User | None:
        try:
            changed = await self._db.users.find_one_and_update(
                {"_id": _ref(user_id)},
                {"$set": {**_renamed(fields, _USER_NAMES), "updatedAt": now}},
                return_document=ReturnDocument.AFTER,
            )
        except DuplicateKeyError as error:
            raise EmailTaken(fields.get("email", "")) from error
        return _user(changed)

    # ---- sessions ----

    async def sessions(self) -> Sequence[StoredSession]:
        found = await self._db.sessions.find({}, sort=[("startTime", DESCENDING), ("_id", DESCENDING)]).to_list()
        return await self._with_people(found)

    async def session(self, session_id: str) -> StoredSession | None:
        found = await self._db.sessions.find_one({"_id": _ref(session_id)})
        return None if found is None else (await self._with_people([found]))[0]

    async def _with_people(self, sessions: Sequence[Document]) -> list[StoredSession]:
        """What Mongoose calls populate: the present names of creators and participants."""
        wanted = {person for one in sessions for person in (one.get("createdBy"), *one.get("participants", ()))}
        people = await self._db.users.find({"_id": {"$in": list(wanted - {None})}}, {"name": True}).to_list()
        names = {person["_id"]: cast("str", person.get("name", "")) for person in people}
        return [_session(one, names) for one in sessions]

    async def add_session(self, session: StoredSession) -> None:
        await self._db.sessions.insert_one(
            {
                "_id": ObjectId(session.id),
                "title": session.title,
                "subject": session.subject,
                "description": session.description,
                "startTime": session.start_time,
                "endTime": session.end_time,
                "status": session.status,
                "maxParticipants": session.max_participants,
                "createdBy": _ref(session.created_by.id),
                "participants": [],
                "createdAt": session.created_at,
                "updatedAt": session.updated_at,
            }
        )

    async def change_session(self, session_id: str, fields: SessionFields, now: datetime) -> None:
        changes = {**_renamed(fields, _SESSION_NAMES), "updatedAt": now}
        await self._db.sessions.update_one({"_id": _ref(session_id)}, {"$set": changes})

    async def delete_session(self, session_id: str) -> None:
        await self._db.chat_messages.delete_many({"sessionId": _either(session_id)})
        await self._db.sessions.delete_one({"_id": _ref(session_id)})

    async def join_session(self, session_id: str, user_id: str, now: datetime) -> Joining:
        db, key, person = self._db, _ref(session_id), _ref(user_id)
        while True:
            session = await db.sessions.find_one({"_id": key})
            if session is None:
                return Joining.NO_SESSION
            inside: list[Any] = session.get("participants", [])
            if person in inside:
                return Joining.ALREADY_IN
            if len(inside) >= session.get("maxParticipants", DEFAULT_PLACES):
                return Joining.FULL
            # nobody may take the place that was seen to be free: the update holds only while it still is
            place = f"participants.{len(inside)}"
            added = await db.sessions.update_one(
                {"_id": key, place: {"$exists": False}, "participants": {"$ne": person}},
                {"$push": {"participants": person}, "$set": {"updatedAt": now}},
            )
            if added.modified_count:
                return Joining.JOINED

    async def leave_session(self, session_id: str, user_id: str, now: datetime) -> None:
        person = _ref(user_id)
        await self._db.sessions.update_one(
            {"_id": _ref(session_id), "participants": person},
            {"$pull": {"participants": person}, "$set": {"updatedAt": now}},
        )

    # ---- chat ----

    async def keep_message(self, message: Message) -> Kept:
        document: Document = {
            "_id": ObjectId(message.id),
            "sessionId": _ref(message.session_id),
            "userId": _ref(message.user_id),
            "userName": message.user_name,
            "message": message.message,
            "messageType": message.message_type,
            "createdAt": message.created_at,
            "updatedAt": message.updated_at,
        }
        if message.client_message_id is not None:
            document["clientMessageId"] = message.client_message_id
        try:
            await self._db.chat_messages.insert_one(document)
        except DuplicateKeyError:
            said = await self._db.chat_messages.find_one(
                {"userId": _ref(message.user_id), "clientMessageId": message.client_message_id}
            )
            if said is None:
                raise
            return Kept(_message(said), is_new=False)
        return Kept(message, is_new=True)

    async def messages(
        self, session_id: str, limit: int, *, before: str | None = None, after: str | None = None
    ) -> Sequence[Message]:
        wanted: Document = {"sessionId": _either(session_id)}
        bounds = {"$lt": before, "$gt": after}
        window = {sign: ObjectId(cursor) for sign, cursor in bounds.items() if cursor is not None}
        if window:
            wanted["_id"] = window
        order = DESCENDING if after is None else ASCENDING
        found = await self._db.chat_messages.find(wanted, sort=[("_id", order)], limit=limit).to_list()
        return [_message(one) for one in (found if after is not None else reversed(found))]

    # ---- study days ----

    async def count_study(self, user_id: str, day: date) -> StudyDay:
        days, one_more, person = self._db.activities, {"$inc": {"count": 1}}, _ref(user_id)
        midnight = datetime.combine(day, time.min, UTC)
        moments = {"$gte": midnight, "$lt": midnight + timedelta(days=1)}
        counted = await days.find_one_and_update(
            {"userId": person, "date": moments}, one_more, return_document=ReturnDocument.AFTER
        ) or await days.find_one_and_update(
            {"userId": person, "date": day.isoformat()}, one_more, upsert=True, return_document=ReturnDocument.AFTER
        )
        return StudyDay(user_id, day, cast("Document", counted)["count"])

    async def study_days(self, user_id: str) -> Sequence[StudyDay]:
        """A day that is there twice, as a moment and as text, is one."""
        counts: Counter[date] = Counter()
        for one in await self._db.activities.find({"userId": _ref(user_id)}).to_list():
            counts[_day(one["date"])] += one["count"]
        return [StudyDay(user_id, day, count) for day, count in sorted(counts.items())]


def _ref(text: str) -> ObjectId | str:
    return ObjectId(text) if is_id(text) else text


def _either(text: str) -> Any:
    """A query for a reference that may have been written as ObjectId or as its text."""
    reference = _ref(text)
    return text if reference == text else {"$in": [reference, text]}


def _day(value: object) -> date:
    return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value)[:10])


def _renamed(fields: Mapping[str, Any], names: dict[str, str]) -> Document:
    return {names[field]: value for field, value in fields.items()}


def _user(found: Document | None) -> User | None:
    if found is None:
        return None
    created = found.get("createdAt") or found["_id"].generation_time
    return User(
        id=str(found["_id"]),
        name=found["name"],
        email=found["email"],
        role=found.get("role", "student"),
        password_hash=found["password"],
        created_at=created,
        updated_at=found.get("updatedAt", created),
    )


def _session(found: Document, names: dict[Any, str]) -> StoredSession:
    created = found.get("createdAt") or found["_id"].generation_time

    def person(reference: object) -> PersonRef:
        return PersonRef(str(reference), names.get(reference, ""))

    return StoredSession(
        id=str(found["_id"]),
        title=found["title"],
        subject=found.get("subject", ""),
        description=found.get("description", ""),
        start_time=found["startTime"],
        end_time=found["endTime"],
        status=found.get("status", "scheduled"),
        max_participants=found.get("maxParticipants", DEFAULT_PLACES),
        created_by=person(found.get("createdBy", "")),
        participants=tuple(person(one) for one in found.get("participants", ())),
        created_at=created,
        updated_at=found.get("updatedAt", created),
    )


def _message(found: Document) -> Message:
    created = found.get("createdAt") or found["_id"].generation_time
    return Message(
        id=str(found["_id"]),
        session_id=str(found["sessionId"]),
        user_id=str(found["userId"]),
        user_name=found.get("userName", ""),
        message=found["message"],
        message_type=found.get("messageType", "text"),
        created_at=created,
        updated_at=found.get("updatedAt", created),
        client_message_id=found.get("clientMessageId"),
    )
