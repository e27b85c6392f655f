"""Popups on a desktop through whose windows nothing can be seen: nothing of them is black."""

from __future__ import annotations

import sys

import pytest

from app.ui.tokens import LIGHT
from tests.fakes.desktop import told_on_a_desktop


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is a desktop for Linux")
def test_popups_are_square_and_whole_where_there_is_no_compositor() -> None:
    told = told_on_a_desktop("tests/ui/seen_on_bare_x11.py")
    surface = LIGHT.surface.lower()
    assert told == {
        "clear": False,
        "menu": surface,
        "row": surface,
        "around the row": "#ff0000",
        "clear with a compositor": True,
    }
