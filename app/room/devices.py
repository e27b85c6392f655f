"""Our own microphone and camera: what is wished, what is, and telling the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from app.errors import DeskmatesError, DeviceError, DeviceKind, DeviceProblem
from app.media.call import CallMedia
from app.media.devices import Device
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
        self._chosen: dict[Resource, SourceSpec] = {"camera": camera, "microphone": microphone}
        self._used: dict[Resource, SourceSpec] = dict(self._chosen)
        """What is opened: the chosen one, or what stands in for it while it is unplugged."""
        self._lost_while_on: set[Resource] = set()
        self._send = send
        self._opened_microphone: SourceSpec | None = None
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
        self._lost_while_on.discard(resource)
        self._store.apply(lambda state: steps.switch_wished(state, resource, on))
        switch = self._switches[resource]
        switch.wish(on)
        await switch.idle()

    async def use(self, resource: Resource, spec: SourceSpec) -> None:
        """Take another device from now on: one that is on goes on with it, one that is off stays off."""
        self._chosen[resource] = spec
        await self._change(resource, spec)

    async def changed(self, cameras: Sequence[Device], microphones: Sequence[Device]) -> None:
        """Something was plugged in or out, and this is there now. The system's default stands in for a chosen device
        that went, until it is back; nothing is turned on that was not on."""
        await self._look_for("camera", cameras)
        await self._look_for("microphone", microphones)

    async def _look_for(self, resource: Resource, there: Sequence[Device]) -> None:
        chosen = self._chosen[resource]
        if chosen.kind is not SourceKind.DEVICE or not there:
            return
        stands_in = self._used[resource] != chosen
        is_there = not chosen.name or any(one.id == chosen.name for one in there)
        if is_there == (not stands_in) and resource not in self._lost_while_on:
            return
        if not is_there and not stands_in:
            default = next((one.name for one in there if one.is_default), "")
            self._store.apply(lambda state: steps.noticed(state, "device-replaced", resource, default))
        elif is_there and stands_in:
            self._store.apply(lambda state: steps.noticed(state, "device-back", resource))
        await self._change(resource, chosen if is_there else SourceSpec(SourceKind.DEVICE))

    async def _change(self, resource: Resource, spec: SourceSpec) -> None:
        self._lost_while_on.discard(resource)
        self._used[resource] = spec
        state = self._store.state
        switch = self._switches[resource]
        switch.wish((state.camera if resource == "camera" else state.microphone).desired)
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
        wanted = self._used["microphone"]
        if self._opened_microphone not in (None, wanted):
            self._opened_microphone = None
            await self._media.set_microphone(None)
        if on and self._opened_microphone is None:
            _refuse_none(DeviceKind.MICROPHONE, wanted)
            await self._media.set_microphone(wanted)
            self._opened_microphone = wanted
        self._media.set_muted(not on)

    async def _apply_camera(self, on: bool) -> None:
        if on:
            _refuse_none(DeviceKind.CAMERA, self._used["camera"])
        await self._media.set_camera(self._used["camera"] if on else None)

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
        """A device went by itself. The wish stands; nothing is tried before somebody asks or plugs one in."""
        if kind is DeviceKind.MICROPHONE:
            if self._store.state.microphone.actual:
                self._lost_while_on.add("microphone")
            self._opened_microphone = None
            self._media.set_muted(True)
            self._settled("microphone")(False, error)
        elif kind is DeviceKind.CAMERA:
            if self._store.state.camera.actual:
                self._lost_while_on.add("camera")
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
