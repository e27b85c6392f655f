"""Covers app/choices.py."""

from __future__ import annotations

from pathlib import Path

from app.choices import Choices, last_time, remember, source
from app.config import SettingsFile
from app.media.sources import SourceKind, SourceSpec


def test_everything_is_off_on_the_very_first_use(tmp_path: Path) -> None:
    assert last_time(SettingsFile(tmp_path).state) == Choices()


def test_whether_a_device_was_on_is_remembered_for_each_of_them(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    first = Choices("device:a", "device:m", "s", camera_on=True, microphone_on=False, goal="Sheet 4")
    remember(settings, first)
    remember(settings, Choices("device:b", "device:m", "s", camera_on=False, microphone_on=True))
    kept = SettingsFile(tmp_path)
    assert last_time(kept.state) == Choices("device:b", "device:m", "s", camera_on=False, microphone_on=True)
    kept.change(camera="device:a")
    assert last_time(kept.state).camera_on
    kept.change(camera="device:new")
    assert not last_time(kept.state).camera_on


def test_a_text_that_names_no_source_is_the_default_device() -> None:
    assert source("") == source("nonsense") == SourceSpec(SourceKind.DEVICE)
    assert source("test") == SourceSpec(SourceKind.TEST)
