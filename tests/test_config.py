"""Covers app/config.py and app/paths.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import paths
from app.config import FILE, THEMES, Settings, SettingsFile
from app.ui.theme import ThemeChoice


def test_changes_survive_a_restart(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "deep").change(
        server="https://study.example", was_on={"camera device:1": True}, shortcuts={"chat": "Ctrl+Y"}
    )
    settings = SettingsFile(tmp_path / "deep").state
    assert settings == Settings(
        server="https://study.example", was_on={"camera device:1": True}, shortcuts={"chat": "Ctrl+Y"}
    )


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", "\x00", "[" * 100_000])
def test_a_broken_file_gives_the_defaults(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    assert SettingsFile(tmp_path).state == Settings()


def test_what_cannot_be_used_is_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"server": 7, "email": "a@b.c", "was_on": {"a": "yes"}, "shortcuts": [], "new": 1}')
    assert SettingsFile(tmp_path).state == Settings(email="a@b.c")


def test_a_theme_that_is_not_known_here_is_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"theme": "sepia", "email": "a@b.c"}')
    assert SettingsFile(tmp_path).state == Settings(email="a@b.c")


def test_the_themes_are_those_that_can_be_chosen() -> None:
    assert set(THEMES) == {one.value for one in ThemeChoice}


def test_two_windows_of_the_app_leave_each_others_changes(tmp_path: Path) -> None:
    older, newer = SettingsFile(tmp_path), SettingsFile(tmp_path)
    newer.change(email="a@b.c", names={"camera 1": "Webcam"})
    older.change(theme="dark")
    newer.change(goal="Sheet 4")
    assert SettingsFile(tmp_path).state == Settings(
        email="a@b.c", names={"camera 1": "Webcam"}, theme="dark", goal="Sheet 4"
    )


@pytest.mark.expects_log("cannot write")
def test_a_disk_that_refuses_does_not_lose_the_change(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    settings = SettingsFile(tmp_path / "taken" / "config")
    settings.change(theme="dark")
    assert settings.state.theme == "dark"
    (tmp_path / "taken").unlink()
    settings.change(goal="Sheet 4")
    assert SettingsFile(settings.folder).state == Settings(theme="dark", goal="Sheet 4")


def test_one_variable_moves_everything(own_home: Path) -> None:
    assert {paths.config_dir().parent, paths.data_dir().parent, paths.log_dir().parent} == {own_home}
    assert (paths.resources() / "demo" / "priya.webm").is_file()
