"""The first window: what it waits for, how it is filled, and how Ctrl+C ends the app."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.opening import OpeningWindow, first_tokens
from app.ui.tokens import DARK, HIGH_CONTRAST, LIGHT

HEAVY = (
    "aiohttp aiortc app.desk app.ui.main_window app.ui.theme asyncio av numpy protocol pydantic PySide6.QtMultimedia "
    "PySide6.QtNetwork PySide6.QtSvg qasync server socketio"
)

UNTIL_PAINTED = f"""
import sys
from app.ui.opening import OpeningWindow
import app.windows
def look():
    heavy = set("{HEAVY}".split()) & set(sys.modules)
    print(*sorted(heavy), flush=True)
    import os
    os._exit(0)
first = OpeningWindow.__init__
def init(window, tokens):
    first(window, tokens)
    window.painted.connect(look)
OpeningWindow.__init__ = init
from app.main import main
main([])
"""

UNTIL_FURNISHED = """
import sys
from app.ui.opening import OpeningWindow
furnish = OpeningWindow.furnish
def told(window, content):
    furnish(window, content)
    print("furnished", flush=True)
OpeningWindow.furnish = told
from app.main import main
sys.exit(main([]))
"""


def start(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    with start(UNTIL_PAINTED) as process:
        said, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert said.strip() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_the_app_cleanly(times: int) -> None:
    with start(UNTIL_FURNISHED) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "furnished"
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


class Content(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.may_close = False

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.may_close)


def test_what_is_put_into_the_frame_fills_it_and_decides_whether_it_closes(qtbot: QtBot) -> None:
    frame = OpeningWindow(LIGHT)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(frame.painted):
        frame.show()
    content = Content()
    frame.furnish(content)
    content.setWindowTitle("A room")
    qtbot.waitUntil(lambda: content.size() == frame.size())
    assert frame.windowTitle() == "A room"
    assert not frame.close()
    assert frame.isVisible()
    content.may_close = True
    with qtbot.waitSignal(frame.closed):
        assert frame.close()


def test_the_first_window_has_the_background_of_the_chosen_theme(qtbot: QtBot) -> None:
    assert [first_tokens(choice) for choice in ("light", "dark", "contrast")] == [LIGHT, DARK, HIGH_CONTRAST]
    assert first_tokens("system") in (LIGHT, DARK, HIGH_CONTRAST)
    frame = OpeningWindow(DARK)
    qtbot.addWidget(frame)
    frame.show()
    assert frame.grab().toImage().pixelColor(5, 5).name().upper() == DARK.surface


def test_the_marks_of_the_first_window_are_shipped() -> None:
    folder = Path(__file__).resolve().parents[2] / "resources" / "app"
    assert all((folder / f"mark-{kind}.png").stat().st_size for kind in ("light", "dark"))
