"""What the arrows in the room's control bar open: the microphones and speakers there are, the cameras, and how they
are used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from app.choices import Devices, name_of
from app.config import Settings
from app.errors import DeviceKind
from app.media.devices import Device
from app.room.state import RoomState
from app.ui.components.labels import Label
from app.ui.components.menus import add_check, round_menu
from app.ui.devices.pickers import Away, entries_of, none_found
from app.ui.icons import icon
from app.ui.words import line, tr

_LONGEST = 46


@dataclass(frozen=True, slots=True)
class Acts:
    """What a menu may do. ``sound_settings`` None: there is nowhere to keep them."""

    use: Callable[[DeviceKind, str], None]
    deafen: Callable[[bool], None]
    be_body_double: Callable[[bool], None]
    sound_settings: Callable[[], None] | None


def microphone_menu(
    parent: QWidget, state: RoomState, devices: Devices | None, settings: Settings, acts: Acts
) -> QMenu:
    known = devices or Devices()
    menu = _menu(parent, tr("Microphone and speaker"))
    _add_devices(
        menu, tr("Microphone"), DeviceKind.MICROPHONE, known.microphones, state.sources.microphone, settings, acts
    )
    menu.addSeparator()
    _add_devices(menu, tr("Speaker"), DeviceKind.SPEAKER, known.speakers, state.sources.speaker, settings, acts)
    add_check(menu, tr("Hear nobody"), state.deafened, acts.deafen)
    if acts.sound_settings is not None:
        menu.addSeparator()
        opened = menu.addAction(icon("settings"), tr("Sound settings…"))
        opened.triggered.connect(acts.sound_settings)
    return menu


def camera_menu(parent: QWidget, state: RoomState, devices: Devices | None, settings: Settings, acts: Acts) -> QMenu:
    known = devices or Devices()
    menu = _menu(parent, tr("Camera"))
    _add_devices(menu, tr("Camera"), DeviceKind.CAMERA, known.cameras, state.sources.camera, settings, acts)
    menu.addSeparator()
    add_check(menu, tr("Body-double mode: a still every 10 s"), state.body_double, acts.be_body_double)
    return menu


def _menu(parent: QWidget, name: str) -> QMenu:
    menu = round_menu(QMenu(parent))
    menu.setAccessibleName(name)
    return menu


def _add_devices(
    menu: QMenu,
    title: str,
    kind: DeviceKind,
    there: tuple[Device, ...],
    chosen: str,
    settings: Settings,
    acts: Acts,
) -> None:
    """A heading, and one entry for each; the chosen one is checked."""
    heading = QWidgetAction(menu)
    words = Label(title, 12, 600, "muted")
    words.setContentsMargins(12, 8, 12, 4)
    heading.setDefaultWidget(words)
    menu.addAction(heading)
    default = next((one.name for one in there if one.is_default), "")
    away = Away(name_of(settings, kind, chosen), default if there else "")
    entries, key = entries_of(kind, there, chosen, away)
    if not entries:
        menu.addAction(none_found(kind)).setEnabled(False)
    group = QActionGroup(menu)
    for one, called in entries:
        entry = menu.addAction(_short(called))
        entry.setCheckable(True)
        entry.setChecked(one == key)
        group.addAction(entry)
        entry.triggered.connect(lambda _=False, spec=one: acts.use(kind, spec))


def _short(words: str) -> str:
    said = line(words)
    return (said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…").replace("&", "&&")
