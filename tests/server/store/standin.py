"""A stand-in for mongod: MongoDB's wire protocol (OP_MSG) over mongomock, in memory, on a free port of loopback.

It is for semantics: queries, updates, unique and partial indexes, in one batch per query. It keeps nothing, and has no
transactions and no TTL. Run it as a process of its own, ``python -m tests.server.store.standin``; it prints the address
that it listens on.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import bson
import mongomock

log = logging.getLogger(__name__)

Document = dict[str, Any]
_OP_REPLY, _OP_QUERY, _OP_MSG = 1, 2004, 2013
_HEADER = struct.Struct("<iiii")
_DUPLICATE_KEY, _NO_SUCH_COMMAND = 11_000, 59


class CommandError(Exception):
    """What a mongod would answer with ``ok: 0``."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.answer = {"ok": 0.0, "code": code, "errmsg": message}


class StandIn:
    """The databases, and one method per command that our store uses."""

    def __init__(self) -> None:
        self._client: Any = mongomock.MongoClient()
        self._commands: dict[str, Callable[[Any, Document], Document]] = {
            "find": self._find,
            "insert": self._insert,
            "update": self._update,
            "delete": self._delete,
            "findandmodify": self._find_and_modify,
            "createindexes": self._create_indexes,
        }

    def answer(self, body: Document) -> Document:
        verb = next(iter(body))
        name = verb.lower()
        if name in ("hello", "ismaster"):
            return _hello()
        if name in ("ping", "endsessions"):
            return {"ok": 1.0}
        if name == "dropdatabase":
            self._client.drop_database(body["$db"])
            return {"ok": 1.0}
        command = self._commands.get(name)
        if command is None:
            raise CommandError(_NO_SUCH_COMMAND, f"no such command: {verb}")
        try:
            return {**command(self._client[body["$db"]][body[verb]], body), "ok": 1.0}
        except mongomock.DuplicateKeyError as error:
            raise CommandError(_DUPLICATE_KEY, str(error)) from error

    def _find(self, collection: Any, body: Document) -> Document:
        cursor = collection.find(body.get("filter") or {}, body.get("projection") or None)
        if body.get("sort"):
            cursor = cursor.sort(list(body["sort"].items()))
        found = list(cursor)
        limit = abs(int(body.get("limit") or 0))
        namespace = f"{body['$db']}.{collection.name}"
        return {"cursor": {"id": bson.Int64(0), "ns": namespace, "firstBatch": found[:limit] if limit else found}}

    def _insert(self, collection: Any, body: Document) -> Document:
        for index, document in enumerate(body["documents"]):
            try:
                collection.insert_one(document)
            except mongomock.DuplicateKeyError as error:
                return {"n": index, "writeErrors": [{"index": index, "code": _DUPLICATE_KEY, "errmsg": str(error)}]}
        return {"n": len(body["documents"])}

    def _update(self, collection: Any, body: Document) -> Document:
        matched = modified = 0
        for change in body["updates"]:
            apply = collection.update_many if change.get("multi") else collection.update_one
            result = apply(change["q"], change["u"], upsert=bool(change.get("upsert")))
            matched += result.matched_count
            modified += result.modified_count or 0
        return {"n": matched, "nModified": modified}

    def _delete(self, collection: Any, body: Document) -> Document:
        deleted = 0
        for one in body["deletes"]:
            delete = collection.delete_one if one.get("limit") else collection.delete_many
            deleted += delete(one["q"]).deleted_count
        return {"n": deleted}

    def _find_and_modify(self, collection: Any, body: Document) -> Document:
        value = collection.find_one_and_update(
            body.get("query") or {},
            body["update"],
            upsert=bool(body.get("upsert")),
            return_document=bool(body.get("new")),
        )
        return {"value": value, "lastErrorObject": {"n": 1 if value else 0, "updatedExisting": bool(value)}}

    def _create_indexes(self, collection: Any, body: Document) -> Document:
        for index in body["indexes"]:
            options = {key: index[key] for key in ("name", "unique", "partialFilterExpression") if key in index}
            collection.create_index(list(index["key"].items()), **options)
        return {}


def _hello() -> Document:
    return {
        "ismaster": True,
        "isWritablePrimary": True,
        "helloOk": True,
        "maxBsonObjectSize": 16 * 1024 * 1024,
        "maxMessageSizeBytes": 48_000_000,
        "maxWriteBatchSize": 100_000,
        "minWireVersion": 0,
        "maxWireVersion": 21,
        "localTime": datetime.now(UTC),
        "logicalSessionTimeoutMinutes": 30,
        "connectionId": 1,
        "readOnly": False,
        "ok": 1.0,
    }


def _read_message(payload: bytes) -> Document:
    """The body of an OP_MSG, with its document sequences put in where they belong."""
    at, body = 4, cast("Document", {})
    sequences: Document = {}
    while at < len(payload):
        kind, (size,) = payload[at], struct.unpack_from("<i", payload, at + 1)
        section = payload[at + 1 : at + 1 + size]
        if kind == 0:
            body = bson.decode(section)
        else:
            end = section.index(0, 4)
            sequences[section[4:end].decode()] = bson.decode_all(section[end + 1 :])
        at += 1 + size
    return {**body, **sequences}


async def serve(stand_in: StandIn, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            length, request, _, operation = _HEADER.unpack(await reader.readexactly(_HEADER.size))
            payload = await reader.readexactly(length - _HEADER.size)
            if operation == _OP_QUERY:  # how drivers say hello
                reply, code = struct.pack("<iqii", 8, 0, 0, 1) + bson.encode(_hello()), _OP_REPLY
            else:
                reply, code = struct.pack("<IB", 0, 0) + bson.encode(_answer(stand_in, payload)), _OP_MSG
            writer.write(_HEADER.pack(_HEADER.size + len(reply), request, request, code) + reply)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        log.debug("a client is gone")
    finally:
        writer.close()


def _answer(stand_in: StandIn, payload: bytes) -> Document:
    try:
        return stand_in.answer(_read_message(payload))
    except CommandError as error:
        return error.answer


async def main() -> None:
    stand_in = StandIn()
    server = await asyncio.start_server(lambda reader, writer: serve(stand_in, reader, writer), "127.0.0.1", 0)
    print(f"listening on mongodb://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)  # noqa: T201
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
