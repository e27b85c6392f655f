"""Links in messages: what is one, and where it really leads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.labels import Label
from app.ui.room.link_sheet import LinkSheet
from app.ui.room.links import LONGEST, MOST, find_links


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("see https://example.org/a?b=c#d.", "https://example.org/a?b=c#d"),
        ("(https://example.org/wiki/Set_(maths))", "https://example.org/wiki/Set_(maths)"),
        ("HTTPS://Example.ORG/Case", "https://example.org/Case"),
        ("https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC"),
        ("https://раураl.example", "https://xn--l-7sba6dbr.example"),
    ],
)
def test_what_a_link_leads_to(text: str, url: str) -> None:
    assert [one.url for one in find_links(text)] == [url]


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://bank.example@evil.example/",
        "https://",
        "https:///path",
        "www.example.org",
        "https://example.org/" + "x" * LONGEST,
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert find_links(text) == ()


def test_a_link_knows_its_letters_and_there_are_not_too_many() -> None:
    text = "a https://one.example, https://two.example"
    assert [text[one.start : one.end] for one in find_links(text)] == ["https://one.example", "https://two.example"]
    assert len(find_links("https://e.example " * 100)) == MOST


def test_the_address_is_shown_before_it_is_opened(qtbot: QtBot) -> None:
    opened: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    (link,) = find_links("https://раураl.example/sign-in")
    sheet = LinkSheet(link, parent, opened.append)
    sheet.show()
    said = [one.accessibleName() for one in sheet.findChildren(QWidget)]
    assert link.url in said
    assert "xn--" in link.url
    assert opened == []
    qtbot.mouseClick(sheet.open_it, Qt.MouseButton.LeftButton)
    assert opened == [link.url]


def test_the_address_can_be_copied_instead(qtbot: QtBot) -> None:
    opened: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    sheet = LinkSheet(find_links("https://example.org/x")[0], parent, opened.append)
    sheet.show()
    qtbot.mouseClick(sheet.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "https://example.org/x"
    assert opened == []


def test_all_of_a_long_host_is_seen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    host = "accounts.bank.example." + "a" * 50 + ".evil.example"
    (link,) = find_links(f"https://{host}/sign-in")
    sheet = LinkSheet(link, parent)
    sheet.show()
    shown = next(one for one in sheet.findChildren(Label) if one.accessibleName() == host)
    assert shown.text().replace("\u200b", "") == host
    widest, flags = shown.contentsRect(), Qt.TextFlag.TextWordWrap
    drawn = shown.fontMetrics().boundingRect(widest, flags, shown.text())
    assert drawn.height() > shown.fontMetrics().height()
    assert drawn.width() <= shown.width() and drawn.height() <= shown.height()
    assert shown.geometry().right() <= sheet.rect().right()
    sheet.close()
