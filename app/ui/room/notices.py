"""What happened, as toasts: each notice once, and people who come or go together in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.errors import DeviceKind
from app.room.state import Notice
from app.ui.announce import announce
from app.ui.components.toasts import ToastStack
from app.ui.room.emoji import is_only_emoji
from app.ui.words import device_name, explain_blocked, line, person, tr

_MOST_REACTIONS = 4
_LONGEST_DEVICE = 60
GATHER_MS = 900
"""So long arrivals are gathered before they are told."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words for a toast."""

    words: str
    icon: str
    tone: str = ""


def told(notices: Sequence[Notice]) -> list[Told]:
    """The toasts for what happened within one moment. Devices are not told here: their switch has the whole story."""
    made: list[Told] = []
    for kind, icon, tone in (("joined", "users", ""), ("left", "users", ""), ("hand", "hand", "warn")):
        if words := crowd_words(kind, notices):
            made.append(Told(words, icon, tone))
    for one in notices:
        match one.kind:
            case "also-here":
                made.append(Told(tr("You are in this room on another device too."), "info"))
            case "message-failed":
                made.append(
                    Told(tr("A message could not be sent. You can try again in the chat."), "circle-alert", "warn")
                )
            case "screen-taken":
                words = tr("%1 shares a screen now, so yours is no longer shared.")
                made.append(Told(words.replace("%1", person(line(one.name)[:40])), "screen-share-off", "warn"))
            case "device-replaced" | "device-back" | "device-followed" | "device-found":
                made.append(_told_device(one))
            case "talking-muted":
                made.append(Told(tr("You are muted: nobody hears you."), "mic-off", "warn"))
            case "strained":
                words = tr("This computer is busy, so others see you with fewer or smaller pictures for now.")
                made.append(Told(words, "info", "warn"))
            case "blocked":
                made.append(Told(explain_blocked(person(one.name)), "wifi-off", "warn"))
            case _:
                pass
    return made


def _told_device(notice: Notice) -> Told:
    """What became of one of our devices, by its name where that is known."""
    kind = device_name(DeviceKind(notice.name))
    gone, now = line(notice.gone)[:_LONGEST_DEVICE], line(notice.detail)[:_LONGEST_DEVICE]
    match notice.kind:
        case "device-replaced" if gone:
            words = tr("%1 is gone; using %2.").partition("%1")
            return Told(words[0] + gone + words[2].replace("%2", now), "info", "warn")
        case "device-replaced":
            words = tr("Your usual %1 is not plugged in; using %2.").replace("%1", kind)
            return Told(words.replace("%2", now), "info", "warn")
        case "device-back":
            return Told(tr("%1 is back, and in use.").replace("%1", now), "circle-check", "success")
        case "device-followed":
            return Told(tr("Now using %1, the system’s default.").replace("%1", now), "info")
        case _:
            return Told(tr("Found %1. Turn it on when you are ready.").replace("%1", now), "circle-check", "success")


def crowd_words(kind: str, notices: Sequence[Notice]) -> str:
    """ "joined", "left" or "hand": who did it, in one sentence; "" where nobody did."""
    names = _people(one.name for one in notices if one.kind == kind)
    if not names:
        return ""
    match kind:
        case "joined":
            return _crowd(names, tr("%1 joined"), tr("%1 and %2 joined"), tr("%n people joined", len(names)))
        case "left":
            return _crowd(names, tr("%1 left"), tr("%1 and %2 left"), tr("%n people left", len(names)))
        case _:
            more = tr("%n people raised a hand", len(names))
            return _crowd(names, tr("%1 raised a hand"), tr("%1 and %2 raised a hand"), more)


def reaction_words(notices: Sequence[Notice]) -> str:
    """Who reacted with what, for those who listen to the screen."""
    said = dict.fromkeys(
        (one.name, one.detail) for one in notices if one.kind == "reaction" and is_only_emoji(one.detail)
    )
    words = tr("%1 reacts with %2")
    return ". ".join(
        words.partition("%1")[0] + person(line(name)[:40]) + words.partition("%1")[2].replace("%2", emoji)
        for name, emoji in list(said)[:_MOST_REACTIONS]
    )


def _people(names: Iterable[str]) -> list[str]:
    return [person(line(name)[:40]) for name in names]


def _crowd(names: list[str], one: str, two: str, more: str) -> str:
    if len(names) == 1:
        return one.replace("%1", names[0])
    if len(names) == 2:
        first, second = names
        return two.partition("%1")[0] + first + two.partition("%1")[2].replace("%2", second)
    return more


class Teller(QObject):
    """Gathers new notices for a moment, then has them told."""

    def __init__(self, toasts: ToastStack, host: QWidget) -> None:
        """``host`` is whose announcements they are."""
        super().__init__(host)
        self._host = host
        self._toasts = toasts
        self._waiting: list[Notice] = []
        self._newest = -1
        self._timer = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._timer.timeout.connect(self._tell)

    def show_notices(self, notices: Sequence[Notice]) -> None:
        new = [one for one in notices if one.number > self._newest]
        if not new:
            return
        self._newest = new[-1].number
        self._waiting.extend(new)
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in told(waiting):
            self._toasts.tell(one.words, one.icon, one.tone)
        announce(self._host, reaction_words(waiting))
