"""What holds for every test: no screen, a home of its own, and no logged error that was not expected."""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import qasync
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.engine import Engine
from app.ui.quitting import Application

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
os.environ |= {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}  # whatever the language of this computer is

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

PATIENCE_MS = 20_000
"""How long a test waits at the most for what Qt's loop has to bring: a busy machine takes its time."""
ALL_EVERY = 25
"""Tests between two collections of everything, which take a tenth of a second."""
FINISH_S = 0.5
"""How long a test's intents have to end."""


@pytest.fixture
def live_in() -> Iterator[Callable[[str], None]]:
    """Moves this computer into a time zone, as its clocks have it. Windows cannot change that of a process."""
    with pytest.MonkeyPatch.context() as zone_of_before:

        def move(zone: str) -> None:
            zone_of_before.setenv("TZ", zone)
            time.tzset()

        yield move
    time.tzset()


@pytest.fixture(scope="session", autouse=True)
def rubbish() -> Iterator[Iterator[int]]:
    """As in the app (``app.ui.rubbish``), no other thread's need for memory destroys objects of Qt."""
    gc.disable()
    yield itertools.count(1)
    gc.enable()


@pytest.fixture(autouse=True)
def tidy(rubbish: Iterator[int]) -> Iterator[None]:
    """Collect between tests, in the main thread; all of it now and then."""
    gc.disable()  # a test of the collector itself leaves it on
    yield
    gc.collect(2 if next(rubbish) % ALL_EVERY == 0 else 1)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, outbox and logs of one test never meet those of another, or the developer's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DESKMATES_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_unexpected_log_errors(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A logged error fails the test, unless ``@pytest.mark.expects_log("pattern")`` announces it (as many as there
    are).
    """
    yield
    expected = [re.compile(marker.args[0]) for marker in request.node.iter_markers("expects_log")]
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    surprises = [
        record
        for record in records
        if record.levelno >= logging.ERROR and not any(pattern.search(record.getMessage()) for pattern in expected)
    ]
    if surprises:
        lines = "\n".join(f"{one.name}: {one.getMessage()} {one.exc_info or ''}" for one in surprises)
        pytest.fail(f"unexpected errors in the log:\n{lines}")


class PatientBot(QtBot):
    """Gives up a condition or a signal later than Qt's own bot does."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **wishes: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **wishes)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **wishes: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **wishes)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    return Application


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    engine.start()
    yield engine
    engine.stop()


@pytest.fixture
def ui_loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """Qt's own loop as an asyncio loop, as in the app; pytest-qt turns it."""
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    finish(qapp, loop)
    asyncio.set_event_loop(None)
    loop.close()


def finish(qapp: QApplication, loop: asyncio.AbstractEventLoop) -> None:
    """Let intents whose answer is there end, or one that is destroyed later would be another test's error."""
    end = time.monotonic() + FINISH_S
    while asyncio.all_tasks(loop) and time.monotonic() < end:
        qapp.processEvents()
    loop.set_exception_handler(lambda *_: None)
