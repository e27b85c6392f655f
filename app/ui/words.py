"""Words for people: names and messages made harmless, and every failure said plainly.

Promises: what comes out of ``plain`` and ``line`` holds no control characters and no bidirectional overrides, so that a
name cannot reorder or hide the text around it; ``explain`` has words for any exception, and never shows a class name.
"""

from __future__ import annotations

import sys
import unicodedata

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QGuiApplication

from app.errors import (
    AlreadyInRoom,
    ConnectionBlocked,
    DeviceError,
    DeviceKind,
    DeviceProblem,
    HostingFailed,
    MessageProblem,
    MessageRefused,
    NotSaved,
    ServerRefused,
    ServerUnreachable,
    SignedOut,
)
from app.room.state import Refusal
from protocol.errors import BadPayload, ErrorCode
from protocol.model import MAX_TEXT
from protocol.rest import PLAIN_SUBJECT

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\ufeff\u115f\u1160\u3164\uffa0")
_BLANK_BRAILLE = "\u2800"
_MAX_COMBINING = 4
"""Marks on one base letter; more is only ever used to smear over neighbouring lines."""


def tr(text: str, count: int = -1) -> str:
    """``text`` in the person's language; ``%n`` stands for ``count``."""
    return QCoreApplication.translate("Words", text, None, count)


def plain(text: str) -> str:
    """A message as it may be shown: line breaks and tabs stay, other controls and bidirectional overrides go."""
    kept: list[str] = []
    marks = 0
    for letter in text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n"):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind == "Mn" else 0
        if letter in _BIDI or letter in _INVISIBLE or marks > _MAX_COMBINING:
            continue
        if kind in ("Cc", "Cs") and letter not in "\n\t":
            continue
        kept.append(letter)
    return "".join(kept)


def line(text: str) -> str:
    """A name or a title as it may be shown: as ``plain``, on one line, without blanks around or doubled; "" where
    nothing of it would be seen.
    """
    words = " ".join(plain(text).split())
    return words if any(map(_is_seen, words)) else ""


def _is_seen(letter: str) -> bool:
    """Also by itself, as joiners and marks are not: those belong to the letters around them."""
    return unicodedata.category(letter) not in ("Cf", "Mn", "Zs") and letter != _BLANK_BRAILLE


def subject_words(text: str) -> str:
    """What a session is about; what the app writes there where nobody said is said in the reader's language."""
    words = line(text)
    return tr("Study room") if words == PLAIN_SUBJECT else words


def subject_of(words: str) -> str:
    """What goes over the wire for what a reader calls a subject: ``subject_words`` the other way."""
    subject = line(words)
    return PLAIN_SUBJECT if subject == tr("Study room") else subject


def one_way(figures: str) -> str:
    """Figures with signs, "2560 × 1440" or "+6", that are read from left to right in any language.

    Where the layout runs from right to left, their parts would otherwise change places.
    """
    is_mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return f"\u2066{figures}\u2069" if is_mirrored else figures


def person(name: str) -> str:
    """Somebody's name, or words in its place where nothing of it can be shown."""
    return line(name) or tr("Somebody")


def host_of(server: str) -> str:
    """The part of a server's address that people know it by."""
    return line(server.partition("://")[2].partition("/")[0] or server)


def explain(error: BaseException) -> str:
    """What to say when ``error`` kept something from working."""
    match error:
        case DeviceError():
            return explain_device(error.kind, error.problem)
        case ServerUnreachable():
            said = tr("We can’t reach %1. Check the address, or ask whoever runs it.")
            return said.replace("%1", host_of(error.host))
        case SignedOut():
            return tr("You’ve been signed out for safety. Sign in again to go on.")
        case ServerRefused():
            return explain_refusal(Refusal(error.code, error.message), error.status)
        case HostingFailed():
            return tr("We can’t start a room on this computer: its folder can’t be written to, or the disk is full.")
        case AlreadyInRoom():
            return tr("You are in a room. Leave it first.")
        case ConnectionBlocked():
            return explain_blocked(tr("the others"))
        case NotSaved():
            said = tr("“%1” is not saved. What you wrote is still in the form.").replace("%1", line(error.title)[:60])
            return f"{said} {explain(error.reason)}"
        case MessageRefused():
            return explain_message(error.problem, error.length)
        case BadPayload():
            return tr("The server’s answer made no sense to us. It may be a different version.")
        case _:
            return tr("Something went wrong on our side. Try again; if it stays, restart the app.")


def explain_refusal(refusal: Refusal, status: int = 0, places: int | None = None) -> str:
    """What to say when a server or a room would not have us. ``places`` makes "full" exact."""
    code = refusal.code or {401: "unauthorised", 404: "not-found", 413: "too-large", 429: "rate-limited"}.get(
        status, ""
    )
    match code:
        case ErrorCode.FULL:
            full = tr("This session is full (%1 of %1).") if places else tr("This session is full.")
            return full.replace("%1", str(places)) + " " + tr("We’ll tell you when a place frees up.")
        case ErrorCode.ENDED:
            return tr("This session has ended.")
        case ErrorCode.NOT_FOUND:
            return tr("This session does not exist any more.")
        case ErrorCode.UNAUTHORISED:
            return tr("You’ve been signed out for safety. Sign in again to go on.")
        case ErrorCode.RATE_LIMITED:
            return tr("That was a bit fast. Wait a moment, then try again.")
        case ErrorCode.TOO_LARGE:
            return tr("That is too long to be sent.")
        case ErrorCode.FAILED:
            return tr("The server could not do that. Try again in a moment.")
        case _:
            pass
    said = line(refusal.message)
    if said and status < 500:
        return tr("The server says: %1").replace("%1", said[:200])
    return tr("The server could not do that. Try again in a moment.")


def explain_message(problem: MessageProblem, length: int = 0) -> str:
    """What to say of a message that cannot be sent; ``length`` is that of one which is too long."""
    match problem:
        case MessageProblem.BLANK:
            return tr("There is nothing to send.")
        case MessageProblem.TOO_LONG:
            said = tr("Too long by %1. Shorten it, or send it in two messages.")
            return said.replace("%1", QLocale().toString(length - MAX_TEXT))
        case MessageProblem.TOO_MANY:
            return tr("Too many messages are waiting to be sent. Try again when you are back online.")
        case MessageProblem.NOT_KEPT:
            return tr("Your message can’t be kept on this computer, so it is not sent. The disk may be full.")


def explain_device(kind: DeviceKind, problem: DeviceProblem) -> str:
    """What to say when a device does not work."""
    said = _device_trouble(kind, problem)
    return f"{said} {_go_on_without(kind)}" if _is_optional(kind, problem) else said


def explain_device_inside(kind: DeviceKind, problem: DeviceProblem) -> str:
    """The same to somebody who is in the room already."""
    is_about_joining = kind is DeviceKind.CAMERA
    return _device_trouble(kind, problem) if is_about_joining else explain_device(kind, problem)


def _is_optional(kind: DeviceKind, problem: DeviceProblem) -> bool:
    """Whether it is said what can be done without it."""
    return kind is not DeviceKind.SCREEN and problem in (DeviceProblem.BUSY, DeviceProblem.ABSENT)


def _device_trouble(kind: DeviceKind, problem: DeviceProblem) -> str:
    if kind is DeviceKind.SCREEN and problem is not DeviceProblem.DENIED:
        return _explain_screen(problem)
    match problem:
        case DeviceProblem.BUSY:
            said = tr("Another app is using your %1. Close it, then try again.")
        case DeviceProblem.DENIED:
            said = _denied(kind)
        case DeviceProblem.ABSENT:
            said = tr("No %1 found. Plug one in; we’ll notice.")
        case DeviceProblem.SILENT:
            said = tr("Your %1 is on but sends nothing. Unplug it and plug it in again, or choose another one.")
        case DeviceProblem.NO_SOUND:
            said = tr("This clip has no sound, so it can’t be your %1.")
        case DeviceProblem.FAILED:
            said = tr("Your %1 could not be started. Try again, or choose another one.")
    return said.replace("%1", device_name(kind))


def _explain_screen(problem: DeviceProblem) -> str:
    """Screens and windows are not plugged in: they are closed, or show nothing."""
    match problem:
        case DeviceProblem.ABSENT:
            return tr("The window or screen you shared is not there any more.")
        case DeviceProblem.SILENT:
            return tr("Nothing came from that screen or window. Choose another one.")
        case _:
            return tr("That screen or window could not be shared. Try again, or choose another one.")


def _go_on_without(kind: DeviceKind) -> str:
    return {
        DeviceKind.CAMERA: tr("You can join without video."),
        DeviceKind.MICROPHONE: tr("You can still listen and chat."),
        DeviceKind.SPEAKER: tr("You can still see everyone and chat."),
        DeviceKind.SCREEN: "",
    }[kind]


def _denied(kind: DeviceKind) -> str:
    if sys.platform == "darwin":
        place = {
            DeviceKind.CAMERA: tr("Camera"),
            DeviceKind.SCREEN: tr("Screen & System Audio Recording"),
        }.get(kind, tr("Microphone"))
        said = tr(
            "macOS is blocking the %1. Turn it on in System Settings \u203a Privacy & Security \u203a %2, "
            "then reopen the app."
        )
        return said.replace("%2", place)
    if sys.platform == "win32":
        return tr("Windows is blocking the %1. Turn on “Let desktop apps access your %1”.")
    return tr("This computer does not let us use the %1. Allow it in the system’s settings, then try again.")


def explain_blocked(name: str) -> str:
    """What to say when no path to one person was ever found."""
    return tr(
        "We can’t connect you and %1 directly; one network blocks it. Chat still works. "
        "The host can add a relay (TURN) to fix this."
    ).replace("%1", name)


def device_name(kind: DeviceKind) -> str:
    """A device's kind as a word."""
    return {
        DeviceKind.CAMERA: tr("camera"),
        DeviceKind.MICROPHONE: tr("microphone"),
        DeviceKind.SPEAKER: tr("speaker"),
        DeviceKind.SCREEN: tr("screen"),
    }[kind]
