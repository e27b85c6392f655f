"""What is kept here and what the server counts, with a real server and a real disk."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from app.account import Account, MemoryVault
from app.config import SettingsFile
from app.errors import ServerUnreachable
from app.net.rest import RestClient
from app.study.book import FILE, MOST_SAID, Book, BookFailed
from app.study.days import StudyDay
from app.study.stays import Outcome, Said
from app.study.study import Study, StudyPhase
from tests.fakes.house import House
from tests.study.people import stay, today

PATIENCE_S = 20


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path / "server") as one:
        yield one


@pytest_asyncio.fixture
async def account(tmp_path: Path) -> AsyncIterator[Account]:
    one = Account(vault=MemoryVault(), settings=SettingsFile(tmp_path / "config"))
    yield one
    await one.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / FILE


async def signed_in(account: Account, house: House) -> None:
    await account.register(house.url, "Ann", "ann@example.org", "long enough", "student")


async def test_a_stay_is_counted_by_the_server(house: House, account: Account, path: Path) -> None:
    await signed_in(account, house)
    study = Study(account, Book(path))
    day, before = today(), today() - timedelta(days=1)
    await study.record(stay("a", day))
    await study.record(stay("b", before, 10))
    state = study.store.state
    assert (state.phase, state.waiting, state.problem) == (StudyPhase.READY, 0, None)
    assert state.days == (StudyDay(before, 10, 1), StudyDay(day, 50, 1))
    assert [(one.date, one.count) for one in await account.rest.activities()] == [
        (before, 1),
        (day, 1),
    ]
    assert state.streaks(day).current_streak == 2
    await study.close()


async def test_what_was_too_short_is_nothing(house: House, account: Account, path: Path) -> None:
    await signed_in(account, house)
    study = Study(account, Book(path))
    await study.record(stay("a", minutes=0.9))
    await study.refresh()
    assert (study.store.state.days, await account.rest.activities()) == ((), ())
    await study.close()


async def test_a_goal_that_was_answered_is_kept_however_short_the_stay(
    house: House, account: Account, path: Path
) -> None:
    await signed_in(account, house)
    study = Study(account, Book(path))
    await study.record(stay("a", minutes=0.5, goal="Sheet 4"))
    await study.answer("a", Outcome.PARTLY)
    await study.answer("a", Outcome.DONE)
    await study.close()
    again = Study(account, Book(path))
    await again.refresh()
    assert [(one.key, one.goal, one.outcome) for one in again.store.state.stays] == [("a", "Sheet 4", Outcome.DONE)]
    assert (again.store.state.days, again.store.state.waiting, await account.rest.activities()) == ((), 0, ())
    await again.close()


async def test_a_goal_that_was_answered_in_the_room_is_kept_however_short_the_stay(
    house: House, account: Account, path: Path
) -> None:
    await signed_in(account, house)
    study = Study(account, Book(path))
    await study.record(stay("a", minutes=0.5, goal="Sheet 4", outcome=Outcome.DONE))
    assert [(one.key, one.outcome) for one in study.store.state.stays] == [("a", Outcome.DONE)]
    assert await account.rest.activities() == ()
    await study.close()


async def test_what_could_not_be_counted_is_counted_later_and_once(house: House, account: Account, path: Path) -> None:
    await signed_in(account, house)
    study = Study(account, Book(path))
    await study.refresh()
    await house.stop_server()
    await study.record(stay("a"))
    state = study.store.state
    assert (state.waiting, [one.minutes for one in state.days]) == (1, [50])
    assert isinstance(state.problem, ServerUnreachable)
    await study.close()

    await house.start_server()
    again = Study(account, Book(path))
    await again.refresh()
    await again.refresh()
    assert (again.store.state.waiting, again.store.state.problem) == (0, None)
    assert [one.count for one in await account.rest.activities()] == [1]
    await again.close()


async def test_without_an_account_it_stays_on_this_computer(house: House, account: Account, path: Path) -> None:
    study = Study(account, Book(path))
    await study.record(stay("a"))
    assert [one.minutes for one in study.store.state.days] == [50]
    assert study.store.state.waiting == 0
    await signed_in(account, house)
    await study.refresh()
    assert study.store.state.days == ()
    await account.sign_out()
    await study.refresh()
    assert [one.minutes for one in study.store.state.days] == [50]
    await study.close()


async def test_answers_and_notes_are_remembered(account: Account, path: Path) -> None:
    study = Study(account, Book(path))
    await study.record(stay("a", goal="Sheet 4"))
    await study.answer("a", Outcome.PARTLY)
    await study.remember_notes("a", "/home/lena/notes.md")
    await study.answer("unknown", Outcome.DONE)
    await study.close()
    again = Study(account, Book(path))
    await again.refresh()
    [known] = again.store.state.stays
    assert (known.outcome, known.notes, known.goal) == (Outcome.PARTLY, "/home/lena/notes.md", "Sheet 4")
    await again.close()


async def test_what_was_said_is_kept_beside_the_stay(account: Account, path: Path) -> None:
    lines = (
        Said(datetime(2026, 5, 14, 12, tzinfo=UTC), "Ömer", "On <it> ✓"),
        Said(datetime.now(UTC), "Ann", "\n# yes"),
    )
    study = Study(account, Book(path))
    await study.record(stay("a"), lines)
    await study.record(stay("b"))
    await study.close()
    again = Study(account, Book(path))
    assert (await again.said("a"), await again.said("b"), await again.said("unknown")) == (lines, (), ())
    await again.close()


async def test_no_more_is_kept_than_anybody_reads(path: Path) -> None:
    book = Book(path)
    moment = datetime(2026, 5, 14, tzinfo=UTC)
    await book.write_said("a", [Said(moment, "Ann", str(number)) for number in range(MOST_SAID + 5)])
    kept = await book.read_said("a")
    assert (len(kept), kept[0].text) == (MOST_SAID, "5")
    await book.close()


@pytest.mark.expects_log("cannot be read|could not be written")
async def test_a_disk_that_refuses_does_not_lose_the_evening(account: Account, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    study = Study(account, Book(tmp_path / "taken" / FILE))
    await study.record(stay("a"))
    assert study.store.state.problem is not None
    assert [one.minutes for one in study.store.state.days] == [50]
    await study.close()


@pytest.mark.expects_log("cannot be read|could not be written")
async def test_a_book_that_was_locked_is_read_and_written_later(
    house: House, account: Account, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.study.book.BUSY_S", 0.0)
    await signed_in(account, house)
    before = Study(account, Book(path))
    await before.record(stay("a", today() - timedelta(days=1)))
    await before.close()
    study = Study(account, Book(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        await study.refresh()
        assert isinstance(study.store.state.problem, BookFailed)
        await study.record(stay("b"))
        assert [one.key for one in study.store.state.stays] == ["b"]
    await study.refresh()
    state = study.store.state
    assert ([one.key for one in state.stays], state.problem) == (["a", "b"], None)
    await study.close()
    again = Study(account, Book(path))
    await again.refresh()
    assert again.store.state.stays == state.stays
    await again.close()


FULL, ROOMY = "PRAGMA query_only = 1", "PRAGMA query_only = 0"
"""As on a full disk, what is there can be read and nothing can be added; and as on one that has room again."""


async def make(book: Book, pragma: str) -> None:
    await book._run(lambda database: database.execute(pragma).close())  # pyright: ignore[reportPrivateUsage]


@pytest.mark.expects_log("cannot be read|could not be written")
async def test_what_a_full_disk_does_not_take_is_said_and_tried_again(
    house: House, account: Account, path: Path
) -> None:
    await signed_in(account, house)
    book, line = Book(path), Said(datetime.now(UTC), "Yuki", "Nearly done")
    study = Study(account, book)
    await study.refresh()
    await make(book, FULL)
    await study.record(stay("a"), [line])
    assert isinstance(study.store.state.problem, BookFailed)
    await study.refresh()
    state = study.store.state
    assert isinstance(state.problem, BookFailed)
    assert ([one.minutes for one in state.days], await study.said("a")) == ([50], ())
    assert [one.count for one in await account.rest.activities()] == [1]  # at least the day is kept

    await make(book, ROOMY)
    await study.refresh()
    assert study.store.state.problem is None
    await study.close()
    again = Study(account, Book(path))
    await again.refresh()
    assert [(one.key, one.is_counted) for one in again.store.state.stays] == [("a", True)]
    assert await again.said("a") == (line,)
    assert [one.count for one in await account.rest.activities()] == [1]
    await again.close()


@pytest.mark.expects_log("could not be written")
async def test_what_a_full_disk_does_not_take_is_written_whoever_is_signed_in_by_then(
    house: House, account: Account, path: Path
) -> None:
    await signed_in(account, house)
    book = Book(path)
    study = Study(account, book)
    await study.refresh()
    study.enter(stay("a").session_id)
    await account.sign_out()
    await make(book, FULL)
    await study.record(stay("a"))
    assert isinstance(study.store.state.problem, BookFailed)
    await make(book, ROOMY)
    await study.refresh()
    assert (study.store.state.problem, study.store.state.stays) == (None, ())
    await account.sign_in(house.url, "ann@example.org", "long enough")
    await study.close()
    again = Study(account, Book(path))
    await again.refresh()
    assert [one.key for one in again.store.state.stays] == ["a"]
    await again.close()


async def test_a_stay_is_kept_for_whom_its_room_was_opened(house: House, account: Account, path: Path) -> None:
    await signed_in(account, house)
    study = Study(account, Book(path))
    await study.refresh()
    visit = stay("a", goal="Sheet 4")
    study.enter(visit.session_id)
    await account.sign_out()
    await study.record(visit)
    await study.answer("a", Outcome.DONE)
    assert study.store.state.stays == ()
    await account.sign_in(house.url, "ann@example.org", "long enough")
    await study.refresh()
    state = study.store.state
    assert [(one.key, one.outcome, one.is_counted) for one in state.stays] == [("a", Outcome.DONE, True)]
    assert [one.count for one in await account.rest.activities()] == [1]
    await study.close()


async def test_ending_does_not_wait_for_a_server_that_does_not_answer(
    house: House, account: Account, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.net.rest.TIMEOUT_S", 3_600.0)
    asked = asyncio.Event()

    async def be_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    await signed_in(account, house)
    silent = await asyncio.start_server(be_silent, "127.0.0.1", 0)
    rest, account.rest = account.rest, RestClient(f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}")
    study = Study(account, Book(path))
    async with asyncio.timeout(PATIENCE_S):
        refreshing = asyncio.create_task(study.refresh())
        await asked.wait()
        recording = asyncio.create_task(study.record(stay("a")))
        await asyncio.sleep(0)  # by now it waits for its turn
        await study.close()
        await asyncio.gather(refreshing, recording)
    await account.rest.close()
    silent.close()
    account.rest = rest
    again = Study(account, Book(path))
    await again.refresh()
    assert [(one.key, one.is_counted) for one in again.store.state.stays] == [("a", True)]
    await again.close()


async def test_a_stay_is_kept_where_the_app_died_in_the_room(house: House, account: Account, path: Path) -> None:
    await signed_in(account, house)
    day, line = today() - timedelta(days=1), Said(datetime.now(UTC), "Yuki", "Nearly done")
    died = Study(account, Book(path))
    died.enter("s1")
    await died.note(stay("short", day, 0.5))
    await died.note(stay("a", day, 20, goal="Sheet 4"))
    await died.note(stay("a", day, 21, goal="Sheet 4"), [line])
    await died.refresh()
    assert died.store.state.stays == ()  # it goes on
    study = Study(account, Book(path))
    await study.refresh()
    assert [(one.key, one.minutes, one.goal) for one in study.store.state.stays] == [("a", 21, "Sheet 4")]
    assert [(one.date, one.count) for one in await account.rest.activities()] == [(day, 1)]
    assert await study.said("a") == (line,)
    for one in (died, study):
        await one.close()


async def test_what_was_noted_is_a_stay_once(house: House, account: Account, path: Path) -> None:
    await signed_in(account, house)
    study = Study(account, Book(path))
    day = today() - timedelta(days=1)
    await study.note(stay("a", day, 20))
    await study.record(stay("a", day, 50))
    await study.refresh()
    assert [one.minutes for one in study.store.state.stays] == [50]
    assert [one.count for one in await account.rest.activities()] == [1]
    await study.close()


@pytest.mark.expects_log("could not be noted")
async def test_a_disk_that_takes_no_note_does_not_matter_to_the_room(account: Account, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    study = Study(account, Book(blocked / FILE))
    await study.note(stay("a"))
    await study.close()
