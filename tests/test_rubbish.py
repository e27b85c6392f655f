"""Without windows, rubbish is collected on the loop, and Python collects by itself again afterwards."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref

from app.rubbish import tidying
from tests.media.calls import until


class Knot:
    """Is part of a cycle."""

    def __init__(self, went_in: list[int]) -> None:
        self.itself = self
        weakref.finalize(self, lambda: went_in.append(threading.get_ident()))


async def test_rubbish_goes_on_the_loop_and_nowhere_else() -> None:
    went_in: list[int] = []
    async with tidying():
        assert not gc.isenabled()
        await asyncio.to_thread(lambda: [Knot(went_in) for _ in range(3_000)])
        assert went_in == []
        await until(lambda: len(went_in) == 3_000)
        assert set(went_in) == {threading.get_ident()}
    assert gc.isenabled()
