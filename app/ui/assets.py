"""Where the shipped files (icons, fonts, styles) lie, in a checkout and in a bundle."""

from __future__ import annotations

from pathlib import Path

from app.paths import resources


def asset(*parts: str) -> Path:
    """The path of a shipped file, ``asset("icons", "mic.svg")``.

    Raises:
        FileNotFoundError: it was not shipped.
    """
    path = resources().joinpath(*parts)
    if not path.is_file():
        raise FileNotFoundError(f"not shipped: {'/'.join(parts)}")
    return path
