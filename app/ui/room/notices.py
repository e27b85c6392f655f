"""What happened, as toasts: each notice once, and people who come or go together in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from app.room.state import Notice
from app.ui.components.toasts import ToastStack
from app.ui.words import explain_blocked, line, person, tr

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
    came = _people(one.name for one in notices if one.kind == "joined")
    left = _people(one.name for one in notices if one.kind == "left")
    if came:
        made.append(Told(_crowd(came, tr("%1 joined"), tr("%1 and %2 joined"), tr("%1 people joined")), "users"))
    if left:
        made.append(Told(_crowd(left, tr("%1 left"), tr("%1 and %2 left"), tr("%1 people left")), "users"))
    for one in notices:
        match one.kind:
            case "also-here":
                made.append(Told(tr("You are in this room on another device too."), "info"))
            case "message-failed":
                made.append(
                    Told(tr("A message could not be sent. You can try again in the chat."), "circle-alert", "warn")
                )
            case "blocked":
                made.append(Told(explain_blocked(person(one.name)), "wifi-off", "warn"))
            case _:
                pass
    return made


def _people(names: Iterable[str]) -> list[str]:
    return [person(line(name)[:40]) for name in names]


def _crowd(names: list[str], one: str, two: str, more: str) -> str:
    if len(names) == 1:
        return one.replace("%1", names[0])
    if len(names) == 2:
        first, second = names
        return two.partition("%1")[0] + first + two.partition("%1")[2].replace("%2", second)
    return more.replace("%1", str(len(names)))


class Teller(QObject):
    """Gathers new notices for a moment, then has them told."""

    def __init__(self, toasts: ToastStack, parent: QObject) -> None:
        super().__init__(parent)
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
