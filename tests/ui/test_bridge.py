"""Snapshots come up into Qt's thread, the newest only; intents go down and their failures are seen."""

from __future__ import annotations

import asyncio
import threading

from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.store import Store
from app.ui.bridge import Intents, StoreBridge


def unwanted(error: Exception) -> None:
    raise AssertionError("nothing should have failed") from error


def test_a_listener_hears_the_state_of_now_at_once(qtbot: QtBot) -> None:
    heard: list[int] = []
    StoreBridge(Store(7)).listen(heard.append)
    assert heard == [7]


def test_changes_come_in_qts_thread_and_old_ones_are_skipped(qtbot: QtBot, engine: Engine) -> None:
    store = Store(0)
    bridge = StoreBridge(store)
    heard: list[tuple[int, bool]] = []
    bridge.listen(lambda state: heard.append((state, threading.current_thread() is threading.main_thread())))

    async def burst() -> None:
        for number in range(1, 1001):
            store.set(number)

    engine.submit(burst()).result(5)
    qtbot.waitUntil(lambda: heard[-1][0] == 1000)
    assert all(is_main for _, is_main in heard)
    assert len(heard) == 2


def test_a_closed_bridge_is_silent(qtbot: QtBot) -> None:
    store = Store(0)
    bridge = StoreBridge(store)
    heard: list[int] = []
    bridge.listen(heard.append)
    store.set(1)
    bridge.close()
    store.set(2)
    later: list[int] = []
    StoreBridge(store).listen(later.append)
    store.set(3)
    qtbot.waitUntil(lambda: later == [2, 3])
    assert heard == [0]


def test_an_intent_runs_and_its_result_comes_back(
    qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop
) -> None:
    async def ask() -> str:
        return threading.current_thread().name

    results: list[str] = []
    Intents(unwanted).start(engine.call(ask()), done=results.append)
    qtbot.waitUntil(lambda: results == ["engine"])


def test_a_failure_is_never_lost(qtbot: QtBot, engine: Engine, ui_loop: asyncio.AbstractEventLoop) -> None:
    async def fail() -> None:
        raise ValueError("no")

    shown: list[Exception] = []
    own: list[Exception] = []
    intents = Intents(shown.append)
    intents.start(engine.call(fail()))
    intents.start(engine.call(fail()), failed=own.append)
    qtbot.waitUntil(lambda: len(shown) == len(own) == 1)
    assert isinstance(shown[0], ValueError)


def test_cancelled_intents_say_nothing(qtbot: QtBot, ui_loop: asyncio.AbstractEventLoop) -> None:
    ended: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.get_event_loop().create_future()
        finally:
            ended.append("over")

    intents = Intents(unwanted)
    started: list[str] = []

    async def start() -> None:
        started.append("yes")
        await wait()

    intents.start(start())
    qtbot.waitUntil(lambda: started == ["yes"])
    intents.cancel()
    qtbot.waitUntil(lambda: ended == ["over"])
