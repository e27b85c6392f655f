"""Trying one's devices: what there is, what is chosen, whether it is on, and why it is not.

Lives in Qt's main thread; every device is opened and closed on the engine, one after the other for each kind, and a
wish that was overtaken is skipped. Promises: nothing is opened that was not asked for, choosing another device turns
nothing on, a device that fails is tried again only when somebody asks or plugs one in; the system's default stands in
for one that is away, as in a room; after ``close`` nothing is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.choices import Devices, Switchable, name_of, source
from app.config import Settings
from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.sources import SourceKind
from app.room.standing_in import Turn, Use, looked
from app.room.state import Switch
from app.ui.bridge import Intents, StoreBridge
from app.ui.components.dropdown import Dropdown
from app.ui.devices.pickers import Away, offer_devices

if TYPE_CHECKING:
    from app.media.devices import Device
    from app.media.preview import Preview
    from app.media.slot import FrameSlot
    from app.ui.devices.port import DevicesPort


@dataclass(slots=True)
class _Part:
    """One device: its kind, the spec that is chosen, the wish that was last carried out, and the outcome."""

    kind: DeviceKind
    spec: str = ""
    use: Use = field(default_factory=Use)
    there: frozenset[str] = frozenset()
    switch: Switch = field(default_factory=Switch)
    carried_out: tuple[str, bool] | None = None
    is_at_work: bool = False

    def choose(self, spec: str) -> None:
        self.spec = spec
        self.use = self.use.choosing(source(spec).name)

    @property
    def is_a_device(self) -> bool:
        return source(self.spec).kind is SourceKind.DEVICE

    @property
    def wish(self) -> tuple[str, bool]:
        """What to open, and whether."""
        return (f"device:{self.use.used}" if self.is_a_device else self.spec), self.switch.desired

    def look(self, there: tuple[Device, ...]) -> bool:
        """Whether what is there now is a reason to open a device (again)."""
        turn = Turn.NOTHING
        if self.is_a_device:
            found = looked(self.use, there)
            self.use, turn = found.use, found.turn
        ids = frozenset(one.id for one in there)
        is_news = turn is not Turn.NOTHING or (self.switch.problem is not None and bool(ids - self.there))
        self.there = ids
        return is_news


class Tryout(QObject):
    """``changed`` comes with every change of a device, ``listed`` when it is known which there are."""

    changed = Signal()
    listed = Signal()
    _lost = Signal(object, object)

    def __init__(self, desk: DevicesPort, intents: Intents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._intents = intents
        self._preview: Preview | None = None
        self._is_open = False
        self._bridge: StoreBridge[Devices | None] | None = None
        self.devices: Devices | None = None
        """None until they were listed."""
        self._parts: dict[Switchable, _Part] = {
            "camera": _Part(DeviceKind.CAMERA),
            "microphone": _Part(DeviceKind.MICROPHONE),
        }
        self._lost.connect(self._on_lost, Qt.ConnectionType.QueuedConnection)

    # ---- what is -------------------------------------------------------------------------------------------------

    def spec(self, kind: Switchable) -> str:
        return self._parts[kind].spec

    def called(self, kind: Switchable) -> str:
        """The chosen device's name, if it was there since."""
        return self._parts[kind].use.chosen_name

    def stands_in(self, kind: Switchable) -> str:
        """The name of what is used while the chosen device is away; "" while it is there."""
        use = self._parts[kind].use
        return use.default_name if use.chosen != use.used else ""

    def switch(self, kind: Switchable) -> Switch:
        return self._parts[kind].switch

    @property
    def slot(self) -> FrameSlot | None:
        """Where the camera's pictures arrive, once it is there."""
        return self._preview.self_view if self._preview is not None else None

    def level(self) -> float:
        """How loud the microphone is, 0 to 1."""
        return self._preview.level() if self._preview is not None else 0.0

    # ---- what is wished ------------------------------------------------------------------------------------------

    def begin(self, camera: str, microphone: str) -> None:
        """Choose these, both off, and look what devices there are."""
        self._is_open = True
        for part, spec in zip(self._parts.values(), (camera, microphone), strict=True):
            part.choose(spec)
            part.switch = Switch()
            part.carried_out = part.wish
        self._intents.start(self._desk.engine.call(self._desk.preview()), done=self._on_made)
        self.stop_listening()
        self._bridge = StoreBridge(self._desk.hardware.store)
        self._bridge.listen(self._on_listed)
        self.look()

    def look(self) -> None:
        """List the devices again."""
        self._intents.start(self._desk.engine.call(self._desk.hardware.look()))

    def turn(self, kind: Switchable, on: bool) -> None:
        """Turn a device on or off; on again where it had failed."""
        part = self._parts[kind]
        if on and not part.switch.actual:
            part.carried_out = None
        part.switch = Switch(desired=on, actual=part.switch.actual)
        self._settle(kind)
        self.changed.emit()

    def choose(self, kind: Switchable, spec: str) -> None:
        """Take another device; it is on if the one before was to be on."""
        part = self._parts[kind]
        part.choose(spec)
        if self.devices is not None:
            part.look(self._there(kind, self.devices))
        part.switch = Switch(desired=part.switch.desired, actual=part.switch.actual)
        self._settle(kind)
        self.changed.emit()

    async def close(self) -> None:
        """Release everything."""
        self._is_open = False
        self.stop_listening()
        preview, self._preview = self._preview, None
        for part in self._parts.values():
            part.switch = Switch()
            part.carried_out = None
        if preview is not None:
            await self._desk.engine.call(preview.close())

    # ---- how -----------------------------------------------------------------------------------------------------

    def _settle(self, kind: Switchable) -> None:
        part = self._parts[kind]
        is_settled = part.carried_out == part.wish
        if self._preview is not None and not part.is_at_work and not is_settled:
            part.is_at_work = True
            self._intents.start(self._carry_out(self._preview, part))

    async def _carry_out(self, preview: Preview, part: _Part) -> None:
        try:
            while self._preview is preview and part.carried_out != (wish := part.wish):
                part.carried_out = wish
                problem = await self._use(preview, part.kind, *wish)
                if self._preview is preview and wish == part.wish:
                    is_on = wish[1] and problem is None
                    part.switch = Switch(wish[1], is_on, problem)
                    self.changed.emit()
        finally:
            part.is_at_work = False
        self._settle_all()  # a preview that came meanwhile

    async def _use(self, preview: Preview, kind: DeviceKind, spec: str, on: bool) -> DeviceProblem | None:
        """Make it so; why it is not."""
        try:
            await self._desk.engine.call(preview.use(kind, source(spec) if on else None))
        except DeviceError as error:
            return error.problem
        return None

    def _on_made(self, preview: Preview) -> None:
        if not self._is_open or self._preview is not None:
            return  # closed meanwhile; nothing was opened with it
        preview.on_device_lost = self._lost.emit
        self._preview = preview
        self._settle_all()

    def _settle_all(self) -> None:
        for kind in self._parts:
            self._settle(kind)

    def _on_lost(self, kind: DeviceKind, error: DeviceError) -> None:
        part = next(part for part in self._parts.values() if part.kind is kind)
        if part.switch.actual:
            part.switch = Switch(part.switch.desired, False, error.problem)
            self.changed.emit()
            self.look()

    def _on_listed(self, devices: Devices | None) -> None:
        if devices is None or not self._is_open:
            return
        self.devices = devices
        for kind, part in self._parts.items():
            if part.look(self._there(kind, devices)) and part.switch.desired:
                part.carried_out = None
                part.switch = Switch(desired=True, actual=part.switch.actual)
                self._settle(kind)
        self.listed.emit()
        self.changed.emit()

    def _there(self, kind: Switchable, devices: Devices) -> tuple[Device, ...]:
        return devices.cameras if kind == "camera" else devices.microphones

    def stop_listening(self) -> None:
        """Hear no more of what is plugged in."""
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None


def show_inputs(tryout: Tryout, camera: Dropdown, microphone: Dropdown, settings: Settings) -> None:
    """Let the two pickers offer what there is, and show what is chosen."""
    devices = tryout.devices
    parts: tuple[tuple[Dropdown, Switchable, tuple[Device, ...] | None], ...] = (
        (camera, "camera", devices and devices.cameras),
        (microphone, "microphone", devices and devices.microphones),
    )
    for picker, kind, there in parts:
        spec = tryout.spec(kind)
        away = Away(tryout.called(kind) or name_of(settings, kind, spec), tryout.stands_in(kind))
        offer_devices(picker, DeviceKind(kind), there, spec, away)
