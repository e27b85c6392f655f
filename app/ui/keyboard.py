"""Where the keyboard is."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget


def last_focus(part: QWidget) -> QWidget | None:
    """What inside of ``part`` has the focus, or had it last; None where nothing of it ever had."""
    return cast("QWidget | None", part.focusWidget())  # the stubs leave the None out
