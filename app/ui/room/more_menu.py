"""The menu behind "More": layouts, our own tile, the mini window, full screen, quiet, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.components.menus import add_check, round_menu
from app.ui.icons import icon
from app.ui.room.layouts import Layout
from app.ui.words import tr


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
    help: Callable[[], None]


def more_menu(parent: QWidget, now: Now, deeds: Deeds) -> QMenu:
    menu = round_menu(QMenu(parent))
    _add_layouts(menu, now, deeds)
    menu.addSeparator()
    add_check(menu, tr("Show my own tile"), not now.self_hidden, lambda is_on: deeds.hide_self(not is_on))
    add_check(menu, tr("Do not disturb"), now.quiet, deeds.be_quiet)
    add_check(menu, tr("Body-double mode: a still every 10 s"), now.body_double, deeds.be_body_double)
    menu.addSeparator()
    mini = menu.addAction(icon("picture-in-picture-2"), tr("Mini window"))
    mini.triggered.connect(deeds.mini)
    words = tr("Leave full screen") if now.full_screen else tr("Full screen")
    menu.addAction(icon("maximize"), words).triggered.connect(deeds.full_screen)
    menu.addAction(icon("keyboard"), tr("Keyboard shortcuts")).triggered.connect(deeds.help)
    return menu


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
