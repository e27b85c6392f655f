"""Objects of Qt that are rubbish go in Qt's own thread, however busy others are."""

from __future__ import annotations

import gc
import os
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from app.ui.rubbish import Collector


def make_cycle(went_in: list[int]) -> None:
    one = QObject()
    one.setProperty("itself", 0)
    one.keeps = one  # pyright: ignore[reportAttributeAccessIssue]
    one.destroyed.connect(lambda: went_in.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)


def busy() -> None:
    """Makes so many objects that Python would collect in this thread."""
    for _ in range(3):
        assert len([[number] for number in range(20_000)]) == 20_000


def test_rubbish_goes_in_the_thread_that_collects(qtbot: QtBot) -> None:
    collector = Collector()
    went_in: list[int] = []
    try:
        for _ in range(3_000):
            make_cycle(went_in)
        thread = threading.Thread(target=busy)
        thread.start()
        thread.join()
        assert went_in == []
        qtbot.waitUntil(lambda: len(went_in) == 3_000)
        assert set(went_in) == {threading.get_ident()}
    finally:
        collector.stop()
    assert gc.isenabled()


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux' own figures")
def test_what_was_freed_goes_back_to_the_system(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.rubbish.GIVE_BACK_MS", 50)
    rooms = [bytes([number % 256]) * 100_000 for number in range(1_000)]  # each too small to be mapped by itself
    floor = b"x" * 100_000  # above them: the library gives back by itself what is on top
    full = resident()
    del rooms
    assert full - resident() < 50_000_000
    collector = Collector()
    try:
        qtbot.waitUntil(lambda: full - resident() > 80_000_000)
    finally:
        collector.stop()
    assert len(floor) == 100_000


def resident() -> int:
    """Bytes of this process in memory (proc(5))."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
