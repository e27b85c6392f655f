"""The menu behind "More": layouts, our own tile, the mini window, full screen, quiet, the keys and the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.components.menus import add_check, round_menu
from app.ui.icons import icon
from app.ui.room.layouts import Layout
from app.ui.room.settings_sheet import open_settings_sheet
from app.ui.room.side_panel import GOALS, TIMER
from app.ui.shortcuts import Action, shown
from app.ui.words import tr

if TYPE_CHECKING:
    from app.ui.room.window import RoomWindow


@dataclass(frozen=True, slots=True)
class Now:
    """What the menu has to show as chosen."""

    layout: Layout
    somebody_shares: bool
    self_hidden: bool
    full_screen: bool
    quiet: bool
    body_double: bool


@dataclass(frozen=True, slots=True)
class Deeds:
    choose_layout: Callable[[Layout], None]
    hide_self: Callable[[bool], None]
    mini: Callable[[], None]
    full_screen: Callable[[], None]
    be_quiet: Callable[[bool], None]
    be_body_double: Callable[[bool], None]
    open_tab: Callable[[str], None]
    help: Callable[[], None]
    settings: Callable[[], None] | None
    """None: there is nowhere to keep them."""


def more_menu(parent: QWidget, now: Now, deeds: Deeds, keys: Callable[[Action], tuple[str, ...]]) -> QMenu:
    """``keys`` are those that do the same."""

    def with_key(words: str, action: Action) -> str:
        key = next((shown(one) for one in keys(action)), "")
        return f"{words}\t{key}" if key else words

    menu = round_menu(QMenu(parent))
    _add_layouts(menu, now, deeds)
    menu.addSeparator()
    add_check(menu, tr("Show my own tile"), not now.self_hidden, lambda is_on: deeds.hide_self(not is_on))
    add_check(menu, tr("Do not disturb"), now.quiet, deeds.be_quiet)
    add_check(menu, tr("Body-double mode: a still every 10 s"), now.body_double, deeds.be_body_double)
    menu.addSeparator()
    for tab, sign, words in (
        (TIMER, "clock", with_key(tr("Timer"), Action.TIMER)),
        (GOALS, "target", tr("Goals")),
    ):
        menu.addAction(icon(sign), words).triggered.connect(lambda _=False, tab=tab: deeds.open_tab(tab))
    menu.addSeparator()
    mini = menu.addAction(icon("picture-in-picture-2"), with_key(tr("Mini window"), Action.MINI_WINDOW))
    mini.triggered.connect(deeds.mini)
    words = tr("Leave full screen") if now.full_screen else tr("Full screen")
    whole = menu.addAction(icon("maximize"), with_key(words, Action.FULL_SCREEN))
    whole.triggered.connect(deeds.full_screen)
    help_ = menu.addAction(icon("keyboard"), with_key(tr("Keyboard shortcuts"), Action.HELP))
    help_.triggered.connect(deeds.help)
    if deeds.settings is not None:
        menu.addAction(icon("settings"), tr("Settings…")).triggered.connect(deeds.settings)
    return menu


def open_more(window: RoomWindow) -> None:
    """The menu with what is so in ``window`` now, above its button."""
    state, stage, settings = window.bridge.state, window.stage, window.settings
    now = Now(
        stage.layout_now,
        any(one.screen for one in state.participants),
        stage.is_self_hidden,
        window.isFullScreen(),
        window.notifier.is_quiet,
        state.body_double,
    )
    deeds = Deeds(
        choose_layout=stage.choose_layout,
        hide_self=stage.hide_self,
        mini=window.go_mini,
        full_screen=window.turn_full_screen,
        be_quiet=window.be_quiet,
        be_body_double=window.devices.be_body_double,
        open_tab=window.open_panel,
        help=window.open_help,
        settings=None
        if settings is None
        else lambda: open_settings_sheet(settings, window.devices, lambda: window.bridge.state, window),
    )
    menu = more_menu(window, now, deeds, window.keys.keys)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(window.controls.more.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 4)))
    menu.setActiveAction(menu.actions()[0])


def _add_layouts(menu: QMenu, now: Now, deeds: Deeds) -> None:
    offered = [(Layout.GRID, tr("Grid")), (Layout.SPEAKER, tr("Speaker and filmstrip"))]
    if now.somebody_shares:
        offered.append((Layout.SHARE, tr("Shared screen and filmstrip")))
    group = QActionGroup(menu)
    for layout, words in offered:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(layout is now.layout)
        group.addAction(action)
        action.triggered.connect(lambda _=False, layout=layout: deeds.choose_layout(layout))
