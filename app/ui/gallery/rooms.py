"""The room in its states."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.errors import DeviceProblem
from app.room.state import Link, Notice, Refusal, RoomState, Switch
from app.ui.gallery.people import LONG_NAME, calm, crowd, room_state, somebody
from app.ui.gallery.screens import Studio, screen
from app.ui.gallery.still import StillRoom
from app.ui.room.side_panel import CHAT, PEOPLE
from app.ui.room.window import RoomWindow
from protocol.errors import ErrorCode

FRAME_MS = 20
"""Tiles get a new still so often: while the window changes its size, each tile asks for another one."""


def in_room(studio: Studio, state: RoomState, tab: str = "") -> RoomWindow:
    """The room's window with ``state``, its tiles playing, and a tab of the side panel open."""
    room = StillRoom(state)
    window = RoomWindow(studio.engine, room.port)
    playing = QTimer(window, interval=FRAME_MS)
    playing.timeout.connect(room.play)
    playing.start()

    def settle() -> None:
        if tab:
            window.open_panel(tab)
        else:
            window.close_panel()

    QTimer.singleShot(0, window, settle)
    return window


def _alone(studio: Studio) -> QWidget:
    return in_room(studio, room_state(()))


def _with_others(count: int) -> None:
    screen(f"room-{count + 1}")(lambda studio: in_room(studio, room_state(calm(count))))


screen("room-1", in_all_ways=True)(_alone)
for _count in range(1, 9):
    _with_others(_count)


@screen("room-joining")
def joining(studio: Studio) -> QWidget:
    return in_room(studio, room_state((), link=Link.JOINING, messages=(), history_loaded=False), CHAT)


@screen("room-every-state", in_all_ways=True)
def every_state(studio: Studio) -> QWidget:
    return in_room(studio, room_state(crowd(8), microphone=Switch(), camera=Switch()))


@screen("room-more-than-nine")
def more_than_nine(studio: Studio) -> QWidget:
    others = (*calm(8), *(somebody(f"Guest{number} Example") for number in range(5)))
    return in_room(studio, room_state(others))


@screen("room-chat", in_all_ways=True)
def chat(studio: Studio) -> QWidget:
    return in_room(studio, room_state(crowd(3)), CHAT)


@screen("room-chat-empty", in_all_ways=True)
def chat_empty(studio: Studio) -> QWidget:
    return in_room(studio, room_state(calm(2), messages=()), CHAT)


@screen("room-chat-failed")
def chat_failed(studio: Studio) -> QWidget:
    return in_room(studio, room_state(calm(2), messages=(), history_problem="away"), CHAT)


@screen("room-people", in_all_ways=True)
def people(studio: Studio) -> QWidget:
    return in_room(studio, room_state(crowd(8)), PEOPLE)


@screen("room-reconnecting", in_all_ways=True)
def reconnecting(studio: Studio) -> QWidget:
    lost = {"link": Link.RECONNECTING, "link_attempt": 3, "link_lost_at": time.monotonic() - 20}
    return in_room(studio, room_state(crowd(4), **lost))


@screen("room-away-long", in_all_ways=True)
def away_long(studio: Studio) -> QWidget:
    lost = {"link": Link.RECONNECTING, "link_attempt": 9, "link_lost_at": time.monotonic() - 90}
    return in_room(studio, room_state(crowd(4), **lost), CHAT)


@screen("room-full", in_all_ways=True)
def full(studio: Studio) -> QWidget:
    return in_room(studio, room_state((), link=Link.REFUSED, refusal=Refusal(ErrorCode.FULL)))


@screen("room-ended")
def ended(studio: Studio) -> QWidget:
    return in_room(studio, room_state((), link=Link.REFUSED, refusal=Refusal(ErrorCode.ENDED)))


@screen("room-troubles", in_all_ways=True)
def troubles(studio: Studio) -> QWidget:
    return in_room(
        studio,
        room_state(
            crowd(2),
            microphone=Switch(True, False, DeviceProblem.ABSENT),
            camera=Switch(True, False, DeviceProblem.BUSY),
            notices=(Notice(1, "joined", "Priya Nair"),),
        ),
    )


@screen("room-long-names")
def long_names(studio: Studio) -> QWidget:
    others = tuple(
        somebody(f"{first} {LONG_NAME}", is_tutor=True, audio=False) for first in ("Ana", "Bo", "Cem", "Dee")
    )
    return in_room(studio, room_state(others), PEOPLE)
