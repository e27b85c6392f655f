"""What the picker asks of a desktop: ``app.media.capture.surfaces.Surfaces``, as a type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QImage

from app.media.sources import SourceSpec

if TYPE_CHECKING:
    from app.media.capture.surfaces import Surface


class Desktop(Protocol):
    @property
    def asks_itself(self) -> bool: ...

    def listed(self) -> tuple[Surface, ...]: ...
    def watch(self, glimpsed: Callable[[SourceSpec, QImage], None]) -> None: ...
    def close(self) -> None: ...
