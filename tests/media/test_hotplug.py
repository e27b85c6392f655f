"""Devices that come and go: by Qt's word on a sound server of the test's own, and by the clock without it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.media import hotplug
from app.media.hotplug import DeviceWatch
from tests.media.audio.cards import CABLE, MICROPHONE, Card, missing

ROOT = Path(__file__).parents[2]
CHILD = """
import json, sys, threading
from PySide6.QtCore import QCoreApplication
from app.media import devices
from app.media.capture import producers
from app.media.hotplug import DeviceWatch
from app.media.sources import SourceSpec

app = QCoreApplication(["watch"])

def say():
    print(json.dumps([[one.id, one.name, one.is_default] for one in devices.microphones()]), flush=True)

first = threading.Thread(target=say)  # as in the app
first.start()
first.join()
sound = next(producers.sounds(SourceSpec.parse("device:" + devices.microphones()[0].id))(threading.Event()))
print(json.dumps(len(sound.content)), flush=True)
watch = DeviceWatch()
watch.changed.connect(say)
print(json.dumps(watch.is_told), flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), app.quit()), daemon=True).start()
app.exec()
"""

LOOKS = """
import json, sys, threading
from PySide6.QtCore import QCoreApplication, qInstallMessageHandler
from app.media import devices
from app.media.hotplug import DeviceWatch

said = []
qInstallMessageHandler(lambda kind, context, message: said.append(message))
app = QCoreApplication(["look"])

def look():
    devices.cameras()
    devices.speakers()

def look_twice():
    for _ in range(2):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    app.quit()

look_before = threading.Thread(target=look)
look_before.start()
look_before.join()
threading.Thread(target=look_twice).start()
app.exec()
watch = DeviceWatch()
look()
print(json.dumps(said))
"""


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    if lacking := missing():
        pytest.skip(f"this machine lacks {', '.join(lacking)}")
    with Card(tmp_path) as card:
        yield card


def pactl(card: Card, *words: str) -> str:
    environment = {**os.environ, **card.environment}
    return subprocess.run(["pactl", *words], env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="PulseAudio only")
def test_microphones_that_are_plugged_in_out_and_made_the_default_are_told_of(card: Card) -> None:
    environment = {**os.environ, **card.environment, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        lines = iter(child.stdout)
        assert json.loads(next(lines)) == [[f"pulse:{MICROPHONE}", "Mic", True]]
        assert json.loads(next(lines)) == 960, "it is opened by that very id"
        assert json.loads(next(lines)) is True
        second = pactl(
            card,
            "load-module",
            "module-remap-source",
            "source_name=second",
            f"master={CABLE}.monitor",
            "source_properties=device.description=Headset",
        )
        assert ["pulse:second", "Headset", False] in json.loads(next(lines))
        pactl(card, "set-default-source", "second")
        assert ["pulse:second", "Headset", True] in json.loads(next(lines))
        pactl(card, "set-default-source", MICROPHONE)
        assert [f"pulse:{MICROPHONE}", "Mic", True] in json.loads(next(lines))
        pactl(card, "unload-module", second.strip())
        assert json.loads(next(lines)) == [[f"pulse:{MICROPHONE}", "Mic", True]], "of which Qt says nothing"
        pactl(card, "unload-module", "module-remap-source")
        assert json.loads(next(lines)) == [], "a server without a microphone"
    finally:
        child.communicate("")
    assert child.returncode == 0


def test_qt_begins_to_watch_cameras_in_a_thread_that_stays() -> None:
    child = subprocess.run(
        [sys.executable, "-c", LOOKS], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert child.returncode == 0, child.stderr
    assert not [line for line in json.loads(child.stdout) if "QSocketNotifier" in line]


def test_without_qts_word_it_is_looked_by_the_clock(
    qapp: QCoreApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hotplug, "LOOK_MS", 20)
    watch = DeviceWatch(plugins=tmp_path)
    assert not watch.is_told
    with qtbot.waitSignals([watch.changed, watch.changed]):
        pass
    watch.deleteLater()
