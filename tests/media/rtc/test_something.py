"""Nobody reports before there is something to report, and who ends before that ends as ever."""

from __future__ import annotations

import asyncio

from app.media.rtc.something import Something


class Reporter:
    def __init__(self) -> None:
        self.started, self.exited = asyncio.Event(), asyncio.Event()


async def test_it_waits_for_something() -> None:
    of = Reporter()
    something = Something(of, ("started", "exited"))
    waiting = asyncio.create_task(something.comes())
    await of.started.wait()
    assert not waiting.done()
    something.begin()
    something.begin()
    assert await waiting
    assert not of.exited.is_set(), "that is for those who report"


async def test_what_ends_before_is_told() -> None:
    of = Reporter()
    waiting = asyncio.create_task(Something(of, ("started", "exited")).comes())
    await of.started.wait()
    waiting.cancel()
    await of.exited.wait()
    assert not await waiting
