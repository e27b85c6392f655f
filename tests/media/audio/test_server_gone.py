"""A sound server that ends in the midst of a call, and comes back soon, or too late for Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.media.audio.sound import RATE
from tests.media.audio.cards import Card, missing

ROOT = Path(__file__).parents[3]
PATIENCE_S = 40.0
CHILD = """
import json, sys, threading
import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer
from app.media.audio.qt_speaker import QtSpeaker
from app.media.pulse import PulseWatch, outage

app = QCoreApplication(["speaker"])
watch = PulseWatch(app)
fetched = 0

def pull(samples):
    global fetched
    fetched += samples
    return np.zeros((samples, 2), np.int16)

speaker = QtSpeaker()
speaker.start(pull)

def obey():
    global speaker
    for line in sys.stdin:
        if line.strip() == "choose":
            speaker.use("another")
            speaker.use("")
        else:
            speaker.stop()
            speaker = QtSpeaker()
            speaker.start(pull)
    app.quit()

threading.Thread(target=obey, daemon=True).start()
said = QTimer(interval=100)
said.timeout.connect(lambda: print(json.dumps([fetched, outage().may_play, outage().is_final]), flush=True))
said.start()
app.exec()
speaker.stop()
"""


UNTOLD = CHILD.replace("watch = PulseWatch(app)\n", "")
"""One that hears nothing of the server's end, as without a desktop, or without PulseAudio's tool."""


class Program:
    """That plays, and tells each 100 ms how much it has fetched, whether it may play, and whether it never will."""

    def __init__(self, card: Card, code: str = CHILD) -> None:
        self.environment = {**os.environ, **card.environment, "PYTHONPATH": str(ROOT)}
        self._code = code

    def begin(self) -> None:
        """``card`` is there."""
        self._child = subprocess.Popen(
            [sys.executable, "-c", self._code],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

        self.tells(lambda *_: self.is_heard)

    def tells(self, wanted: Callable[[int, bool, bool], Any]) -> int:
        """Wait until what it tells is ``wanted``; how much it has fetched by then."""
        assert self._child.stdout is not None
        end = time.monotonic() + PATIENCE_S
        for line in self._child.stdout:
            fetched, may_play, is_final = json.loads(line)
            if wanted(fetched, may_play, is_final):
                return fetched
            assert time.monotonic() < end, line
        raise AssertionError(f"it ended with {self._child.wait()}")

    def goes_on(self) -> None:
        """Whether something fetches what is to be heard, be it only the silent clock."""
        before = self.tells(lambda *_: True)
        self.tells(lambda fetched, *_: fetched > before + RATE)

    @property
    def is_heard(self) -> bool:
        asked = ["pactl", "list", "short", "sink-inputs"]
        return bool(subprocess.run(asked, env=self.environment, capture_output=True, check=True).stdout.strip())

    def do(self, what: str) -> None:
        assert self._child.stdin is not None
        print(what, file=self._child.stdin, flush=True)

    def end(self) -> int:
        self._child.communicate("")
        return self._child.returncode

    def kill(self) -> None:
        self._child.kill()
        self._child.communicate()


@pytest.fixture
def card(tmp_path: Path) -> Card:
    if lacking := missing():
        pytest.skip(f"this machine lacks {', '.join(lacking)}")
    return Card(tmp_path)


@pytest.fixture
def program(card: Card) -> Iterator[Program]:
    program = Program(card)
    yield program
    program.kill()


@pytest.fixture
def untold(card: Card) -> Iterator[Program]:
    program = Program(card, UNTOLD)
    yield program
    program.kill()


def test_a_server_that_starts_anew_is_played_to_again(card: Card, program: Program) -> None:
    with card:
        program.begin()
        program.goes_on()
    ended = time.monotonic()
    with card:
        is_soon = time.monotonic() - ended < 2.0  # on a computer that is so busy it may be too late for Qt
        program.tells(lambda _, may_play, __: not may_play)
        program.tells(lambda _, may_play, is_final: may_play or (is_final and not is_soon))
        program.tells(lambda *_: program.is_heard or not is_soon)
        program.goes_on()
        assert program.end() == 0


def test_one_that_comes_too_late_ends_neither_the_call_nor_the_program(card: Card, program: Program) -> None:
    with card:
        program.begin()
    program.tells(lambda _, __, is_final: is_final)
    program.goes_on()
    with card:
        for what in ("choose", "anew"):
            program.do(what)
            program.goes_on()
        assert not program.is_heard
        assert program.end() == 0


def test_who_hears_nothing_of_the_server_does_not_ask_qt_again(card: Card, untold: Program) -> None:
    with card:
        untold.begin()
        untold.goes_on()
    ended = untold.tells(lambda *_: True)
    untold.tells(lambda fetched, *_: fetched > ended + 4 * RATE)  # twice as long as until it looks again
    assert untold.end() == 0
