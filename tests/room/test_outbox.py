from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import MessageRefused
from app.room import outbox
from app.room.outbox import Outbox, Place, Waiting
from app.room.state import MessageKind

HERE = Place("http://here", "s1", "u1")
START = datetime(2026, 11, 23, 10, tzinfo=UTC)


def waiting(key: str, after: float = 0.0) -> Waiting:
    return Waiting(key, f"text of {key}", MessageKind.EMOJI, START + timedelta(seconds=after))


async def test_what_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Outbox.in_folder(tmp_path / "not there yet")
    await first.add(HERE, waiting("b", 2))
    await first.add(HERE, waiting("a", 1))
    await first.add(HERE, waiting("c", 3))
    await first.remove("b")
    await first.mark("c", failed=True)
    await first.close()
    second = Outbox.in_folder(tmp_path / "not there yet")
    assert await second.waiting(HERE) == (waiting("a", 1), replace(waiting("c", 3), failed=True))
    await second.close()


async def test_the_oldest_comes_first_whatever_its_key() -> None:
    box = Outbox.in_memory()
    await box.add(HERE, waiting("b", 1))
    await box.add(HERE, waiting("c", 2))
    await box.add(HERE, waiting("a", 2))
    assert [one.key for one in await box.waiting(HERE)] == ["b", "c", "a"]
    await box.close()


async def test_each_place_has_its_own() -> None:
    box = Outbox.in_memory()
    await box.add(HERE, waiting("a"))
    for other in (replace(HERE, server="x"), replace(HERE, session_id="x"), replace(HERE, user_id="x")):
        assert await box.waiting(other) == ()
    await box.close()


async def test_the_same_key_is_written_once() -> None:
    box = Outbox.in_memory()
    await box.add(HERE, waiting("a"))
    await box.add(HERE, replace(waiting("a"), text="another"))
    assert [one.text for one in await box.waiting(HERE)] == ["text of a"]
    await box.close()


async def test_one_too_many_is_refused_and_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MAX_WAITING", 2)
    box = Outbox.in_memory()
    await box.add(HERE, waiting("a"))
    await box.add(HERE, waiting("b"))
    with pytest.raises(MessageRefused, match="too-many"):
        await box.add(HERE, waiting("c"))
    await box.remove("a")
    await box.add(HERE, waiting("c"))
    assert [one.key for one in await box.waiting(HERE)] == ["b", "c"]
    await box.close()


@pytest.mark.expects_log("the outbox is broken")
async def test_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / outbox.FILE
    path.write_bytes(b"this is no database" * 100)
    box = Outbox(path)
    await box.add(HERE, waiting("a"))
    assert [one.key for one in await box.waiting(HERE)] == ["a"]
    await box.close()
    assert path.with_name(outbox.FILE + ".broken").read_bytes().startswith(b"this is no database")


@pytest.mark.expects_log("the outbox .* failed")
async def test_a_file_that_another_app_holds_is_not_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "BUSY_S", 0.05)
    before, box = Outbox.in_folder(tmp_path), Outbox.in_folder(tmp_path)
    await before.add(HERE, waiting("a"))
    await before.close()
    with closing(sqlite3.connect(tmp_path / outbox.FILE, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        assert await box.waiting(HERE) == ()
        other.execute("ROLLBACK")
    assert [one.key for one in await box.waiting(HERE)] == ["a"]
    await box.close()


@pytest.mark.expects_log("the outbox .* failed")
async def test_a_disk_that_refuses_costs_the_message_and_not_the_app(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    box = Outbox(tmp_path / "a file" / "outbox.db")
    with pytest.raises(MessageRefused, match="not-kept"):
        await box.add(HERE, waiting("a"))
    assert await box.waiting(HERE) == ()
    await box.close()


async def test_two_apps_may_share_a_file(tmp_path: Path) -> None:
    one, two = Outbox.in_folder(tmp_path), Outbox.in_folder(tmp_path)
    await one.add(HERE, waiting("a", 1))
    await two.add(HERE, waiting("b", 2))
    assert [waits.key for waits in await one.waiting(HERE)] == ["a", "b"]
    await one.close()
    await two.close()
