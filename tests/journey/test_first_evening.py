"""A tutor's first evening, through the windows alone: sign up, create a session, join it, see and hear a classmate,
chat, mute,
leave. The classmate is the real engine without a window; between them is a real server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.account import Account
from app.config import SettingsFile
from app.desk import Desk
from app.engine import Engine
from app.hosting import fresh_account
from app.lobby import Lobby
from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.sources import SourceSpec, VideoFormat
from app.net.rest import RestClient
from app.room.outbox import Outbox
from app.room.session import RoomSession
from app.room.state import Delivery, Me, Phase, SessionInfo
from app.ui.main_window import MainWindow
from app.ui.rail import Place
from app.ui.room.window import RoomWindow
from app.ui.sessions.card import SessionCard
from app.ui.theme import start_theme
from app.vault import MemoryVault
from server.embedded import EmbeddedServer

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 20_000
MANY_COLOURS = 200


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(tmp_path / "server")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def desk(engine: Engine, server: EmbeddedServer, tmp_path: Path) -> Iterator[Desk]:
    settings = SettingsFile(tmp_path / "config")
    settings.change(server=server.url, camera="test", microphone="test")
    account = Account(vault=MemoryVault(), settings=settings)
    desk = Desk(
        engine=engine,
        account=account,
        lobby=Lobby(account),
        settings=settings,
        make_speaker=lambda _: SilentSpeaker(),
        data_dir=tmp_path / "data",
    )
    yield desk
    engine.submit(desk.close()).result(10)
    engine.submit(account.close()).result(10)


async def classmate(url: str, session_id: str) -> tuple[RestClient, RoomSession]:
    """Somebody else in the session, with a moving picture and a tone."""
    rest = RestClient(url)
    account = await rest.register(fresh_account("Omar <b>Said</b>"))
    rest.token = account.token
    session = await rest.join(session_id)
    room = RoomSession(
        rest=rest,
        server=url,
        token=account.token,
        me=Me.of(account),
        session=SessionInfo.of(session),
        media=CallMedia(speaker=SilentSpeaker(), video=VideoFormat(320, 180, 15)),
        outbox=Outbox.in_memory(),
        camera=SourceSpec.parse("test"),
        microphone=SourceSpec.parse("test"),
    )
    await room.join()
    await room.set_camera(True)
    await room.set_microphone(True)
    return rest, room


async def goodbye(rest: RestClient, room: RoomSession) -> None:
    await room.leave()
    await rest.close()


def top_level(kind: type[QWidget]) -> Any:
    return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()), None)


@pytest.mark.usefixtures("ui_loop")
def test_a_first_evening(qtbot: QtBot, qapp: QApplication, engine: Engine, desk: Desk, server: EmbeddedServer) -> None:
    start_theme(qapp)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    sign_up(qtbot, window)
    session_id = create_session(qtbot, window)
    room_window = join(qtbot, window)
    rest, friend = engine.submit(classmate(server.url, session_id)).result(20)
    try:
        see_and_hear(qtbot, room_window, friend)
        chat(qtbot, engine, room_window, friend)
        mute(qtbot, room_window, friend)
        leave(qtbot, room_window, window, friend)
    finally:
        engine.submit(goodbye(rest, friend)).result(20)


def sign_up(qtbot: QtBot, window: MainWindow) -> None:
    form = window.welcome.form
    qtbot.waitUntil(lambda: form.isVisible() and form.submit.isEnabled(), timeout=PATIENCE_MS)
    form.face.choose("create")
    qtbot.mouseClick(form.roles.tutor, LEFT)
    for field, text in (
        (form.name, "Priya Nair"),
        (form.email, "Priya@Example.org"),
        (form.password, "a short sentence"),
    ):
        qtbot.keyClicks(field.edit, text)
    qtbot.keyClick(form.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell.home.isVisible(), timeout=PATIENCE_MS)
    qtbot.mouseClick(window.shell.rail.buttons[Place.SESSIONS], LEFT)
    qtbot.waitUntil(lambda: window.shell.sessions.isVisible(), timeout=PATIENCE_MS)


def create_session(qtbot: QtBot, window: MainWindow) -> str:
    sessions, page = window.shell.sessions, window.shell.create_page
    qtbot.waitUntil(lambda: sessions.empty.isVisible(), timeout=PATIENCE_MS)
    sessions.period.choose("week")  # the next half hour may be tomorrow's first; who hosts a session may go in before
    qtbot.mouseClick(sessions.create_button, LEFT)
    qtbot.waitUntil(page.isVisible)
    qtbot.keyClicks(page.form.title.edit, "Linear algebra <i>now</i>")
    qtbot.keyClicks(page.form.subject.edit, "Maths")
    qtbot.mouseClick(page.create_button, LEFT)
    qtbot.waitUntil(lambda: bool(cards(window)), timeout=PATIENCE_MS)
    [card] = cards(window)
    assert card.title.text() == "Linear algebra <i>now</i>"
    return card.session_id


def cards(window: MainWindow) -> list[SessionCard]:
    return [one for one in window.shell.sessions.findChildren(SessionCard) if one.isVisible() and one.session_id]


def join(qtbot: QtBot, window: MainWindow) -> RoomWindow:
    [card] = cards(window)
    assert card.button.text() == "Join"
    qtbot.mouseClick(card.button, LEFT)
    green_room = window.entry.page
    assert green_room is not None
    qtbot.keyClicks(green_room.goal.edit, "Sheet 4")
    qtbot.mouseClick(green_room.join_button, LEFT)
    qtbot.waitUntil(lambda: top_level(RoomWindow) is not None, timeout=PATIENCE_MS)
    room_window: RoomWindow = top_level(RoomWindow)
    qtbot.waitUntil(lambda: room_window.bridge.state.link == "online", timeout=PATIENCE_MS)
    return room_window


def see_and_hear(qtbot: QtBot, room_window: RoomWindow, friend: RoomSession) -> None:
    qtbot.waitUntil(lambda: len(room_window.bridge.state.participants) == 1, timeout=PATIENCE_MS)
    [other] = room_window.bridge.state.participants
    assert other.name == "Omar <b>Said</b>"
    qtbot.waitUntil(lambda: room_window.bridge.state.participants[0].phase is Phase.CONNECTED, timeout=PATIENCE_MS)
    tile = room_window.stage.tile(other.id)
    qtbot.waitUntil(lambda: colours(tile) > MANY_COLOURS, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: room_window.bridge.state.participants[0].audio is True, timeout=PATIENCE_MS)
    qtbot.mouseClick(room_window.controls.camera, LEFT)
    qtbot.waitUntil(lambda: frames_from_us(friend) > 5, timeout=PATIENCE_MS)


def colours(tile: QWidget) -> int:
    """How many different colours the tile paints: an avatar on its ground has few, the test picture hundreds."""
    image = tile.grab().toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)})


def frames_from_us(friend: RoomSession) -> int:
    [us] = friend.store.state.participants
    figures = friend.peer_figures(us.id)
    return figures.video.frames if figures is not None else 0


def chat(qtbot: QtBot, engine: Engine, room_window: RoomWindow, friend: RoomSession) -> None:
    qtbot.keyClicks(room_window.panel.chat.composer.input, "Start with question 2")
    qtbot.keyClick(room_window.panel.chat.composer.input, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(friend) == ["Start with question 2"], timeout=PATIENCE_MS)
    engine.submit(friend.say("On it")).result(10)
    qtbot.waitUntil(
        lambda: [one.text for one in room_window.bridge.state.messages] == ["Start with question 2", "On it"],
        timeout=PATIENCE_MS,
    )
    qtbot.waitUntil(lambda: room_window.bridge.state.messages[0].delivery is Delivery.SENT)
    assert said(friend) == ["Start with question 2", "On it"]


def said(room: RoomSession) -> list[str]:
    return [one.text for one in room.store.state.messages]


def mute(qtbot: QtBot, room_window: RoomWindow, friend: RoomSession) -> None:
    room_window.controls.microphone.setFocus()
    qtbot.mouseClick(room_window.controls.microphone, LEFT)
    qtbot.waitUntil(lambda: friend.store.state.participants[0].audio is True, timeout=PATIENCE_MS)
    qtbot.keyClick(room_window, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: friend.store.state.participants[0].audio is False, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: room_window.controls.microphone.accessibleName() == "Unmute microphone")


def leave(qtbot: QtBot, room_window: RoomWindow, window: MainWindow, friend: RoomSession) -> None:
    left_at = time.monotonic()
    qtbot.mouseClick(room_window.controls.leave, LEFT)
    qtbot.waitUntil(lambda: not friend.store.state.participants, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: top_level(RoomWindow) is None, timeout=PATIENCE_MS)
    assert time.monotonic() - left_at < PATIENCE_MS / 1000
    qtbot.waitUntil(window.leaving.isVisible, timeout=PATIENCE_MS)
    assert (window.leaving.mates.text(), window.leaving.goal.text()) == ("Omar", "Sheet 4")
    qtbot.mouseClick(window.leaving.back, LEFT)
    assert window.shell.home.isVisible()
    qtbot.waitUntil(lambda: not window.intents.is_busy, timeout=PATIENCE_MS)
