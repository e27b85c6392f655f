"""A room that lives in this process: the same public side as a real one, with no network below.

It does what it is asked: switches turn, messages are sent (or fail, where ``server_is_away``), history has pages.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.errors import MessageProblem, MessageRefused
from app.media.audio.chimes import Chime
from app.media.audio.settings import SoundSettings
from app.media.devices import Device
from app.media.figures import PeerFigures
from app.media.slot import FrameSlot
from app.media.sources import SourceSpec
from app.room import steps
from app.room.state import (
    Delivery,
    Link,
    Me,
    Message,
    MessageKind,
    Notice,
    Participant,
    Phase,
    RoomState,
    SessionInfo,
    Switch,
)
from app.store import Store

LENA = Me("u-lena", "Lena Hoffmann", connection_id="c-lena")
SESSION = SessionInfo("s1", "Linear algebra: eigenvalues", "Maths", 8)


def somebody(name: str, **known: object) -> Participant:
    """Somebody else, connected, with everything on."""
    key = name.split()[0].lower()
    base = Participant(
        id=f"c-{key}",
        sid=f"sid-{key}",
        user_id=f"u-{key}",
        name=name,
        audio=True,
        video=True,
        phase=Phase.CONNECTED,
        has_picture=True,
    )
    return replace(base, **known)  # pyright: ignore[reportArgumentType]


def message(text: str, sender: str = "Priya Nair", **known: object) -> Message:
    """A line of chat; of Lena's where ``sender`` is hers."""
    mine = sender == LENA.name
    base = Message(
        key=uuid.uuid4().hex,
        user_id=f"u-{sender.split()[0].lower()}",
        user_name=sender,
        text=text,
        kind=MessageKind.TEXT,
        at=datetime.now(UTC),
        mine=mine,
    )
    return replace(base, **known)  # pyright: ignore[reportArgumentType]


class OwnRoom:
    def __init__(self, *, server: str = "https://desk.example.org") -> None:
        self.store: Store[RoomState] = Store(RoomState(me=LENA, session=SESSION))
        self.server = server
        self.self_view = FrameSlot()
        self.earlier: list[Message] = []
        """What history still holds, oldest first."""
        self.server_is_away = False
        self.may_leave = threading.Event()
        self.may_leave.set()
        self.sound: SoundSettings | None = None
        """As it was last set."""
        self.asked: list[str] = []
        """The intents that came, in order."""
        self._slots: dict[str, FrameSlot] = {}
        self._screens: dict[str, FrameSlot] = {}
        self.figures: PeerFigures | None = None

    def change(self, **parts: object) -> None:
        """Replace parts of the state, as the engine would."""
        self.store.set(replace(self.store.state, **parts))  # pyright: ignore[reportArgumentType]

    def enter(self, *people: Participant) -> None:
        """We are in, with these."""
        self.change(link=Link.ONLINE, participants=people, history_loaded=True)

    def alter(self, participant_id: str, **parts: object) -> None:
        self.change(
            participants=tuple(
                replace(one, **parts) if one.id == participant_id else one  # pyright: ignore[reportArgumentType]
                for one in self.store.state.participants
            )
        )

    def hear(self, *messages: Message) -> None:
        self.change(messages=(*self.store.state.messages, *messages))

    def happen(self, *notices: tuple[str, str]) -> None:
        """Kinds and names."""
        first = self.store.state.notices[-1].number + 1 if self.store.state.notices else 0
        made = tuple(Notice(first + index, kind, name) for index, (kind, name) in enumerate(notices))
        self.change(notices=(*self.store.state.notices, *made))

    def picture(self, participant_id: str) -> FrameSlot:
        return self._slots.setdefault(participant_id, FrameSlot())

    def screen(self, participant_id: str) -> FrameSlot:
        return self._screens.setdefault(participant_id, FrameSlot())

    def peer_figures(self, participant_id: str) -> PeerFigures | None:
        return self.figures

    async def share(self, spec: SourceSpec) -> None:
        self.asked.append(f"share {spec}")
        self.change(sharing=Switch(True, True))

    async def stop_sharing(self) -> None:
        self.asked.append("stop sharing")
        self.change(sharing=Switch())

    async def raise_hand(self, up: bool) -> None:
        self.asked.append(f"hand {'up' if up else 'down'}")
        self.store.apply(lambda state: steps.i_raised(state, up))

    async def react(self, emoji: str) -> None:
        self.asked.append(f"react {emoji}")
        self.store.apply(lambda state: steps.i_reacted(state, emoji))

    async def join(self) -> None:
        self.asked.append("join")

    async def leave(self) -> None:
        self.asked.append("leave")
        while not self.may_leave.wait(0):
            await _soon()
        self.change(link=Link.LEFT)

    async def set_microphone(self, on: bool) -> None:
        self.asked.append(f"microphone {'on' if on else 'off'}")
        self.change(microphone=Switch(on, on))

    async def set_camera(self, on: bool) -> None:
        self.asked.append(f"camera {'on' if on else 'off'}")
        self.change(camera=Switch(on, on))

    async def use_microphone(self, spec: SourceSpec) -> None:
        self.asked.append(f"use microphone {spec}")
        self.store.apply(lambda state: steps.source_chosen(state, "microphone", str(spec)))

    async def use_camera(self, spec: SourceSpec) -> None:
        self.asked.append(f"use camera {spec}")
        self.store.apply(lambda state: steps.source_chosen(state, "camera", str(spec)))

    async def use_speaker(self, device_id: str) -> None:
        self.asked.append(f"use speaker {device_id}")
        self.store.apply(lambda state: steps.source_chosen(state, "speaker", device_id))

    async def set_sound(self, settings: SoundSettings) -> None:
        self.sound = settings

    async def set_deafened(self, deafened: bool) -> None:
        self.asked.append(f"deafened {deafened}")
        self.change(deafened=deafened)

    async def set_body_double(self, on: bool) -> None:
        self.asked.append(f"body-double {on}")
        self.change(body_double=on)

    async def chime(self, chime: Chime) -> None:
        self.asked.append(f"chime {chime}")

    async def devices_changed(
        self, cameras: Sequence[Device], microphones: Sequence[Device], speakers: Sequence[Device] = ()
    ) -> None:
        self.asked.append(f"devices {len(cameras)} {len(microphones)} {len(speakers)}")

    async def say(self, text: str, kind: MessageKind = MessageKind.TEXT) -> None:
        if text.startswith("/refuse"):
            raise MessageRefused(MessageProblem.TOO_MANY)
        self.asked.append(f"say {kind} {text}")
        delivery = Delivery.FAILED if self.server_is_away else Delivery.SENT
        self.hear(message(text, LENA.name, kind=kind, delivery=delivery))

    async def retry(self, key: str) -> None:
        self.asked.append(f"retry {key}")
        self._alter_message(key, lambda one: replace(one, delivery=Delivery.SENT))

    async def discard(self, key: str) -> None:
        self.asked.append(f"discard {key}")
        self.change(messages=tuple(one for one in self.store.state.messages if one.key != key))

    async def load_earlier(self) -> None:
        self.asked.append("load earlier")
        page, self.earlier = self.earlier[-50:], self.earlier[:-50]
        self.change(messages=(*page, *self.store.state.messages), has_earlier_messages=bool(self.earlier))

    async def try_again(self) -> None:
        self.asked.append("try again")

    async def reconnect_peer(self, participant_id: str) -> None:
        self.asked.append(f"reconnect {participant_id}")
        self.alter(participant_id, phase=Phase.NEW)

    async def set_volume(self, participant_id: str, volume: float) -> None:
        self.asked.append(f"volume {participant_id} {volume:.2f}")

    def _alter_message(self, key: str, step: Callable[[Message], Message]) -> None:
        self.change(messages=tuple(step(one) if one.key == key else one for one in self.store.state.messages))


def ago(minutes: float) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


async def _soon() -> None:
    import asyncio

    await asyncio.sleep(0.005)
