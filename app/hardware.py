"""What is plugged into this computer: one value for all who show or use it, looked up anew when something changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from app.choices import Devices
from app.store import Store


def plugged_in() -> Devices:
    """Everything there is now. Takes some milliseconds; any thread."""
    from app.media import devices

    return Devices(devices.cameras(), devices.microphones(), devices.speakers())


class Hardware:
    """``store`` holds None until the first look. Everything else runs on the engine's loop."""

    def __init__(self, look: Callable[[], Devices] = plugged_in) -> None:
        """``look`` is called in a thread of its own."""
        self.store: Store[Devices | None] = Store(None)
        self._look = look
        self._turn = asyncio.Lock()
        self._begun = 0
        """How many looks were begun."""

    async def look(self) -> Devices:
        """What there is now. Whoever asks while somebody looks waits for one look after it, however many ask."""
        asked = self._begun
        async with self._turn:
            if self._begun == asked or self.store.state is None:
                self._begun += 1
                self.store.set(await asyncio.to_thread(self._look))
            assert self.store.state is not None
            return self.store.state
