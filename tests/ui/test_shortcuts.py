"""Covers app/ui/shortcuts.py, and the numbers that app/ui/room/shortcuts.py makes of its keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.config import SettingsFile
from app.ui.quitting import quit_by_key
from app.ui.room.shortcuts import RoomKeys
from app.ui.shortcuts import USUAL, Action, Refused, Shortcuts, caps, recorded, words_for

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path)


@pytest.fixture
def shortcuts(settings: SettingsFile) -> Shortcuts:
    return Shortcuts(settings)


def test_every_action_has_words_and_keys_of_its_own() -> None:
    assert len({words_for(action) for action in Action}) == len(Action)
    keys = [key for action in Action for key in USUAL[action]]
    assert len(set(keys)) == len(keys)
    assert all(QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) == key for key in keys)


def test_a_new_key_replaces_the_usual_ones_and_is_kept(shortcuts: Shortcuts, tmp_path: Path) -> None:
    heard: list[tuple[str, ...]] = []
    shortcuts.changed.connect(lambda: heard.append(shortcuts.keys(Action.MICROPHONE)))
    assert shortcuts.keys(Action.MICROPHONE) == ("M", "Ctrl+D")
    assert shortcuts.give(Action.MICROPHONE, "K") is None
    assert heard == [("K",)]
    assert Shortcuts(SettingsFile(tmp_path)).keys(Action.MICROPHONE) == ("K",)
    assert shortcuts.owner("M") is None
    assert shortcuts.owner("K") is Action.MICROPHONE


def test_a_key_that_is_taken_is_refused_in_words(shortcuts: Shortcuts) -> None:
    refused = shortcuts.give(Action.PEOPLE, "C")
    assert refused == Refused("C", Action.CHAT)
    assert refused is not None
    assert refused.words == "Already used by Chat"
    assert shortcuts.keys(Action.PEOPLE) == ("P",)
    assert shortcuts.give(Action.PEOPLE, "3") == Refused("3", Action.PIN)


@pytest.mark.parametrize("key", ["Tab", "Esc", "Return", "Up", "Space"])
def test_keys_for_moving_about_stay_free(shortcuts: Shortcuts, key: str) -> None:
    shortcuts.turn_off(Action.TALK)
    assert shortcuts.give(Action.CHAT, key) == Refused(key)
    assert shortcuts.keys(Action.CHAT) == ("C",)


def test_a_key_that_ends_the_app_is_refused_in_words(shortcuts: Shortcuts) -> None:
    refused = shortcuts.give(Action.MICROPHONE, "Ctrl+Q")
    assert refused is not None
    assert refused.words == "Ctrl+Q ends the app"
    assert shortcuts.keys(Action.MICROPHONE) == ("M", "Ctrl+D")


def test_a_stored_key_that_ends_the_app_still_ends_it(qtbot: QtBot, settings: SettingsFile) -> None:
    settings.change(shortcuts={"microphone": "Ctrl+Q"})
    assert Shortcuts(settings).keys(Action.MICROPHONE) == ("M", "Ctrl+D")
    window = QWidget()
    qtbot.addWidget(window)
    did: list[str] = []
    RoomKeys(window, settings, {Action.MICROPHONE: lambda: did.append("microphone")}, lambda _: None)
    quit_by_key(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_Q, CONTROL)
    assert did == ["microphone"] and window.isHidden()


def test_an_action_can_be_turned_off_and_get_its_keys_back(shortcuts: Shortcuts) -> None:
    shortcuts.turn_off(Action.CHAT)
    assert shortcuts.keys(Action.CHAT) == ()
    assert shortcuts.is_changed(Action.CHAT)
    assert shortcuts.reset(Action.CHAT) is None
    assert shortcuts.keys(Action.CHAT) == ("C",)
    assert not shortcuts.is_changed(Action.CHAT)


def test_usual_keys_that_another_action_was_given_do_not_come_back(shortcuts: Shortcuts) -> None:
    shortcuts.turn_off(Action.CHAT)
    shortcuts.give(Action.HAND, "C")
    assert shortcuts.reset(Action.CHAT) == Refused("C", Action.HAND)
    assert shortcuts.keys(Action.CHAT) == ()
    shortcuts.reset_all()
    assert shortcuts.keys(Action.CHAT) == ("C",)
    assert shortcuts.keys(Action.HAND) == ("R",)


def test_what_a_person_chose_wins_over_a_usual_key_that_came_later(
    settings: SettingsFile, shortcuts: Shortcuts
) -> None:
    settings.change(shortcuts={"hand": "T", "chat": "3"})
    assert shortcuts.keys(Action.HAND) == ("T",)
    assert shortcuts.keys(Action.TIMER) == ()
    assert shortcuts.owner("T") is Action.HAND
    assert shortcuts.keys(Action.PIN) == tuple("12456789")
    assert shortcuts.reset(Action.HAND) is None
    assert shortcuts.keys(Action.TIMER) == ("T",)


def test_a_key_for_pinning_that_became_another_s_leaves_the_rest_their_tiles(
    qtbot: QtBot, settings: SettingsFile
) -> None:
    settings.change(shortcuts={"chat": "3"})
    window = QWidget()
    qtbot.addWidget(window)
    did: list[str | int] = []
    RoomKeys(window, settings, {Action.CHAT: lambda: did.append("chat")}, did.append)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    for key in (Qt.Key.Key_3, Qt.Key.Key_4):
        QTest.keyClick(window, key)
    assert did == ["chat", 4]


def test_of_two_actions_stored_with_one_key_only_one_has_it(settings: SettingsFile, shortcuts: Shortcuts) -> None:
    settings.change(shortcuts={"people": "X", "chat": "X"})
    assert [action for action in Action if "X" in shortcuts.keys(action)] == [Action.CHAT]


def test_what_is_stored_and_makes_no_sense_counts_for_nothing(settings: SettingsFile, shortcuts: Shortcuts) -> None:
    settings.change(shortcuts={"chat": "no such key", "pin": "K", "unheard-of": "X"})
    assert shortcuts.keys(Action.CHAT) == ()
    assert shortcuts.keys(Action.PIN) == ()
    assert shortcuts.owner("X") is None


@pytest.mark.parametrize(
    ("key", "held", "text", "expected"),
    [
        (Qt.Key.Key_K, NONE, "k", "K"),
        (Qt.Key.Key_K, SHIFT, "K", "Shift+K"),
        (Qt.Key.Key_M, CONTROL | SHIFT, "\r", "Ctrl+Shift+M"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_F5, NONE, "", "F5"),
        (Qt.Key.Key_Space, NONE, " ", "Space"),
        (Qt.Key.Key_Control, CONTROL, "", None),
    ],
)
def test_what_is_pressed_is_read(
    qapp: QApplication, key: Qt.Key, held: Qt.KeyboardModifier, text: str, expected: str | None
) -> None:
    assert recorded(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) == expected


@pytest.mark.parametrize(
    ("key", "parts"),
    [("M", ["M"]), ("Ctrl+Shift+M", ["Ctrl", "Shift", "M"]), ("+", ["+"]), ("Ctrl++", ["Ctrl", "+"])],
)
def test_keys_pressed_together_are_shown_one_by_one(qapp: QApplication, key: str, parts: list[str]) -> None:
    assert caps(key) == parts
