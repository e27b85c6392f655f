"""python-socketio without what its synchronous client alone needs: import it from here.

That client looks for ``requests`` and ``websocket-client`` when it is imported, and goes without where they are not
installed. With all that they bring along they take 3 MB and a twentieth of a second, and nobody here calls it.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

UNUSED = ("requests", "websocket")


@contextmanager
def _without(names: tuple[str, ...]) -> Generator[None]:
    """Within, importing one of ``names`` fails, unless that was done before."""
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]


with _without(UNUSED):
    import socketio
    import socketio.exceptions  # pyright: ignore[reportUnusedImport] - an attribute of it

__all__ = ["socketio"]
