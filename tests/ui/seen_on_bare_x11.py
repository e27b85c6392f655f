"""Run with a desktop (QT_QPA_PLATFORM=xcb) that has no compositor: prints what popups look like there as JSON."""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QNativeInterface, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.ui.components.menus import round_menu
from app.ui.compositor import can_see_through
from app.ui.room.reactions import ReactionRow
from app.ui.theme import ThemeChoice, theme


def at(screen: QScreen, widget: QWidget, x: int, y: int) -> str:
    """The colour that the screen has at a place of ``widget``."""
    place = widget.mapToGlobal(QPoint(x, y))
    return screen.grabWindow(0, place.x(), place.y(), 1, 1).toImage().pixelColor(0, 0).name()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so() and time.monotonic() < deadline:
        QTest.qWait(20)


def become_compositor(app: QApplication, window: QWidget) -> None:
    native: Any = app.nativeInterface()
    assert isinstance(native, QNativeInterface.QX11Application)
    xlib = ctypes.CDLL("libX11.so.6")
    display = ctypes.c_void_p(native.display())
    atom = xlib.XInternAtom(display, b"_NET_WM_CM_S0", 0)
    xlib.XSetSelectionOwner(display, ctypes.c_ulong(atom), ctypes.c_ulong(int(window.winId())), ctypes.c_ulong(0))
    xlib.XSync(display, 0)


def main() -> None:
    app = QApplication(sys.argv[:1])
    theme().choose(ThemeChoice.LIGHT)
    screen = app.primaryScreen()
    window = QWidget()
    window.setObjectName("ground")
    window.setStyleSheet("#ground { background: #ff0000 }")
    window.setGeometry(0, 0, 900, 600)
    window.show()
    QTest.qWaitForWindowExposed(window)
    told: dict[str, Any] = {"clear": can_see_through()}
    menu = round_menu(QMenu(window))
    menu.addAction("First")
    menu.popup(QPoint(200, 300))
    until(lambda: at(screen, menu, 20, 4) == theme().tokens.surface.lower())
    told["menu"] = at(screen, menu, 1, 1)
    menu.close()
    row = ReactionRow(window)
    row.pop_up(window)
    row.move(200, 300)
    until(lambda: at(screen, row, 22, 22) == theme().tokens.surface.lower())
    told["row"] = at(screen, row, 18, 18)
    told["around the row"] = at(screen, row, 4, 4)
    row.close()
    become_compositor(app, window)
    told["clear with a compositor"] = can_see_through()
    print(json.dumps(told))  # noqa: T201


main()
