"""A room and a desk that stand still: real stores with a state of our own making, and intents that change nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from app.account import AccountPhase, AccountState
from app.choices import Devices
from app.config import SettingsFile
from app.engine import Engine
from app.lobby import LobbyPhase, LobbyState
from app.media.slot import Fit, FrameSlot, Picture
from app.room.state import RoomState
from app.store import Store
from app.study.stays import Owner
from app.study.study import StudyPhase, StudyState
from app.ui.assets import asset
from app.ui.gallery.people import SERVER
from app.ui.port import DeskPort
from app.ui.room.port import Room
from protocol.rest import Profile, Session

if TYPE_CHECKING:
    from app.media.preview import Preview

Intent = Callable[..., Awaitable[None]]


class _Still:
    """Every intent that a port has now or later is answered by doing nothing."""

    def __getattr__(self, name: str) -> Intent:
        if name.startswith("_"):
            raise AttributeError(name)

        async def nothing(*_: object, **__: object) -> None:
            return

        return nothing


class StillRoom(_Still):
    def __init__(self, state: RoomState) -> None:
        self.store: Store[RoomState] = Store(state)
        self.server = SERVER
        self.self_view = FrameSlot()
        self._slots: dict[str, FrameSlot] = {}

    def picture(self, participant_id: str) -> FrameSlot:
        return self._slots.setdefault(participant_id, FrameSlot())

    def play(self) -> None:
        """Put one frame into every slot that somebody looks at, in the size that is asked for."""
        for slot, still in zip((self.self_view, *self._slots.values()), _faces(), strict=False):
            show_still(slot, still)

    @property
    def port(self) -> Room:
        return cast("Room", self)


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
    ) -> None:
        phase = AccountPhase.SIGNED_OUT if profile is None else AccountPhase.SIGNED_IN
        self.engine = engine
        self.settings = SettingsFile(folder)
        self.account = _StillAccount(AccountState(phase, SERVER, profile))
        self.lobby = _StillLobby(lobby)
        owner = Owner(SERVER, profile.id if profile is not None else "")
        self.study = _StillStudy(study or StudyState(StudyPhase.READY, owner))
        self.hosted_address: str | None = None
        self.is_in_room = False

    async def devices(self) -> Devices:
        return Devices()

    async def preview(self) -> Preview:
        from app.media.preview import Preview

        return Preview()

    @property
    def port(self) -> DeskPort:
        return cast("DeskPort", self)


def ready(sessions: tuple[Session, ...]) -> LobbyState:
    """A list that has just come. It says so of the near future: whoever signs in takes older lists for another's."""
    return LobbyState(LobbyPhase.READY, sessions, None, datetime.max.replace(tzinfo=UTC))


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


def _faces() -> list[QImage]:
    """More pictures than tiles, from the two stills that are shipped."""
    stills = [QImage(str(asset("art", name))) for name in ("priya.jpg", "mateo.jpg")]
    return [
        stills[index % 2].flipped(Qt.Orientation.Horizontal) if index % 4 > 1 else stills[index % 2]
        for index in range(16)
    ]
