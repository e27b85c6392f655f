"""Covers app/ui/about."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.about.licences import Licence, licences
from app.ui.about.window import LicencesWindow
from app.ui.settings.page import SettingsPage
from tests.ui.own_desk import OwnDesk


def test_what_is_shipped_is_listed_with_its_terms() -> None:
    found = {one.name.casefold(): one for one in licences()}
    assert {"deskmates", "inter", "lucide", "aiortc", "av", "numpy", "pydantic"} <= set(found)
    assert "pytest" not in found
    assert "SIL OPEN FONT LICENSE" in found["inter"].text().upper()
    assert "ISC" in found["lucide"].text()
    assert "Redistribution" in found["aiortc"].text()
    assert "LGPL" in next(one.terms for name, one in found.items() if name.startswith("pyside6"))
    assert all(one.text() for one in found.values()), [one.name for one in found.values() if not one.text()]


def test_a_file_that_went_away_leaves_the_short_name(tmp_path: Path) -> None:
    assert Licence("x", "1", "MIT", (tmp_path / "gone",)).text() == "MIT"


def test_what_cannot_be_read_can_be_asked_for_again(
    qtbot: QtBot,
    desk: OwnDesk,
    ui_loop: asyncio.AbstractEventLoop,
    light: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    about = tmp_path / "broken-1.0.dist-info" / "METADATA"
    about.parent.mkdir()
    about.write_bytes(b"Name: \xff\n")
    monkeypatch.syspath_prepend(tmp_path)
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.about.licences.click()
    assert not page.about.licences.isEnabled()
    qtbot.waitUntil(page.about.licences.isEnabled)
    assert page.licences is None and page.trouble.words.text().startswith("Something went wrong on our side.")
    about.write_bytes(b"Name: broken\nVersion: 1.0\n")
    page.about.licences.click()
    qtbot.waitUntil(lambda: page.licences is not None and page.licences.isVisible())
    assert page.trouble.words.text() == ""
    page.close_bridges()


def test_one_is_found_by_its_name(qtbot: QtBot) -> None:
    window = LicencesWindow(licences())
    qtbot.addWidget(window)
    assert window.title.text() == "Deskmates"
    qtbot.keyClicks(window.search, "luci")
    assert window.list.count() == 1
    assert window.title.text() == "Lucide"
    assert "ISC" in window.text.toPlainText()
    qtbot.keyClicks(window.search, "nonsense")
    assert window.title.text() == "Nothing is called that."
    assert window.text.toPlainText() == ""


def test_a_long_name_is_cut_and_not_scrolled_to(qtbot: QtBot) -> None:
    long = Licence("cryptography-with-a-name", "50.0.2", "Apache-2.0 OR BSD-3-Clause <all>", ())
    window = LicencesWindow((long, Licence("av", "1", "MIT", ())))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    first, second = window.list.item(0), window.list.item(1)
    assert window.list.visualItemRect(first).width() <= window.list.viewport().width()
    assert not window.list.horizontalScrollBar().isVisible()
    assert first.toolTip().endswith("BSD-3-Clause &lt;all&gt;</span>")
    assert second.toolTip() == ""


def test_a_centred_heading_stays_where_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "LICENSE"
    file.write_text("\n      A LICENCE\n    Version 3\n\n")
    assert Licence("x", "1", "", (file,)).text() == "      A LICENCE\n    Version 3"
