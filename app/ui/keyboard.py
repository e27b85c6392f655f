"""Where the keyboard is, and where it goes when its place goes away."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def last_focus(part: QWidget) -> QWidget | None:
    """What inside of ``part`` has the focus, or had it last; None where nothing of it ever had."""
    return cast("QWidget | None", part.focusWidget())  # the stubs leave the None out


def let_go(part: QWidget) -> None:
    """Before ``part`` is disabled or taken away, or comes to mean something else: its focus goes to the page that it is
    in. Qt would hand it to whatever comes next, for a key pressed in haste to press that.
    """
    focused = last_focus(part.window())
    if focused is None or not (focused is part or part.isAncestorOf(focused)):
        return
    around = part.parentWidget()
    while around is not None and around.focusPolicy() == Qt.FocusPolicy.NoFocus:
        around = around.parentWidget()
    if around is not None:
        around.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        focused.clearFocus()
