"""What a person takes into a room: which devices, whether they are on, and the goal; remembered from room to room.

A device is known by its source spec (``device:/dev/video0``, ``test``), "" is the system's default one; a speaker by
its id. Whether microphone and camera are on is remembered for each device, and off for one that was never used.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

from app.config import Settings, SettingsFile
from app.media.audio.settings import SoundSettings
from app.media.sources import SourceKind, SourceSpec

if TYPE_CHECKING:
    from app.media.devices import Device

Switchable = Literal["camera", "microphone"]


@dataclass(frozen=True, slots=True)
class Devices:
    """What this computer has."""

    cameras: tuple[Device, ...] = ()
    microphones: tuple[Device, ...] = ()
    speakers: tuple[Device, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    camera: str = ""
    microphone: str = ""
    speaker: str = ""
    camera_on: bool = False
    microphone_on: bool = False
    goal: str = ""
    body_double: bool = False
    """Company at almost no cost: a still now and then."""


def last_time(settings: Settings) -> Choices:
    """The choices of the last room; the goal is always a new one."""
    return Choices(
        camera=settings.camera,
        microphone=settings.microphone,
        speaker=settings.speaker,
        camera_on=was_on(settings, "camera", settings.camera),
        microphone_on=was_on(settings, "microphone", settings.microphone) and not settings.body_double,
        body_double=settings.body_double,
    )


def was_on(settings: Settings, kind: Switchable, spec: str) -> bool:
    """Whether a room was last entered with this device turned on."""
    return settings.was_on.get(_key(kind, spec), False)


def remember(settings: SettingsFile, choices: Choices) -> None:
    """Keep the choices for the next room."""
    settings.change(
        camera=choices.camera,
        microphone=choices.microphone,
        speaker=choices.speaker,
        goal=choices.goal,
        body_double=choices.body_double,
        was_on={
            **settings.state.was_on,
            _key("camera", choices.camera): choices.camera_on,
            _key("microphone", choices.microphone): choices.microphone_on,
        },
    )


def sound_of(settings: Settings) -> SoundSettings:
    """How one's voice is to be treated."""
    known = {one.name for one in fields(SoundSettings)}
    return SoundSettings(**{name: is_on for name, is_on in settings.sound.items() if name in known})


def keep_names(settings: SettingsFile, devices: Devices) -> None:
    """Remember what the chosen devices are called, and nothing of others."""
    state = settings.state
    names: dict[str, str] = {}
    for kind, spec, there in (
        ("camera", state.camera, devices.cameras),
        ("microphone", state.microphone, devices.microphones),
        ("speaker", state.speaker, devices.speakers),
    ):
        device_id = spec if kind == "speaker" else source(spec).name
        called = next((one.name for one in there if one.id == device_id), "") or name_of(state, kind, spec)
        if spec and called:
            names[f"{kind} {spec}"] = called
    settings.change(names=names)


def name_of(settings: Settings, kind: str, spec: str) -> str:
    """What a chosen device was called when it was there; "" where that is not known."""
    return settings.names.get(f"{kind} {spec}", "")


def source(remembered: str) -> SourceSpec:
    """The source that a settings' text names; the system's default device where it names none, or makes no sense."""
    try:
        return SourceSpec.parse(remembered)
    except ValueError:
        return SourceSpec(SourceKind.DEVICE)


def _key(kind: Switchable, spec: str) -> str:
    return f"{kind} {spec or source(spec)}"
