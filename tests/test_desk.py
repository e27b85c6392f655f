"""Covers app/desk.py: the way into a room with what was chosen before it, and out of everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from app.account import Account, AccountPhase
from app.choices import Choices
from app.config import Settings, SettingsFile
from app.desk import Desk
from app.engine import Engine
from app.errors import ServerUnreachable, SignedOut
from app.lobby import Lobby
from app.media.audio.speaker import SilentSpeaker
from app.net.rest import RestClient
from app.room.state import Link
from app.vault import MemoryVault
from protocol.rest import Session, SessionDraft
from tests.fakes.house import House
from tests.study.people import stay

PATIENCE_S = 10


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path / "server") as one:
        yield one


class Speakers:
    """Makes silent ones and keeps their names."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, name: str) -> SilentSpeaker:
        self.made.append(name)
        return SilentSpeaker()


@pytest_asyncio.fixture
async def speakers() -> Speakers:
    return Speakers()


@pytest_asyncio.fixture
async def desk(house: House, speakers: Speakers, tmp_path: Path) -> AsyncIterator[Desk]:
    settings = SettingsFile(tmp_path / "config")
    account = Account(vault=MemoryVault(), settings=settings)
    await account.register(house.url, "Ann", "ann@example.org", "long enough", "tutor")
    desk = Desk(
        engine=Engine(),
        account=account,
        lobby=Lobby(account),
        settings=settings,
        make_speaker=speakers,
        data_dir=tmp_path / "data",
    )
    yield desk
    await desk.close()
    await account.close()


async def created(desk: Desk) -> Session:
    now = datetime.now(UTC)
    return await desk.lobby.create(
        SessionDraft(title="Maths", subject="Maths", start_time=now, end_time=now + timedelta(hours=1))
    )


async def test_what_was_chosen_to_be_on_is_on_in_the_room(desk: Desk, speakers: Speakers) -> None:
    room = await desk.open_room(
        await created(desk), Choices("test", "test", "loud one", camera_on=True, microphone_on=False, goal="Sheet 4")
    )
    async with asyncio.timeout(PATIENCE_S):
        while not room.store.state.camera.actual:
            await asyncio.sleep(0.01)
    assert desk.is_in_room
    assert not room.store.state.microphone.desired
    assert speakers.made == ["loud one"]
    kept = desk.settings.state
    assert (kept.camera, kept.microphone, kept.speaker, kept.goal) == ("test", "test", "loud one", "Sheet 4")
    assert kept.was_on == {"camera test": True, "microphone test": False}
    await room.leave()
    assert not desk.is_in_room


async def test_without_choices_both_are_off(desk: Desk) -> None:
    desk.settings.change(camera="test", microphone="test", was_on={"camera test": True})
    room = await desk.open_room(await created(desk))
    assert (room.store.state.camera.desired, room.store.state.microphone.desired) == (False, False)
    await room.leave()


async def test_a_room_on_this_computer_takes_what_was_chosen_and_is_gone_back_to(
    desk: Desk, speakers: Speakers
) -> None:
    chosen = Choices("test", "test", "loud one", camera_on=True, goal="Sheet 4")
    room = await desk.host_room("Ann", "Ann’s room", chosen)
    async with asyncio.timeout(PATIENCE_S):
        while not room.store.state.camera.actual:
            await asyncio.sleep(0.01)
        await room.join()
    first = room.store.state
    assert (first.link, first.session.title, first.microphone.desired) == (Link.ONLINE, "Ann’s room", False)
    assert (speakers.made, desk.settings.state.goal) == (["loud one"], "Sheet 4")
    await room.leave()
    again = await desk.host_room("Ann", "Ann’s room", Choices(), again=first.session.id)
    assert (again.store.state.session.id, again.store.state.me.user_id) == (first.session.id, first.me.user_id)
    await again.leave()
    other = await desk.host_room("Ann", "Ann’s room", Choices())
    assert other.store.state.session.id != first.session.id
    await other.leave()


async def test_the_chime_goes_to_the_speaker_that_is_tried(desk: Desk, speakers: Speakers) -> None:
    await desk.chime("headset")
    assert speakers.made == ["headset"]


async def test_what_is_studied_is_kept_for_whom_the_room_was_opened(desk: Desk, house: House) -> None:
    room = await desk.open_room(await created(desk))
    await desk.account.sign_out()
    await desk.study.record(replace(stay("a"), session_id=room.store.state.session.id))
    assert desk.study.store.state.stays == ()
    await desk.account.sign_in(house.url, "ann@example.org", "long enough")
    await desk.study.refresh()
    assert [one.key for one in desk.study.store.state.stays] == ["a"]
    await room.leave()


async def test_a_server_on_this_computer_ends_before_what_may_take_its_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await desk.host_room("Ann", "Ann’s room", Choices())
    await room.leave()
    assert desk.hosted_address is not None
    hosted = RestClient(desk.hosted_address)
    assert await hosted.server_info() is not None
    close = desk.study.close

    async def look_and_close() -> None:
        with pytest.raises(ServerUnreachable):
            await hosted.server_info()
        await close()

    with monkeypatch.context() as looking:
        looking.setattr(desk.study, "close", look_and_close)
        await desk.close()
    await hosted.close()


async def test_forgetting_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "outbox.sqlite").write_text("a message that waits")
    desk.settings.change(camera="test", theme="dark")
    await desk.forget_everything()
    assert not (tmp_path / "data").exists()
    assert desk.settings.state == Settings()
    assert desk.account.store.state.phase is AccountPhase.SIGNED_OUT
    with pytest.raises(SignedOut):
        await desk.open_room(
            Session.model_validate(
                {"_id": "x", "title": "x", "startTime": datetime.now(UTC), "endTime": datetime.now(UTC)}
            )
        )


async def test_nobodys_address_is_left_to_be_shown_once_one_is_signed_out(desk: Desk) -> None:
    desk.settings.change(name="Ann", email="ann@example.org")
    shown: list[tuple[AccountPhase, str, str]] = []
    desk.account.store.subscribe(
        lambda state: shown.append((state.phase, desk.settings.state.name, desk.settings.state.email))
    )
    await desk.forget_everything()
    assert shown == [(AccountPhase.SIGNED_OUT, "", "")]


async def test_forgetting_leaves_the_log_where_it_stands_among_the_rest(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKMATES_HOME", str(tmp_path / "data"))  # the log inside, as on Windows
    log = tmp_path / "data" / "log" / "deskmates.log"
    log.parent.mkdir(parents=True)
    log.write_text("open")
    (tmp_path / "data" / "outbox.sqlite").write_text("a message that waits")
    await desk.forget_everything()
    assert [one for one in (tmp_path / "data").rglob("*") if one.is_file()] == [log]


async def test_what_cannot_be_deleted_keeps_no_setting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("in use")

    monkeypatch.setattr("app.desk.delete", refuse)
    desk.settings.change(camera="test")
    with pytest.raises(PermissionError):
        await desk.forget_everything()
    assert desk.settings.state == Settings()
