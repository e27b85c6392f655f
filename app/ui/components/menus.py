"""Menus in the app's look."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.ui.compositor import can_see_through
from app.ui.theme import font


def round_menu(menu: QMenu) -> QMenu:
    """Give ``menu`` the app's font, and let what is outside its round corners be seen through. Where that cannot be,
    its corners are square: they would be black."""
    menu.setFont(font(14))
    menu.setWindowFlags(menu.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
    is_round = can_see_through()
    menu.setProperty("square", not is_round)
    menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, is_round)
    return menu


def add_check(menu: QMenu, words: str, is_on: bool, act: Callable[[bool], None]) -> None:
    """Add an entry that is on or off; ``act`` hears what it has become."""
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(is_on)
    action.toggled.connect(act)
