from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.study.book import FILE, Book, BookFailed
from app.study.stays import Mate, Outcome, Owner
from tests.study.people import stay

ME = Owner("http://a.example", "u1")


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


async def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    book = Book(tmp_path / "taken" / FILE)
    with pytest.raises(BookFailed):
        await book.read(ME)
    await book.close()
