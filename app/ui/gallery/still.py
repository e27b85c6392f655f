"""A room and a desk that stand still: real stores with a state of our own making, and intents that change nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage

from app.account import AccountPhase, AccountState
from app.choices import Devices
from app.config import SettingsFile
from app.engine import Engine
from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.hardware import Hardware
from app.lobby import LobbyPhase, LobbyState
from app.media.figures import PeerFigures
from app.media.slot import Fit, FrameSlot, Look, Picture
from app.media.sources import SourceSpec
from app.room.state import RoomState
from app.store import Store
from app.study.stays import Owner
from app.study.study import StudyPhase, StudyState
from app.ui.assets import asset
from app.ui.gallery.drawn import shared_screen
from app.ui.gallery.people import SERVER
from app.ui.port import DeskPort
from app.ui.room.port import Room
from protocol.rest import Profile, Session

if TYPE_CHECKING:
    from app.media.capture.surfaces import Surface
    from app.media.preview import Preview

FRAME_MS = 5
"""So often it is looked whether somebody looks in another size."""
_GLIMPSE_WIDTH = 416
"""As the picker asks a desktop for: twice what it shows."""

Intent = Callable[..., Awaitable[None]]


class _Still:
    """Every intent that a port has now or later is answered by doing nothing."""

    def __getattr__(self, name: str) -> Intent:
        if name.startswith("_"):
            raise AttributeError(name)

        async def nothing(*_: object, **__: object) -> None:
            return

        return nothing


class _Film:
    """Stills for slots: each slot gets one when somebody begins to look at it in another size."""

    def __init__(self) -> None:
        self._shown: dict[FrameSlot, Look] = {}

    def play(self, slots: Iterable[tuple[FrameSlot, QImage]]) -> None:
        for slot, still in slots:
            look = slot.look
            if look is None:
                self._shown.pop(slot, None)  # nobody looks: the next one who does begins anew
            elif self._shown.get(slot) != look:
                self._shown[slot] = look
                show_still(slot, still)

    def rewind(self) -> None:
        self._shown.clear()


class Projector(QTimer):
    """Calls ``play`` now and then for as long as ``host`` lives, and whenever a picture is about to be taken: it must
    not depend on which timer came first."""

    def __init__(self, host: QObject, play: Callable[[], None], rewind: Callable[[], None] = lambda: None) -> None:
        super().__init__(host, interval=FRAME_MS)
        self.play = play
        self._rewind = rewind
        self.timeout.connect(play)
        self.start()

    def show_anew(self) -> None:
        """Also what was shown already: a picture that came before somebody wanted to see it was thrown away."""
        self._rewind()
        self.play()


class StillRoom(_Still):
    def __init__(self, state: RoomState, *, stays: bool = False) -> None:
        """``stays``: the goodbye never comes through."""
        self.store: Store[RoomState] = Store(state)
        self.server = SERVER
        self.self_view = FrameSlot()
        self._stays = stays
        self._slots: dict[str, FrameSlot] = {}
        self._screens: dict[str, FrameSlot] = {}
        self._film = _Film()
        self._faces = _faces()

    def picture(self, participant_id: str) -> FrameSlot:
        return self._slots.setdefault(participant_id, FrameSlot())

    def screen(self, participant_id: str) -> FrameSlot:
        return self._screens.setdefault(participant_id, FrameSlot())

    def peer_figures(self, participant_id: str) -> PeerFigures | None:
        return None

    async def leave(self) -> None:
        if self._stays:
            await asyncio.Event().wait()

    def play(self) -> None:
        """Put a frame into every slot that somebody looks at, in the size that is asked for."""
        self._film.play(zip((self.self_view, *self._slots.values()), self._faces, strict=False))
        self._film.play((slot, shared_screen()) for slot in self._screens.values())

    @property
    def port(self) -> Room:
        return cast("Room", self)


class StillDevices:
    """What is plugged in, what is wrong with it, and how loud it is at the microphone, 0 to 1."""

    def __init__(
        self, plugged_in: Devices, problems: dict[DeviceKind, DeviceProblem] | None = None, level: float = 0.0
    ) -> None:
        self.plugged_in = plugged_in
        self.self_view = FrameSlot()
        self.on_device_lost: object = None
        self._problems = problems or {}
        self._level = level
        self._film = _Film()

    def level(self) -> float:
        return self._level

    async def use(self, kind: DeviceKind, spec: SourceSpec | None) -> None:
        if spec is not None and kind in self._problems:
            raise DeviceError(kind, self._problems[kind])

    async def close(self) -> None:
        return

    def play_in(self, page: QObject) -> None:
        Projector(page, lambda: self._film.play([(self.self_view, _faces()[0])]), self._film.rewind)


class StillDesktop:
    """A desktop with what is said; ``pictures`` are for those that can be seen, the others show nothing."""

    def __init__(self, *surfaces: Surface, pictures: dict[SourceSpec, QImage], asks_itself: bool = False) -> None:
        self.asks_itself = asks_itself
        self._surfaces = surfaces
        self._pictures = pictures

    def listed(self) -> tuple[Surface, ...]:
        return self._surfaces

    def watch(self, glimpsed: Callable[[SourceSpec, QImage], None]) -> None:
        for spec, image in self._pictures.items():
            if not image.isNull():
                image = image.scaledToWidth(_GLIMPSE_WIDTH, Qt.TransformationMode.SmoothTransformation)
            glimpsed(spec, image)

    def close(self) -> None:
        return


class _StillAccount(_Still):
    def __init__(self, state: AccountState) -> None:
        self.store: Store[AccountState] = Store(state)


class _StillLobby(_Still):
    def __init__(self, state: LobbyState) -> None:
        self.store: Store[LobbyState] = Store(state)


class _StillStudy(_Still):
    def __init__(self, state: StudyState) -> None:
        self.store: Store[StudyState] = Store(state)


class StillDesk(_Still):
    def __init__(
        self,
        engine: Engine,
        folder: Path,
        profile: Profile | None,
        lobby: LobbyState,
        study: StudyState | None = None,
        *,
        devices: StillDevices | None = None,
        account_phase: AccountPhase | None = None,
    ) -> None:
        phase = account_phase or (AccountPhase.SIGNED_OUT if profile is None else AccountPhase.SIGNED_IN)
        self._devices = devices or StillDevices(Devices())
        self.engine = engine
        self.settings = SettingsFile(folder)
        self.account = _StillAccount(AccountState(phase, SERVER, profile))
        self.lobby = _StillLobby(replace(lobby, viewer_id=profile.id if profile is not None else ""))
        owner = Owner(SERVER, profile.id if profile is not None else "")
        self.study = _StillStudy(study or StudyState(StudyPhase.READY, owner))
        self.hardware = Hardware(lambda: self._devices.plugged_in)
        self.hosted_address: str | None = None
        self.is_in_room = False

    async def preview(self) -> Preview:
        return cast("Preview", self._devices)

    @property
    def port(self) -> DeskPort:
        return cast("DeskPort", self)


def ready(sessions: tuple[Session, ...]) -> LobbyState:
    """A list that has just come."""
    return LobbyState(LobbyPhase.READY, sessions, None, datetime.now(UTC))


def show_still(slot: FrameSlot, image: QImage) -> None:
    """One frame, scaled and cut as a decoder's thread would."""
    look = slot.look
    if look is None:
        return
    box = QSize(look.width, look.height)
    mode = (
        Qt.AspectRatioMode.KeepAspectRatioByExpanding if look.fit is Fit.COVER else Qt.AspectRatioMode.KeepAspectRatio
    )
    scaled = image.scaled(box, mode, Qt.TransformationMode.SmoothTransformation)
    if look.fit is Fit.COVER:
        left, top = (scaled.width() - look.width) // 2, (scaled.height() - look.height) // 2
        scaled = scaled.copy(left, top, look.width, look.height)
    pixels = scaled.convertToFormat(QImage.Format.Format_RGB32)
    data = memoryview(bytes(pixels.constBits()))
    slot.put(Picture(data, pixels.width(), pixels.height(), pixels.bytesPerLine()))


@lru_cache(maxsize=1)
def _faces() -> list[QImage]:
    """More pictures than tiles, from the two stills that are shipped."""
    stills = [QImage(str(asset("art", name))) for name in ("priya.jpg", "mateo.jpg")]
    return [
        stills[index % 2].flipped(Qt.Orientation.Horizontal) if index % 4 > 1 else stills[index % 2]
        for index in range(16)
    ]
