"""What the room's window remembers: through a restart, within bounds, and whatever is on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.room.memory import FILE, MOST_DRAFTS, MOST_PEOPLE, OFTEN, RoomMemory


def test_it_is_there_after_a_restart(qapp: QApplication, tmp_path: Path) -> None:
    memory = RoomMemory(tmp_path / "new")
    memory.set_volume("u-priya", 1.5)
    memory.set_draft("room", "half a sent")
    memory.count_emoji("☕")
    memory.set_wish("quiet", True)
    memory.save()
    again = RoomMemory(tmp_path / "new")
    assert (again.volume("u-priya"), again.draft("room"), again.often(), again.wish("quiet")) == (
        1.5,
        "half a sent",
        ["☕"],
        True,
    )
    assert (again.volume("u-omar"), again.draft("other"), again.wish("other")) == (1.0, "", False)


def test_what_is_as_usual_is_forgotten(qapp: QApplication) -> None:
    memory = RoomMemory()
    memory.set_volume("u", 0.5)
    memory.set_volume("u", 1.0)
    memory.set_draft("room", "x")
    memory.set_draft("room", " ")
    assert (memory.volume("u"), memory.draft("room")) == (1.0, "")


def test_it_does_not_grow_without_end(qapp: QApplication, tmp_path: Path) -> None:
    memory = RoomMemory(tmp_path)
    for number in range(MOST_PEOPLE + 5):
        memory.set_volume(f"u{number}", 0.5)
    for number in range(MOST_DRAFTS + 5):
        memory.set_draft(f"room {number}", "text")
    assert [memory.volume(one) for one in ("u0", f"u{MOST_PEOPLE + 4}")] == [1.0, 0.5]
    assert [memory.draft(one) for one in ("room 0", f"room {MOST_DRAFTS + 4}")] == ["", "text"]


def test_often_used_emoji_stand_in_front(qapp: QApplication) -> None:
    memory = RoomMemory()
    for emoji in ("a", "b", "b", *(str(number) for number in range(OFTEN))):
        memory.count_emoji(emoji)
    assert memory.often()[0] == "b"
    assert len(memory.often()) == OFTEN


@pytest.mark.parametrize("content", ["", "[]", "{", '{"volumes": 5, "drafts": {"a": 7}, "emoji": null}', "\udcff"])
def test_a_broken_file_is_an_empty_memory(qapp: QApplication, tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8", errors="surrogateescape")
    memory = RoomMemory(tmp_path)
    assert (memory.volume("u"), memory.draft("a"), memory.often()) == (1.0, "", [])


@pytest.mark.expects_log("cannot write")
def test_a_disk_that_refuses_is_survived(qapp: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("not a folder")
    memory = RoomMemory(tmp_path / "file")
    memory.set_volume("u", 2.0)
    memory.save()
    assert memory.volume("u") == 2.0
    assert any("cannot write" in one.message for one in caplog.records)
