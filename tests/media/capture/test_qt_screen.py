"""Capture through Qt, in a process of its own that has a desktop: the tests' own Qt has none."""

from __future__ import annotations

import sys

import pytest

from tests.fakes.desktop import HEIGHT, WIDTH, told_on_a_desktop


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is a desktop for Linux")
def test_a_screen_is_captured_and_looked_at_and_what_is_not_there_is_named() -> None:
    told = told_on_a_desktop("tests/media/capture/seen_by_qt.py")
    assert told["usable"]
    assert told["surfaces"][0] == "screen:0"
    spec, width, height, light = told["glimpse"]
    assert (spec, width, height) == ("screen:0", 160, 90)
    assert light > 240
    seen = told["screen:0"]
    assert seen["size"] == [640, 640 * HEIGHT // WIDTH]
    assert seen["luma"] > 220
    assert 1 < seen["fps"] < 7, "nothing changes, so hardly anything is sent"
    assert told["screen:7"]["problem"] == "absent"
    assert told["window:5"]["problem"] == "absent"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is a desktop for Linux")
def test_where_qt_cannot_capture_that_is_said_at_once_and_by_the_self_test() -> None:
    """Not after the minute for which a person may be asked what to show."""
    assert told_on_a_desktop("tests/media/capture/seen_without_backend.py") == ["failed", "failed"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is a desktop for Linux")
def test_a_window_that_is_minimised_is_shown_on_when_it_comes_back() -> None:
    told = told_on_a_desktop("tests/media/capture/seen_minimised.py")
    assert told == {"minimised": "", "shown": "", "closed": "absent"}
