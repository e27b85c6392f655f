"""Covers app/engine.py."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from app.engine import Engine, RateLimitedHandler


async def test_a_call_runs_on_the_engines_thread_and_brings_its_result(engine: Engine) -> None:
    async def where() -> str:
        return threading.current_thread().name

    assert await engine.call(where()) == "engine"


async def test_a_call_brings_its_error(engine: Engine) -> None:
    async def fail() -> None:
        raise ValueError("words")

    with pytest.raises(ValueError, match="words"):
        await engine.call(fail())


def test_stopping_cancels_what_still_runs(engine: Engine) -> None:
    started, cancelled = threading.Event(), threading.Event()

    async def forever() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    engine.submit(forever())
    assert started.wait(5)
    engine.stop()
    assert cancelled.is_set()


@pytest.mark.expects_log("on the engine loop")
def test_a_storm_of_one_failure_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    handler = RateLimitedHandler()
    loop = asyncio.new_event_loop()
    with caplog.at_level(logging.ERROR):
        for _ in range(50):
            handler(loop, {"message": "bad datagram", "exception": ValueError("x")})
        handler(loop, {"message": "another", "exception": KeyError("y")})
    loop.close()
    assert [record.getMessage() for record in caplog.records] == [
        "on the engine loop: bad datagram",
        "on the engine loop: another",
    ]
