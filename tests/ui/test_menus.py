"""Menus that are higher than the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.ui.components.menus import round_menu


def test_a_menu_higher_than_the_screen_scrolls_instead_of_breaking_into_columns(qtbot: QtBot, light: None) -> None:
    menu = round_menu(QMenu())
    qtbot.addWidget(menu)
    for number in range(80):
        menu.addAction(f"Entry {number}")
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(menu.isVisible)
    assert len({menu.actionGeometry(one).x() for one in menu.actions()}) == 1
    assert menu.screen().availableGeometry().contains(menu.geometry())
    menu.close()
