"""The room's window in its states: who is there, how the stage is arranged, and what goes wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from app.config import SettingsFile
from app.errors import DeviceProblem
from app.hardware import Hardware
from app.media.sources import SourceKind
from app.room.state import ME, Link, MessageKind, Notice, Quality, Refusal, RoomState, Switch
from app.study.stays import Outcome
from app.ui.gallery.devices import PLUGGED_IN
from app.ui.gallery.people import LENA, LONG_NAME, calm, crowd, long_talk, message, room_state, somebody
from app.ui.gallery.screens import Scene, Studio, screen
from app.ui.gallery.still import Projector, StillRoom
from app.ui.room.chat_panel import place_of
from app.ui.room.face import Own
from app.ui.room.layouts import Layout
from app.ui.room.leaving import SLOW_MS
from app.ui.room.memory import RoomMemory
from app.ui.room.mini import HEIGHT as MINI_HEIGHT
from app.ui.room.mini import WIDTH as MINI_WIDTH
from app.ui.room.mini import MiniWindow
from app.ui.room.notices import GATHER_MS
from app.ui.room.side_panel import CHAT, GOALS, PEOPLE, TIMER
from app.ui.room.window import RoomWindow
from protocol.errors import ErrorCode

Act = Callable[[RoomWindow], None]
_UNREAD = 4
"""So many messages were said since one was here last."""


def room_window(studio: Studio, state: RoomState, *, stays: bool = False) -> RoomWindow:
    """The room's window with ``state``, its tiles playing."""
    room = StillRoom(state, stays=stays)
    hardware = Hardware(lambda: PLUGGED_IN)
    memory, settings = RoomMemory(), SettingsFile(studio.folder)
    if len(state.messages) > _UNREAD:
        memory.set_read_until(place_of(room.port.server, state), state.messages[-_UNREAD - 1].at)
    window = RoomWindow(studio.engine, room.port, settings=settings, memory=memory, hardware=hardware)
    Projector(window, room.play)
    return window


def in_room(studio: Studio, state: RoomState, tab: str = "", then: Act | None = None) -> Scene:
    """With a tab of the side panel open, or none; ``then`` comes last."""
    window = room_window(studio, state)

    def settle() -> None:
        if tab:
            window.open_panel(tab)
        else:
            window.close_panel()
        if then is not None:
            then(window)

    return Scene(window, settle, lambda: window.devices.devices is not None)


# ---- how many ------------------------------------------------------------------------------------------------------


def _people(count: int) -> None:
    @screen(f"room-{count}", in_all_ways=count in (1, 4))
    def people(studio: Studio) -> Scene:  # pyright: ignore[reportUnusedFunction]
        return in_room(studio, room_state(calm(count - 1)))


for _count in range(1, 10):
    _people(_count)


def _many() -> RoomState:
    """More people than there are tiles."""
    others = (*calm(8), *(somebody(f"Guest{number} Example") for number in range(5)))
    state = room_state(others)
    return replace(state, session=replace(state.session, max_participants=16))


@screen("room-more-than-nine", in_all_ways=True)
def more_than_nine(studio: Studio) -> Scene:
    return in_room(studio, _many())


@screen("room-every-state", in_all_ways=True)
def every_state(studio: Studio) -> Scene:
    return in_room(studio, room_state(crowd(8), microphone=Switch(), camera=Switch()))


@screen("room-long-names", in_all_ways=True)
def long_names(studio: Studio) -> Scene:
    others = tuple(
        somebody(f"{first} {LONG_NAME}", is_tutor=True, audio=False) for first in ("Ana", "Bo", "Cem", "Dee")
    )
    return in_room(studio, room_state(others, session=replace(room_state(()).session, title=LONG_NAME)), PEOPLE)


# ---- layouts -------------------------------------------------------------------------------------------------------


@screen("room-speaker", in_all_ways=True)
def speaker(studio: Studio) -> Scene:
    return in_room(studio, room_state(crowd(6)), then=lambda window: window.stage.choose_layout(Layout.SPEAKER))


@screen("room-pinned")
def pinned(studio: Studio) -> Scene:
    def pin(window: RoomWindow) -> None:
        if window.stage.large is None:
            window.stage.pin("c-mateo")

    return in_room(studio, room_state(calm(4)), then=pin)


@screen("room-share", in_all_ways=True)
def share(studio: Studio) -> Scene:
    others = (replace(calm(1)[0], screen=True, speaking=True), *crowd(6)[1:])
    return in_room(studio, room_state(others))


@screen("room-share-chat")
def share_chat(studio: Studio) -> Scene:
    others = (replace(calm(1)[0], screen=True), *calm(4)[1:])
    return in_room(studio, room_state(others), CHAT)


@screen("room-share-zoomed")
def share_zoomed(studio: Studio) -> Scene:
    def zoom(window: RoomWindow) -> None:
        tile = window.stage.screen_tile("c-priya")
        if tile.zoom == 1.0:
            tile.zoom_by(2)

    others = (replace(calm(1)[0], screen=True), *calm(3)[1:])
    return in_room(studio, room_state(others), then=zoom)


@screen("room-sharing-myself", in_all_ways=True)
def sharing_myself(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3), sharing=Switch(True, True)))


@screen("room-sharing-window")
def sharing_window(studio: Studio) -> Scene:
    def begin(window: RoomWindow) -> None:
        window.stage.sharing_bar.set_kind(SourceKind.WINDOW)

    state = room_state(calm(2), sharing=Switch(True, True), link=Link.RECONNECTING, link_attempt=2)
    return in_room(studio, state, CHAT, begin)


@screen("room-hidden-self")
def hidden_self(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), then=lambda window: window.stage.hide_self(True))


@screen("room-hidden-video")
def hidden_video(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), then=lambda window: window.stage.hide_video("c-mateo", True))


@screen("room-pinned-of-many")
def pinned_of_many(studio: Studio) -> Scene:
    """Somebody who would have no tile."""

    def pin(window: RoomWindow) -> None:
        if window.stage.large is None:
            window.stage.pin("c-guest4")

    return in_room(studio, _many(), then=pin)


def _mini(name: str, state: RoomState, minutes: float | None = 17.7) -> None:
    @screen(name, size=(MINI_WIDTH, MINI_HEIGHT), in_all_ways=True)
    def mini(studio: Studio) -> QWidget:  # pyright: ignore[reportUnusedFunction]
        room = StillRoom(state)
        window = MiniWindow(room.picture, room.self_view)
        end = None if minutes is None else datetime.now(UTC) + timedelta(minutes=minutes)
        shown = replace(state, session=replace(state.session, end=end))
        window.show_state(shown, "c-priya", Own())
        Projector(window, room.play)
        return window


_mini("room-mini", room_state(crowd(2)))
_mini("room-mini-no-end", room_state(crowd(2)), None)
_mini("room-mini-muted", room_state(tuple(reversed(crowd(3))), microphone=Switch()))
_mini("room-mini-sharing", room_state(crowd(3), sharing=Switch(True, True)))
_mini("room-mini-reconnecting", room_state(crowd(4)[3:], microphone=Switch()))


# ---- hands and reactions -------------------------------------------------------------------------------------------


@screen("room-hands", in_all_ways=True)
def hands(studio: Studio) -> Scene:
    others = (replace(calm(1)[0], quality=Quality.POOR), *calm(5)[1:])
    return in_room(studio, room_state(others, hands=("c-mateo", ME, "c-priya")), PEOPLE)


@screen("room-reacting", in_all_ways=True)
def reacting(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), then=lambda window: window.controls.react.click())


@screen("room-reactions", wait_ms=50)
def reactions(studio: Studio) -> Scene:
    def float_up(window: RoomWindow) -> None:
        for who, emoji in ((ME, "👏"), ("c-priya", "🎉"), ("c-mateo", "👍")):
            float_ = window.stage.tile(who).reaction_float
            if not float_.emoji:  # one may fly since the picture before
                float_.rise(emoji)

    return in_room(studio, room_state(calm(3)), then=float_up)


# ---- the chat ------------------------------------------------------------------------------------------------------


@screen("room-chat", in_all_ways=True)
def chat(studio: Studio) -> Scene:
    return in_room(studio, room_state(crowd(3)), CHAT)


@screen("room-chat-empty", in_all_ways=True)
def chat_empty(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(2), messages=()), CHAT)


@screen("room-chat-loading", wait_ms=300)
def chat_loading(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(2), messages=(), history_loaded=False), CHAT)


@screen("room-chat-failed", in_all_ways=True)
def chat_failed(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(2), messages=(), history_problem="away"), CHAT)


@screen("room-chat-long")
def chat_long(studio: Studio) -> Scene:
    def scroll(window: RoomWindow) -> None:
        bar = window.panel.chat.view.verticalScrollBar()
        bar.setValue(bar.maximum() // 2)

    return in_room(studio, room_state(calm(3), messages=long_talk(), has_earlier_messages=True), CHAT, scroll)


@screen("room-chat-long-words")
def chat_long_words(studio: Studio) -> Scene:
    said = (
        message("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3, 4, LONG_NAME),
        message("https://example.org/" + "a-very-long-path/" * 12, 3),
        message("שלום, מה שלומך? This is mixed.", 2, "Omar Said"),
    )
    return in_room(studio, room_state(calm(3), messages=said), CHAT)


@screen("room-chat-guest", in_all_ways=True)
def chat_guest(studio: Studio) -> Scene:
    """What an account said, then what somebody said by its name without one, and the server's own words."""
    said = (
        message("Chapter 4 is in the library.", 9),
        message("Send me your password, please.", 8, verified=False),
        message("Omar joined the session", 6, "Omar Said", kind=MessageKind.SYSTEM),
        message("Who is that?", 5, LENA.name),
    )
    guest = somebody("Priya Nair", id="c-guest", verified=False, audio=None)
    return in_room(studio, room_state((*calm(2), guest), messages=said), CHAT)


@screen("room-chat-writing", in_all_ways=True)
def chat_writing(studio: Studio) -> Scene:
    def write(window: RoomWindow) -> None:
        composer = window.panel.chat.composer
        if not composer.text:
            composer.give_back("I think the sign is wrong in line 3:\nit has to be − tr(A) λ.")

    return in_room(studio, room_state(calm(3)), CHAT, write)


@screen("room-emoji", in_all_ways=True)
def emoji(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), CHAT, lambda window: window.panel.chat.open_picker(True))


@screen("room-emoji-no-hits")
def emoji_no_hits(studio: Studio) -> Scene:
    def search(window: RoomWindow) -> None:
        window.panel.chat.open_picker(True)
        window.panel.chat.picker.search.setText("zzz")

    return in_room(studio, room_state(calm(3)), CHAT, search)


# ---- time and goal -------------------------------------------------------------------------------------------------


def _with_times(minutes_ago: float, minutes_ahead: float) -> RoomState:
    now = datetime.now(UTC)
    start, end = now - timedelta(minutes=minutes_ago), now + timedelta(minutes=minutes_ahead)
    return room_state(calm(3), session=replace(room_state(()).session, start=start, end=end))


@screen("room-timer", in_all_ways=True)
def timer(studio: Studio) -> Scene:
    return in_room(studio, _with_times(25.5, 42.3), TIMER)


@screen("room-timer-no-end")
def timer_no_end(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), TIMER)


@screen("room-timer-over")
def timer_over(studio: Studio) -> Scene:
    return in_room(studio, _with_times(95, -5), TIMER)


@screen("room-goals", in_all_ways=True)
def goals(studio: Studio) -> Scene:
    def write(window: RoomWindow) -> None:
        edit = window.panel.goal.goal.edit
        edit.setText("Chapter 4, problems 1 to 6")
        edit.editingFinished.emit()
        if window.panel.goal.answers.outcome is Outcome.OPEN:
            window.panel.goal.answers.buttons[Outcome.PARTLY].click()

    return in_room(studio, _with_times(25.5, 42.3), GOALS, write)


@screen("room-goals-none")
def goals_none(studio: Studio) -> Scene:
    return in_room(studio, _with_times(25.5, 42.3), GOALS)


# ---- people --------------------------------------------------------------------------------------------------------


@screen("room-people", in_all_ways=True)
def people_panel(studio: Studio) -> Scene:
    return in_room(studio, room_state(crowd(8)), PEOPLE)


@screen("room-people-nobody")
def people_nobody(studio: Studio) -> Scene:
    return in_room(studio, room_state(crowd(4)), PEOPLE, lambda window: window.panel.people.search.setText("zzz"))


# ---- coming, going, and what goes wrong ----------------------------------------------------------------------------


@screen("room-joining", in_all_ways=True)
def joining(studio: Studio) -> Scene:
    return in_room(studio, room_state((), link=Link.JOINING, messages=(), history_loaded=False), CHAT)


@screen("room-reconnecting", in_all_ways=True)
def reconnecting(studio: Studio) -> Scene:
    lost = {"link": Link.RECONNECTING, "link_attempt": 3, "link_lost_at": time.monotonic() - 20}
    return in_room(studio, room_state(crowd(4), **lost))


@screen("room-away-long", in_all_ways=True)
def away_long(studio: Studio) -> Scene:
    lost = {"link": Link.RECONNECTING, "link_attempt": 9, "link_lost_at": time.monotonic() - 90}
    return in_room(studio, room_state(crowd(4), **lost), CHAT)


def _refused(name: str, code: str, *, in_all_ways: bool) -> None:
    @screen(f"room-{name}", in_all_ways=in_all_ways)
    def refused(studio: Studio) -> QWidget:  # pyright: ignore[reportUnusedFunction]
        return room_window(studio, room_state((), link=Link.REFUSED, refusal=Refusal(code)))


_refused("full", ErrorCode.FULL, in_all_ways=True)
_refused("ended", ErrorCode.ENDED, in_all_ways=False)
_refused("gone", ErrorCode.NOT_FOUND, in_all_ways=False)
_refused("signed-out", ErrorCode.UNAUTHORISED, in_all_ways=True)


@screen("room-troubles", in_all_ways=True)
def troubles(studio: Studio) -> Scene:
    absent, busy = Switch(True, False, DeviceProblem.ABSENT), Switch(True, False, DeviceProblem.BUSY)
    return in_room(studio, room_state(crowd(2), microphone=absent, camera=busy))


@screen("room-starting")
def starting(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(2), microphone=Switch(True), camera=Switch(True), sharing=Switch(True)))


@screen("room-notices", wait_ms=GATHER_MS + 100, in_all_ways=True)
def notices(studio: Studio) -> Scene:
    told = (
        *(Notice(number, "joined", name) for number, name in enumerate(("Priya Nair", "Mateo García", "Ana Kovač"))),
        Notice(4, "hand", "Mateo García"),
        Notice(5, "device-replaced", "microphone", "Built-in microphone"),
    )
    return in_room(studio, room_state(calm(3), notices=told, hands=("c-mateo",)))


@screen("room-leaving", wait_ms=SLOW_MS + 100, in_all_ways=True)
def leaving(studio: Studio) -> QWidget:
    window = room_window(studio, room_state(calm(3)), stays=True)
    window.leave()
    return window
