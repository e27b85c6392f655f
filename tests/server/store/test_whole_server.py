"""A whole server over MongoDB (its stand-in): sign up, create, join, speak, and find it all after a restart."""

from __future__ import annotations

from dataclasses import replace

from server.settings import ServerSettings
from tests.server.harness import running
from tests.server.processes import address, process, python


async def test_a_session_over_mongodb(settings: ServerSettings) -> None:
    with process(python("-m", "tests.server.store.standin")) as stand_in:
        over_mongo = replace(settings, database=f"{address(stand_in)}/deskmates")
        async with running(over_mongo) as hall:
            ada, ben = await hall.register("Ada", "tutor"), await hall.register("Ben")
            room = await hall.session(ada)
            assert (await ben.ask("POST", f"/api/sessions/{room}/join")).status == 200
            first, second = await ada.in_room(room), await ben.in_room(room)
            words = {"sessionId": room, "message": "hello", "clientMessageId": "k1"}
            said = await first.call("chat-message", words)
            posted = await ada.ask("POST", "/api/chat", json=words)
            assert (posted.status, posted.body) == (200, said)
            assert (await second.hears("chat-message"))["id"] == said["id"]
        async with running(over_mongo) as hall:
            listed = await hall.ask("GET", "/api/sessions", token=ada.token)
            assert [one["participants"] for one in listed.body] == [[{"_id": ben.id, "name": "Ben"}]]
            kept = await hall.ask("GET", f"/api/chat/session/{room}", token=ben.token)
            assert kept.body == [said]
    assert not (settings.data_dir / "deskmates.db").exists()
