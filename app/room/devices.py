"""Our own microphone, camera and speaker: what is wished, what is, and telling the others.

Promises: a device that goes is replaced by the system's default and taken again when it is back, and what was on stays
on meanwhile; nothing is turned on that was off. A wish that cannot be fulfilled holds for ``WISH_S``, so that a loose
plug does no harm, and is taken back then: what is plugged in later turns nothing on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from app.errors import DeskmatesError, DeviceError, DeviceKind, DeviceProblem
from app.media.call import CallMedia
from app.media.devices import Device
from app.media.sources import SourceKind, SourceSpec
from app.room import steps
from app.room.standing_in import Turn, Use, looked
from app.room.state import RoomState
from app.room.steps import Resource
from app.room.switches import Reconciler
from app.store import Store
from protocol.events import Event, SendState, ToggleAudio, ToggleVideo

log = logging.getLogger(__name__)

TOGETHER_S = 0.05
"""Changes within so long, and newcomers, are told of in one go."""
WISH_S = 10.0
EXPLAIN_S = 1.5
"""A device that was unplugged fails before the system says that it is gone: so long nothing is said of it."""


class OwnDevices:
    def __init__(
        self,
        *,
        store: Store[RoomState],
        media: CallMedia,
        camera: SourceSpec,
        microphone: SourceSpec,
        speaker: str,
        send: Callable[[Event], Awaitable[None]],
    ) -> None:
        """``speaker`` is the id of the output that ``media`` began with."""
        self._store = store
        self._media = media
        self._chosen: dict[Resource, SourceSpec] = {"camera": camera, "microphone": microphone}
        self._uses: dict[str, Use] = {
            "camera": Use().choosing(camera.name),
            "microphone": Use().choosing(microphone.name),
            "speaker": Use().choosing(speaker),
        }
        self._there: dict[str, Sequence[Device]] = {}
        """What was there when it was last looked."""
        self._send = send
        self._opened_microphone: SourceSpec | None = None
        self._to_reopen: set[Resource] = set()
        self._unfulfilled: dict[Resource, asyncio.TimerHandle] = {}
        """Wishes that failed and still hold."""
        self._unexplained: dict[Resource, asyncio.TimerHandle] = {}
        self._telling: asyncio.Task[None] | None = None
        self._untold = False
        self._switches: dict[Resource, Reconciler] = {
            "microphone": Reconciler(DeviceKind.MICROPHONE, self._apply_microphone, self._settled("microphone")),
            "camera": Reconciler(DeviceKind.CAMERA, self._apply_camera, self._settled("camera")),
        }
        store.apply(lambda state: steps.source_chosen(state, "camera", str(camera)))
        store.apply(lambda state: steps.source_chosen(state, "microphone", str(microphone)))
        store.apply(lambda state: steps.source_chosen(state, "speaker", speaker))

    # ---- what people do ------------------------------------------------------------------------------------------

    async def wish(self, resource: Resource, on: bool) -> None:
        """Ask for on or off; returns when it is settled."""
        if resource == "microphone" and not on:
            self._media.set_muted(True)  # silence does not wait for a device that is just being opened
        self._forget_failure(resource)
        self._store.apply(lambda state: steps.switch_wished(state, resource, on))
        switch = self._switches[resource]
        switch.wish(on)
        await switch.idle()

    async def release(self) -> None:
        """Turn both off and let go of them, also of the microphone, which is only muted otherwise."""
        self._to_reopen.add("microphone")
        await asyncio.gather(self.wish("microphone", False), self.wish("camera", False))

    async def use(self, resource: Resource, spec: SourceSpec) -> None:
        """Take another device from now on: one that is on goes on with it, one that is off stays off."""
        self._chosen[resource] = spec
        self._choose(resource, spec.name)
        self._store.apply(lambda state: steps.source_chosen(state, resource, str(spec)))
        await self._take(resource)

    def use_speaker(self, device_id: str) -> None:
        """As ``use``."""
        self._choose("speaker", device_id)
        self._store.apply(lambda state: steps.source_chosen(state, "speaker", device_id))
        self._media.set_speaker(device_id)

    def _choose(self, part: str, device_id: str) -> None:
        name = next((one.name for one in self._there.get(part, ()) if one.id == device_id), "")
        self._uses[part] = replace(self._uses[part].choosing(device_id), chosen_name=name)

    async def set_body_double(self, on: bool) -> None:
        """Show a still now and then. It begins with a microphone that is off."""
        self._media.set_body_double(on)
        self._store.apply(lambda state: steps.body_doubled(state, on))
        self.tell()
        if on and self._store.state.microphone.desired:
            await self.wish("microphone", False)

    # ---- what the computer does ----------------------------------------------------------------------------------

    async def changed(
        self, cameras: Sequence[Device], microphones: Sequence[Device], speakers: Sequence[Device]
    ) -> None:
        """Something was plugged in or out or is the default now, and this is there. The speaker finds its device by
        itself; here it is only told."""
        self._look("speaker", speakers)
        taken: tuple[tuple[Resource, Sequence[Device]], ...] = (("camera", cameras), ("microphone", microphones))
        to_take: list[Resource] = []
        for resource, there in taken:
            if self._chosen[resource].kind is not SourceKind.DEVICE:
                self._there[resource] = tuple(there)
            elif self._needs_taking(resource, there):
                to_take.append(resource)
        await asyncio.gather(*(self._take(resource) for resource in to_take))

    def _needs_taking(self, resource: Resource, there: Sequence[Device]) -> bool:
        before = {one.id for one in self._there.get(resource, ())}
        turn = self._look(resource, there)
        if turn is not Turn.NOTHING or (there and resource in self._unfulfilled):
            return True
        switch = steps.switch_of(self._store.state, resource)
        if switch.problem is DeviceProblem.ABSENT and not switch.desired and {one.id for one in there} - before:
            use = self._uses[resource]
            name = use.chosen_name if use.used else use.default_name
            self._store.apply(lambda state: steps.switch_settled(state, resource, False))
            self._store.apply(lambda state: steps.noticed(state, "device-found", resource, name))
        return False

    def _look(self, part: str, there: Sequence[Device]) -> Turn:
        found = looked(self._uses[part], there)
        self._uses[part] = found.use
        self._there[part] = tuple(there)
        if found.turn is not Turn.NOTHING:
            self._store.apply(lambda state: steps.noticed(state, found.turn, part, found.now, found.gone))
        return found.turn

    async def _take(self, resource: Resource) -> None:
        """Open what is used now, if it is wished to be on."""
        self._be_silent_about(resource)
        self._to_reopen.add(resource)
        switch = self._switches[resource]
        switch.wish(steps.switch_of(self._store.state, resource).desired)
        await switch.idle()

    def lost(self, kind: DeviceKind, error: DeviceError) -> None:
        """A device went by itself. The wish holds for a while; nothing is tried before one is plugged in."""
        if kind is DeviceKind.MICROPHONE:
            self._opened_microphone = None
            self._media.set_muted(True)
        resource: Resource = "microphone" if kind is DeviceKind.MICROPHONE else "camera"
        if not steps.switch_of(self._store.state, resource).actual:
            return
        self._store.apply(lambda state: steps.switch_settled(state, resource, False))
        self._hold(resource)
        self._be_silent_about(resource)
        loop = asyncio.get_running_loop()
        self._unexplained[resource] = loop.call_later(EXPLAIN_S, self._explain, resource, error)
        self.tell()

    def _explain(self, resource: Resource, error: DeviceError) -> None:
        """It did not come back at once."""
        del self._unexplained[resource]
        self._settled(resource)(False, error)

    def _be_silent_about(self, resource: Resource) -> None:
        waiting = self._unexplained.pop(resource, None)
        if waiting is not None:
            waiting.cancel()

    def _hold(self, resource: Resource) -> None:
        if resource not in self._unfulfilled:
            loop = asyncio.get_running_loop()
            self._unfulfilled[resource] = loop.call_later(WISH_S, self._take_back, resource)

    def _take_back(self, resource: Resource) -> None:
        del self._unfulfilled[resource]
        self._store.apply(lambda state: steps.switch_given_up(state, resource))

    def _forget_failure(self, resource: Resource) -> None:
        self._be_silent_about(resource)
        holding = self._unfulfilled.pop(resource, None)
        if holding is not None:
            holding.cancel()

    # ---- the devices ---------------------------------------------------------------------------------------------

    def _spec(self, resource: Resource) -> SourceSpec:
        """What is opened: the chosen one, or what stands in for it."""
        chosen = self._chosen[resource]
        return SourceSpec(chosen.kind, self._uses[resource].used) if chosen.kind is SourceKind.DEVICE else chosen

    async def _apply_microphone(self, on: bool) -> None:
        wanted = self._spec("microphone")
        if "microphone" in self._to_reopen or self._opened_microphone not in (None, wanted):
            self._to_reopen.discard("microphone")
            if self._opened_microphone is not None:
                self._opened_microphone = None
                await self._media.set_microphone(None)
        if on and self._opened_microphone is None:
            _refuse_none(DeviceKind.MICROPHONE, wanted)
            await self._media.set_microphone(wanted)
            self._opened_microphone = wanted
        self._media.set_muted(not on)

    async def _apply_camera(self, on: bool) -> None:
        self._to_reopen.discard("camera")
        wanted = self._spec("camera")
        if on:
            _refuse_none(DeviceKind.CAMERA, wanted)
        await self._media.set_camera(wanted if on else None)

    def _settled(self, resource: Resource) -> Callable[[bool, DeviceError | None], None]:
        def settled(on: bool, error: DeviceError | None) -> None:
            before = self._store.state
            problem = None if error is None else error.problem
            self._store.apply(lambda state: steps.switch_settled(state, resource, on, problem))
            if error is not None:
                self._hold(resource)
                self._store.apply(lambda state: steps.noticed(state, "device", resource, error.problem))
            else:
                self._forget_failure(resource)
            if self._store.state is not before:
                self.tell()

        return settled

    # ---- telling -------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Say soon what our devices and gestures are, to all: something changed, or somebody came who cannot know."""
        self._untold = True
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def close(self) -> None:
        for resource in self._switches:
            self._forget_failure(resource)
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)
        for switch in self._switches.values():
            await switch.close()

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
                body_double=state.body_double,
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
