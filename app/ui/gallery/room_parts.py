"""What opens over the room: menus, the picker of what to share, the keys, a link's address."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.media.capture.surfaces import Surface
from app.media.sources import SourceSpec
from app.ui.gallery.drawn import shared_screen
from app.ui.gallery.people import calm, room_state
from app.ui.gallery.rooms import in_room
from app.ui.gallery.screens import Scene, Studio, screen
from app.ui.gallery.still import StillDesktop
from app.ui.room.help import help_sheet
from app.ui.room.links import find_links
from app.ui.room.settings_sheet import open_settings_sheet
from app.ui.room.side_panel import CHAT
from app.ui.room.window import RoomWindow
from app.ui.share.picker import SharePicker

_SCREENS = (
    Surface(SourceSpec.parse("screen:0"), "", 2560, 1440),
    Surface(SourceSpec.parse("screen:1"), "", 1920, 1080),
)
_WINDOWS = (
    Surface(SourceSpec.parse("window:1"), "Linear algebra, chapter 4.pdf – Document viewer"),
    Surface(SourceSpec.parse("window:2"), "Exercise sheet 6"),
    Surface(SourceSpec.parse("window:3"), "Passwords"),
)


def _picker(desktop: StillDesktop, parent: QWidget) -> None:
    SharePicker(desktop, parent).open()


@screen("share-picker", in_all_ways=True)
def share_picker(studio: Studio) -> Scene:
    seen: dict[SourceSpec, QImage] = {one.spec: shared_screen() for one in (*_SCREENS, *_WINDOWS[:2])}
    desktop = StillDesktop(*_SCREENS, *_WINDOWS, pictures=seen | {_WINDOWS[2].spec: QImage()})
    return in_room(studio, room_state(calm(3)), then=lambda window: _picker(desktop, window))


@screen("share-picker-one-screen")
def share_picker_one_screen(studio: Studio) -> Scene:
    desktop = StillDesktop(_SCREENS[0], pictures={_SCREENS[0].spec: shared_screen()})
    return in_room(studio, room_state(calm(3)), then=lambda window: _picker(desktop, window))


@screen("share-picker-nothing", in_all_ways=True)
def share_picker_nothing(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), then=lambda window: _picker(StillDesktop(pictures={}), window))


@screen("share-picker-desktop-asks")
def share_picker_desktop_asks(studio: Studio) -> Scene:
    desktop = StillDesktop(_SCREENS[0], pictures={}, asks_itself=True)
    return in_room(studio, room_state(calm(3)), then=lambda window: _picker(desktop, window))


@screen("room-more-menu", in_all_ways=True)
def more_menu(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), then=lambda window: window.controls.more.click())


@screen("room-settings", in_all_ways=True)
def settings(studio: Studio) -> Scene:
    def open_sheet(window: RoomWindow) -> None:
        assert window.settings is not None
        open_settings_sheet(window.settings, window.devices, lambda: window.bridge.state, window)

    return in_room(studio, room_state(calm(3)), then=open_sheet)


@screen("room-person-menu", in_all_ways=True)
def person_menu(studio: Studio) -> Scene:
    def open_menu(window: RoomWindow) -> None:
        tile = window.stage.tile("c-priya")
        window.deeds.open_menu("c-priya", tile.mapToGlobal(QPoint(40, 40)))

    return in_room(studio, room_state(calm(3)), then=open_menu)


@screen("room-keys", in_all_ways=True)
def keys(studio: Studio) -> Scene:
    return in_room(studio, room_state(calm(3)), then=lambda window: help_sheet(window, window.keys.keys).show())


@screen("room-link", in_all_ways=True)
def link(studio: Studio) -> Scene:
    found = find_links("https://example.org/linear-algebra/chapter-4?page=112#eigenvalues")[0]
    return in_room(studio, room_state(calm(3)), CHAT, lambda window: window.panel.chat.link_wanted.emit(found))
