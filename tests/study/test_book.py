from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from random import Random

import pytest

from app.study.book import FILE, Book, BookFailed
from app.study.stays import Mate, Outcome, Owner, Said
from tests.study.people import stay

ME = Owner("http://a.example", "u1")
PAGE = 4096


def by_hand(path: Path, *commands: str) -> None:
    """Change a book that is closed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for command in commands:
            database.execute(command)


async def test_what_was_written_is_there_in_another_run(tmp_path: Path) -> None:
    book = Book(tmp_path / FILE)
    later = stay("b", date(2026, 5, 14), goal="Sheet 4 ✓", mates=(Mate("u2", "Ömer", 900),))
    await book.write(ME, later)
    await book.write(ME, stay("a", date(2026, 5, 13)))
    await book.write(Owner("http://b.example", "u1"), stay("c", date(2026, 5, 12)))
    changed = replace(later, outcome=Outcome.PARTLY, is_counted=True, notes="/home/lena/notes.md")
    await book.write(ME, changed)
    await book.close()
    again = Book(tmp_path / FILE)
    assert await again.read(ME) == (stay("a", date(2026, 5, 13)), changed)
    assert await again.read(Owner()) == ()
    await again.close()


@pytest.mark.expects_log("the book of stays is broken")
async def test_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    book = Book(tmp_path / FILE)
    assert await book.read(ME) == ()
    await book.write(ME, stay("a"))
    assert (tmp_path / f"{FILE}.broken").is_file()
    await book.close()


async def damaged(path: Path) -> None:
    """Write a book of many stays, of which only what is looked at when it is opened is whole."""
    book = Book(path)
    for number in range(400):
        await book.write(ME, stay(f"s{number}", goal="Sheet 4 " * 10))
    await book.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: 2 * PAGE] + Random(7).randbytes(len(whole) - 2 * PAGE))


@pytest.mark.expects_log("the book of stays is broken")
async def test_a_file_that_is_broken_inside_is_set_aside_too(tmp_path: Path) -> None:
    path = tmp_path / FILE
    await damaged(path)
    book = Book(path)
    assert await book.read(ME) == ()
    assert (tmp_path / f"{FILE}.broken").is_file()
    await book.write(ME, stay("a"))
    await book.close()
    again = Book(path)
    assert [one.key for one in await again.read(ME)] == ["a"]
    await again.close()


@pytest.mark.expects_log("the book of stays is broken")
async def test_what_was_set_aside_before_is_kept(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.broken").write_text("an earlier one")
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    book = Book(tmp_path / FILE)
    assert await book.read(ME) == ()
    assert (tmp_path / f"{FILE}.broken").read_text() == "an earlier one"
    assert (tmp_path / f"{FILE}.broken2").is_file()
    await book.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE stays SET outcome = 'postponed' WHERE key = 'a'",
        "UPDATE stays SET mates = '[7]' WHERE key = 'a'",
        "UPDATE stays SET mates = 'no JSON' WHERE key = 'a'",
        "UPDATE stays SET began = 1e300 WHERE key = 'a'",
        "UPDATE stays SET title = x'00ff' WHERE key = 'a'",
    ],
)
async def test_a_stay_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path, change: str) -> None:
    book = Book(tmp_path / FILE)
    for key in ("a", "b"):
        await book.write(ME, stay(key, date(2026, 5, 14)))
    await book.close()
    by_hand(tmp_path / FILE, change)
    assert [one.key for one in await book.read(ME)] == ["b"]
    await book.close()


async def test_a_book_of_a_newer_version_is_read_and_written(tmp_path: Path) -> None:
    book = Book(tmp_path / FILE)
    known = stay("a", date(2026, 5, 14), mates=(Mate("u2", "Ömer", 900),))
    await book.write(ME, known)
    await book.write_said("a", [Said(datetime(2026, 5, 14, tzinfo=UTC), "Ömer", "hello")])
    await book.close()
    mates = '[{"user_id": "u2", "name": "Ömer", "seconds": 900, "mood": "fine"}]'
    by_hand(
        tmp_path / FILE,
        "ALTER TABLE stays ADD COLUMN mood TEXT",
        "ALTER TABLE going_on ADD COLUMN grade TEXT",
        "ALTER TABLE said ADD COLUMN mood TEXT",
        f"UPDATE stays SET mates = '{mates}'",
    )
    later = stay("b", date(2026, 5, 15))
    await book.write(ME, later)
    await book.write_said("b", [Said(datetime(2026, 5, 15, tzinfo=UTC), "Ann", "well")])
    await book.note(ME, later)
    assert await book.take_abandoned(ME, now=later.ended.timestamp() + 190, but="")
    assert await book.read(ME) == (known, later)
    assert [(await book.read_said(key))[0].text for key in ("a", "b")] == ["hello", "well"]
    await book.close()


async def test_words_that_cannot_be_read_are_none(tmp_path: Path) -> None:
    book = Book(tmp_path / FILE)
    await book.write_said("a", [Said(datetime(2026, 5, 14, tzinfo=UTC), "Ömer", "hello")])
    await book.close()
    by_hand(tmp_path / FILE, "UPDATE said SET lines = '[[1]]'")
    assert await book.read_said("a") == ()
    await book.close()


async def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    book = Book(tmp_path / "taken" / FILE)
    with pytest.raises(BookFailed):
        await book.read(ME)
    await book.close()


async def test_what_nobody_goes_on_with_becomes_a_stay(tmp_path: Path) -> None:
    book = Book(tmp_path / FILE)
    died, here = stay("died", date(2026, 5, 13), 20), stay("here", date(2026, 5, 13))
    await book.note(ME, stay("died", date(2026, 5, 13), 19))
    await book.note(ME, died)
    await book.note(ME, here)
    await book.close()
    again = Book(tmp_path / FILE)
    assert await again.read(ME) == ()
    noted = died.ended.timestamp()
    assert not await again.take_abandoned(ME, now=noted + 170, but="here")
    assert not await again.take_abandoned(Owner(), now=noted + 190, but="here")
    assert await again.take_abandoned(ME, now=noted + 190, but="here")
    assert await again.read(ME) == (died,)
    assert not await again.take_abandoned(ME, now=noted + 190, but="here")
    assert await again.take_abandoned(ME, now=here.ended.timestamp() + 190, but="")
    assert await again.read(ME) == (died, here)
    await again.close()


async def test_a_stay_that_has_ended_goes_on_no_more(tmp_path: Path) -> None:
    book = Book(tmp_path / FILE)
    ended = stay("a", date(2026, 5, 13), 50)
    await book.note(ME, stay("a", date(2026, 5, 13), 49))
    await book.write(ME, ended)
    assert not await book.take_abandoned(ME, now=ended.ended.timestamp() + 190, but="")
    assert await book.read(ME) == (ended,)
    await book.close()


COLUMNS_BEFORE = """(key TEXT PRIMARY KEY, server TEXT NOT NULL, user_id TEXT NOT NULL, session_id TEXT NOT NULL,
    title TEXT NOT NULL, began REAL NOT NULL, ended REAL NOT NULL, goal TEXT NOT NULL, outcome TEXT NOT NULL,
    mates TEXT NOT NULL, is_counted INTEGER NOT NULL, notes TEXT NOT NULL)"""


@pytest.mark.parametrize("tables", [("stays",), ("stays", "going_on")])
async def test_a_book_of_an_older_version_goes_on(tmp_path: Path, tables: tuple[str, ...]) -> None:
    known, died = stay("a", date(2026, 5, 13)), stay("died", date(2026, 5, 14))
    by_hand(
        tmp_path / FILE,
        *(f"CREATE TABLE {table} {COLUMNS_BEFORE}" for table in tables),
        *(
            f"INSERT INTO {table} VALUES ('{one.key}', '{ME.server}', '{ME.user_id}', 's1', 'Linear algebra', "
            f"{one.began.timestamp()}, {one.ended.timestamp()}, '', '', '[]', 0, '')"
            for table, one in zip(tables, (known, died), strict=False)
        ),
    )
    book = Book(tmp_path / FILE)
    assert await book.read(ME) == (known,)
    await book.note(ME, died)
    later = stay("b", date(2026, 5, 15), zone=timezone(timedelta(hours=9)), lasted=timedelta(minutes=30))
    await book.write(ME, later)
    assert await book.take_abandoned(ME, now=died.ended.timestamp() + 190, but="")
    await book.close()
    again = Book(tmp_path / FILE)
    assert await again.read(ME) == (known, died, later)
    await again.close()
