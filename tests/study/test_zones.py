"""A stay counts for the day that it was where one studied, wherever this computer is taken afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.room.state import Link, Me, RoomState, SessionInfo
from app.store import Store
from app.study.attendance import Attendance
from app.study.book import FILE, Book
from app.study.stays import Owner
from app.ui.leaving import notes
from app.ui.sessions import when

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the zone of a process")

Go = Callable[[str], None]
KIRITIMATI, PAGO_PAGO = "OWN-14", "OWN+11"
"""More than a day apart: it is never the same day at both."""


async def test_a_stay_keeps_its_day_in_another_zone(live_in: Go, tmp_path: Path) -> None:
    live_in(KIRITIMATI)
    room = Store(RoomState(link=Link.ONLINE, me=Me("u1", "Ann"), session=SessionInfo("s1", "Algebra")))
    stay = Attendance(room).end()
    assert stay is not None
    day, clock = (stay.began + timedelta(hours=14)).date(), when.clock(stay.began)
    book = Book(tmp_path / FILE)
    await book.write(Owner(), stay)
    live_in(PAGO_PAGO)
    [read] = await book.read(Owner())
    await book.close()
    assert (read, read.day) == (stay, day)
    assert when.clock(read.began, read.zone) == clock
    assert f"{clock} – " in notes.markdown(read, ())
