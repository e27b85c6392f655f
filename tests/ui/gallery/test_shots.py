"""The pictures: every screen in every look, size and way, files that any program reads, and failures by name."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.main import main
from app.ui.gallery import screens
from app.ui.gallery.devices import SECTIONS
from app.ui.gallery.png import write_png
from app.ui.gallery.render import SCREENS
from app.ui.gallery.screens import Scene, Screen, Studio
from app.ui.gallery.shots import LOOKS, ROUNDS, SCALED, WAYS, Failed, Shot, is_blank, picture, shots, show
from app.ui.gallery.still import Projector
from app.ui.settings.page import SettingsPage
from tests.ui.gallery.conftest import Open


def test_a_picture_is_read_back_as_it_was(tmp_path: Path) -> None:
    image = QImage(37, 23, QImage.Format.Format_RGB32)
    for y in range(image.height()):
        for x in range(image.width()):
            image.setPixelColor(x, y, QColor(7 * x % 256, 11 * y % 256, (x + y) % 256))
    write_png(image, tmp_path / "one.png")
    read = QImage(str(tmp_path / "one.png"))
    assert read.convertToFormat(QImage.Format.Format_RGB32) == image


def test_a_blank_picture_is_known() -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    assert is_blank(image)
    image.setPixelColor(16, 32, QColor("#FFFFFF"))
    assert not is_blank(image)


def test_every_look_size_and_way_has_a_picture_of_its_own() -> None:
    wanted = [name for shot in shots(list(SCREENS.values()), tuple(WAYS)) for name in shot.names]
    assert len(wanted) == len(set(wanted))
    assert Shot(SCREENS["home"], "").names == [
        f"home-{look}-{size}" for size in ("960x640", "1440x900") for look in LOOKS
    ]
    assert Shot(SCREENS["home"], SCALED).names == [f"home-scale200-{look}-960x640" for look in LOOKS]
    assert Shot(SCREENS["room-mini"], "de").names == [f"room-mini-de-{look}-320x200" for look in LOOKS]


def test_every_section_of_the_settings_has_a_screen(open_screen: Open) -> None:
    page = open_screen("settings-about")
    assert isinstance(page, SettingsPage)
    assert [getattr(page, name) for name in SECTIONS] == list(page.sections)


class _Picture(QLabel):
    """Shows what a slot has only when it is painted, as a tile does."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = ""
        self.film = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        self.seen = self.film


def test_a_picture_is_taken_when_the_screen_is_ready_and_its_film_has_played(
    qtbot: QtBot, ui_loop: asyncio.AbstractEventLoop
) -> None:
    window = _Picture()
    qtbot.addWidget(window)
    asked: list[str] = []
    begun_anew: list[bool] = []
    projector = Projector(
        window,
        lambda: setattr(window, "film", window.size().toTuple()),
        lambda: begun_anew.append(True),
    )
    projector.stop()  # a timer that is late

    def is_ready() -> bool:
        asked.append("before" if "opened" not in asked else "after")
        return asked.count(asked[-1]) > 3 * ROUNDS

    scene = Scene(window, lambda: asked.append("opened"), is_ready)
    ui_loop.run_until_complete(show(scene, 320, 200))
    picture(window)
    assert window.seen == (320, 200)
    assert begun_anew == [True], "what came too early is shown again"
    assert asked.count("opened") == 1
    assert min(asked.count("before"), asked.count("after")) > 3 * ROUNDS


def test_a_screen_that_is_never_ready_fails(
    qtbot: QtBot, ui_loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.gallery.shots._LONGEST_S", 0.05)
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(Failed, match="never ready"):
        ui_loop.run_until_complete(show(Scene(window, is_ready=lambda: False), 320, 200))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker of a process of its own would not know it: so this one does the work itself."""

    def build(studio: Studio) -> QWidget:
        raise RuntimeError("no such widget")

    monkeypatch.setitem(screens.SCREENS, "broken", Screen("broken", build, 0, None, in_all_ways=False))


def test_a_screen_that_fails_is_named(
    broken: None, tmp_path: Path, capfd: pytest.CaptureFixture[str], ui_loop: object
) -> None:
    share = ["--share", "plain", "0", "1", "--folder", str(tmp_path / "kept")]
    code = main(["screens", "--out", str(tmp_path), "--only", "broken", *share])
    said = capfd.readouterr()
    assert code == 1
    assert "! broken" in said.out
    assert "no such widget" in said.err


def test_pictures_are_painted_by_processes_of_their_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = main(["screens", "--out", str(tmp_path), "--only", "opening"])
    said = capfd.readouterr()
    assert code == 0, said.err
    assert sorted(one.name for one in tmp_path.glob("*.png")) == sorted(
        f"{name}.png" for name in Shot(SCREENS["opening"], "").names
    )
    assert "6 of 6 pictures" in said.err
    assert "opening-dark-960x640.png" in (tmp_path / "index.html").read_text()
    assert not is_blank(QImage(str(tmp_path / "opening-dark-960x640.png")))


def test_a_screen_that_is_not_there_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["screens", "--out", str(tmp_path), "--only", "nowhere"]) == 2
    assert "nowhere" in capfd.readouterr().err
