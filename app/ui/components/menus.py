"""Menus in the app's look."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.ui.theme import font


def round_menu(menu: QMenu) -> QMenu:
    """Give ``menu`` the app's font, and let what is outside its round corners be seen through."""
    menu.setFont(font(14))
    menu.setWindowFlags(menu.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
    menu.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    return menu


def add_check(menu: QMenu, words: str, is_on: bool, act: Callable[[bool], None]) -> None:
    """Add an entry that is on or off; ``act`` hears what it has become."""
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(is_on)
    action.toggled.connect(act)
