"""Our own microphone and camera: what is wished, what is, and telling the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.errors import DeskmatesError, DeviceError, DeviceKind, DeviceProblem
from app.media.call import CallMedia
from app.media.sources import SourceKind, SourceSpec
from app.room import steps
from app.room.state import RoomState
from app.room.steps import Resource
from app.room.switches import Reconciler
from app.store import Store
from protocol.events import Event, SendState, ToggleAudio, ToggleVideo

log = logging.getLogger(__name__)

TOGETHER_S = 0.05
"""Changes within so long, and newcomers, are told of in one go."""


class OwnDevices:
    def __init__(
        self,
        *,
        store: Store[RoomState],
        media: CallMedia,
        camera: SourceSpec,
        microphone: SourceSpec,
        send: Callable[[Event], Awaitable[None]],
    ) -> None:
        self._store = store
        self._media = media
        self._camera = camera
        self._microphone = microphone
        self._send = send
        self._microphone_open = False
        self._telling: asyncio.Task[None] | None = None
        self._untold = False
        self._switches: dict[Resource, Reconciler] = {
            "microphone": Reconciler(DeviceKind.MICROPHONE, self._apply_microphone, self._settled("microphone")),
            "camera": Reconciler(DeviceKind.CAMERA, self._apply_camera, self._settled("camera")),
        }

    async def wish(self, resource: Resource, on: bool) -> None:
        """Ask for on or off; returns when it is settled."""
        if resource == "microphone" and not on:
            self._media.set_muted(True)  # silence does not wait for a device that is just being opened
        self._store.apply(lambda state: steps.switch_wished(state, resource, on))
        switch = self._switches[resource]
        switch.wish(on)
        await switch.idle()

    def tell(self) -> None:
        """Say soon what our devices and gestures are, to all: something changed, or somebody came who cannot know."""
        self._untold = True
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def close(self) -> None:
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)
        for switch in self._switches.values():
            await switch.close()

    async def _apply_microphone(self, on: bool) -> None:
        if on and not self._microphone_open:
            _refuse_none(DeviceKind.MICROPHONE, self._microphone)
            await self._media.set_microphone(self._microphone)
            self._microphone_open = True
        self._media.set_muted(not on)

    async def _apply_camera(self, on: bool) -> None:
        if on:
            _refuse_none(DeviceKind.CAMERA, self._camera)
        await self._media.set_camera(self._camera if on else None)

    def _settled(self, resource: Resource) -> Callable[[bool, DeviceError | None], None]:
        def settled(on: bool, error: DeviceError | None) -> None:
            before = self._store.state
            problem = None if error is None else error.problem
            self._store.apply(lambda state: steps.switch_settled(state, resource, on, problem))
            if error is not None:
                self._store.apply(lambda state: steps.noticed(state, "device", resource, error.problem))
            if self._store.state is not before:
                self.tell()

        return settled

    def lost(self, kind: DeviceKind, error: DeviceError) -> None:
        """A device went by itself. The wish stands and nothing is tried before somebody asks."""
        if kind is DeviceKind.MICROPHONE:
            self._microphone_open = False
            self._media.set_muted(True)
            self._settled("microphone")(False, error)
        elif kind is DeviceKind.CAMERA:
            self._settled("camera")(False, error)

    async def _tell(self) -> None:
        while self._untold:
            await asyncio.sleep(TOGETHER_S)
            self._untold = False
            state = self._store.state
            session_id, user_id = state.session.id, state.me.user_id
            audio, video, screen = state.microphone.actual, state.camera.actual, state.sharing.actual
            # the seed's see our screen where our camera is, and show no picture of whom they hear that it is off
            picture = video or (screen and any(one.id == one.sid for one in state.participants))
            shown = SendState(
                session_id=session_id,
                audio=audio,
                video=video,
                screen=screen,
                hand=state.hand,
                reaction=state.reaction,
                reactions=state.reactions,
            )
            try:
                await self._send(ToggleAudio(session_id=session_id, user_id=user_id, enabled=audio))
                await self._send(ToggleVideo(session_id=session_id, user_id=user_id, enabled=picture))
                await self._send(shown)
            except DeskmatesError as error:
                log.warning("the others do not hear of our devices: %s", error)


def _refuse_none(kind: DeviceKind, spec: SourceSpec) -> None:
    if spec.kind is SourceKind.NONE:
        raise DeviceError(kind, DeviceProblem.ABSENT, "none was chosen")
