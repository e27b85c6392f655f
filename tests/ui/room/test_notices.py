from __future__ import annotations

from app.room.state import Notice
from app.ui.room.notices import told


def words(*notices: tuple[str, str]) -> list[str]:
    return [one.words for one in told([Notice(index, kind, name) for index, (kind, name) in enumerate(notices)])]


def test_arrivals_are_grouped() -> None:
    assert words(("joined", "Ada")) == ["Ada joined"]
    assert words(("joined", "Ada"), ("joined", "Omar")) == ["Ada and Omar joined"]
    assert words(("joined", "Ada"), ("left", "Noah"), ("joined", "Omar"), ("joined", "Yuki")) == [
        "3 people joined",
        "Noah left",
    ]


def test_names_cannot_play_tricks() -> None:
    assert words(("joined", "%2"), ("joined", "\u202eAda")) == ["%2 and Ada joined"]
    assert words(("left", "")) == ["Somebody left"]


def test_devices_are_told_by_their_switch() -> None:
    assert words(("device", "camera"), ("of-a-later-version", "x")) == []


def test_the_rest_has_words() -> None:
    assert words(("also-here", "")) == ["You are in this room on another device too."]
    assert "could not be sent" in words(("message-failed", ""))[0]
    assert "We can't connect you and Ada directly" in words(("blocked", "Ada"))[0]
