"""What trying one's devices needs from below: ``app.desk.Desk`` is one, a test's own desk another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.engine import Engine
    from app.hardware import Hardware
    from app.media.preview import Preview


class DevicesPort(Protocol):
    """Coroutines run on the engine."""

    @property
    def engine(self) -> Engine: ...
    @property
    def hardware(self) -> Hardware: ...
    async def preview(self) -> Preview: ...
    async def chime(self, speaker: str) -> None: ...
