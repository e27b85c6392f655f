"""Names and messages made harmless, and words for everything that goes wrong."""

from __future__ import annotations

import sys

import pytest

from app.errors import (
    ConnectionBlocked,
    DeskmatesError,
    DeviceError,
    DeviceKind,
    DeviceProblem,
    HostingFailed,
    MessageProblem,
    MessageRefused,
    ServerRefused,
    ServerUnreachable,
    SignedOut,
)
from app.room.state import Refusal
from app.ui.words import explain, explain_device, explain_refusal, line, person, plain
from protocol.errors import BadPayload, ErrorCode
from protocol.model import MAX_TEXT


def test_bidi_overrides_and_controls_go() -> None:
    assert line("Le\u202ena\u2066 Hoff\u0000mann\u200f") == "Lena Hoffmann"
    assert plain("a\x07b\x1b[31mc") == "ab[31mc"


def test_a_name_is_one_line_and_a_message_keeps_its_lines() -> None:
    assert line("  Lena \n\t Hoffmann ") == "Lena Hoffmann"
    assert plain("one\r\ntwo\u2028three\rfour") == "one\ntwo\nthree\nfour"


def test_a_name_of_nothing_has_words_in_its_place() -> None:
    assert person("\u200b\u202e \u3164") == "Somebody"


@pytest.mark.parametrize(
    "name", ["\u200d", "\u200c\u200d", "\ufe0f", "\u034f", "\u2800", "\U000e0061", "\u2064", "\u200d \u2800"]
)
def test_a_name_that_nobody_would_see_is_nothing(name: str) -> None:
    assert line(name) == "" and person(name) == "Somebody"
    assert line(f"{name}Zoë").strip(name).strip() == "Zoë"


def test_letters_of_all_scripts_and_joined_emoji_stay() -> None:
    for text in ("Ольга", "李雷", "محمد", "हिन्दी", "👩‍💻", "Zoë", "🏳️‍🌈", "می\u200cخواهم", "⠨⠵⠀⠊", "1️⃣"):
        assert line(text) == text


def test_stacked_marks_are_cut() -> None:
    assert len(line("e" + "\u0301" * 50)) <= 5


def test_html_is_left_alone_for_plain_labels_to_show() -> None:
    assert line("<b>x</b>") == "<b>x</b>"


@pytest.mark.parametrize("problem", MessageProblem)
def test_every_refused_message_is_explained_in_the_persons_language(german: None, problem: MessageProblem) -> None:
    words = explain(MessageRefused(problem, length=MAX_TEXT + 1_234, detail="no words for people"))
    assert words.endswith(".")
    assert words.split()[0] in ("Es", "Um", "Zu", "Deine")
    assert ("1.234" in words) == (problem is MessageProblem.TOO_LONG)


@pytest.mark.parametrize("kind", DeviceKind)
@pytest.mark.parametrize("problem", DeviceProblem)
def test_every_device_problem_has_words(kind: DeviceKind, problem: DeviceProblem) -> None:
    words = explain_device(kind, problem)
    assert words.endswith(".")
    assert "%" not in words
    assert explain(DeviceError(kind, problem)) == words


def test_the_words_of_the_design_stand() -> None:
    busy = "Another app is using your camera. Close it, then try again. You can join without video."
    assert explain_device(DeviceKind.CAMERA, DeviceProblem.BUSY) == busy
    absent = "No microphone found. Plug one in; we’ll notice. You can still listen and chat."
    assert explain_device(DeviceKind.MICROPHONE, DeviceProblem.ABSENT) == absent
    away = "We can’t reach study.example.org. Check the address, or ask whoever runs it."
    assert explain(ServerUnreachable("https://study.example.org/x", "timed out")) == away


def test_a_blocked_device_is_explained_for_the_system_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "System Settings › Privacy & Security › Camera" in explain_device(DeviceKind.CAMERA, DeviceProblem.DENIED)
    monkeypatch.setattr(sys, "platform", "win32")
    assert "Windows is blocking the microphone" in explain_device(DeviceKind.MICROPHONE, DeviceProblem.DENIED)


@pytest.mark.parametrize("code", ErrorCode)
def test_every_refusal_has_words(code: ErrorCode) -> None:
    words = explain_refusal(Refusal(code, ""))
    assert words.endswith(".")
    assert code not in words.split()


def test_a_full_session_says_how_full_where_it_is_known() -> None:
    assert "8 of 8" in explain_refusal(Refusal("full"), places=8)


def test_a_room_that_cannot_be_kept_here_names_the_folder_and_no_restart() -> None:
    words = explain(HostingFailed("[Errno 13] Permission denied: '/home/ann'"))
    assert "folder" in words
    assert "restart" not in words and "Errno" not in words


def test_a_server_without_codes_is_quoted_and_an_inner_fault_is_not() -> None:
    assert explain(ServerRefused(400, "", "User already exists")) == "The server says: User already exists"
    assert "Traceback" not in explain(ServerRefused(500, "", "Traceback (most recent call last)"))


@pytest.mark.parametrize(
    "error",
    [
        DeskmatesError("x"),
        SignedOut(401, "unauthorised", "jwt expired"),
        ConnectionBlocked("x"),
        BadPayload("user-joined", "socketId", "missing"),
        KeyError("secret"),
        TimeoutError(),
    ],
    ids=lambda one: type(one).__name__,
)
def test_everything_else_has_words_too(error: Exception) -> None:
    words = explain(error)
    assert words.endswith(".")
    assert type(error).__name__ not in words
    assert "secret" not in words and "jwt" not in words


def test_a_window_that_was_closed_is_not_plugged_in_again() -> None:
    for problem in (DeviceProblem.ABSENT, DeviceProblem.SILENT, DeviceProblem.BUSY, DeviceProblem.FAILED):
        words = explain_device(DeviceKind.SCREEN, problem).lower()
        assert "plug" not in words
        assert "window" in words
