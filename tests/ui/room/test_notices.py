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
    assert words(("strained", "")) == [
        "This computer is busy, so others see you with fewer or smaller pictures for now."
    ]
    assert "We can’t connect you and Ada directly" in words(("blocked", "Ada"))[0]


def test_devices_that_come_and_go_are_called_by_their_names() -> None:
    def said(kind: str, now: str, gone: str = "", name: str = "microphone") -> str:
        return told([Notice(1, kind, name, now, gone)])[0].words

    assert said("device-replaced", "Built-in", "USB %2 headset") == "USB %2 headset is gone; using Built-in."
    assert said("device-replaced", "Built-in") == "Your usual microphone is not plugged in; using Built-in."
    assert said("device-back", "USB headset") == "USB headset is back, and in use."
    assert said("device-followed", "Desk", name="speaker") == "Now using Desk, the system’s default."
    assert said("device-found", "HD webcam", name="camera") == "Found HD webcam. Turn it on when you are ready."
