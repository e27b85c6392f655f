"""Tells people who look elsewhere: through the tray where there is one, else by the window's own call for attention.

Promises: nothing while the window is in front, and nothing while the person wants quiet; no window is ever hidden on
account of the tray, since there may be none.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from app.ui.icons import window_icon
from app.ui.words import tr

SHOWN_MS = 6_000


class Notifier(QObject):
    """``told`` is what was put before the person, title and words."""

    opened = Signal()
    """Somebody pressed the tray's icon or a notification."""
    told = Signal(str, str)

    def __init__(self, window: QWidget, is_in_front: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._is_in_front = is_in_front
        self._is_quiet = False
        self._tray: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None

    @property
    def is_quiet(self) -> bool:
        return self._is_quiet

    def start(self) -> None:
        """Stand in the tray, if the desktop has one."""
        if self._tray is not None or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        menu = self._menu = QMenu()
        self._fill(menu)
        tray = self._tray = QSystemTrayIcon(window_icon(), self)
        tray.setToolTip(tr("Deskmates"))
        tray.setContextMenu(menu)
        tray.activated.connect(lambda _: self.opened.emit())
        tray.messageClicked.connect(self.opened)
        tray.show()

    def stop(self) -> None:
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None

    def set_quiet(self, is_quiet: bool) -> None:
        self._is_quiet = is_quiet

    def tell(self, title: str, words: str) -> None:
        if self._is_quiet or self._is_in_front():
            return
        if self._tray is not None:
            self._tray.showMessage(title, words, window_icon(), SHOWN_MS)
        else:
            QApplication.alert(self._window.window())
        self.told.emit(title, words)

    def _fill(self, menu: QMenu) -> None:
        menu.addAction(tr("Show Deskmates")).triggered.connect(self.opened)


class RoomNotifier(Notifier):
    """Of a room, which can be kept quiet and left from the tray."""

    leave_wanted = Signal()
    quiet_wanted = Signal(bool)

    def __init__(self, window: QWidget, is_in_front: Callable[[], bool]) -> None:
        super().__init__(window, is_in_front)
        self._quiet_action: QAction | None = None

    def set_quiet(self, is_quiet: bool) -> None:
        super().set_quiet(is_quiet)
        if self._quiet_action is not None:
            self._quiet_action.setChecked(is_quiet)

    def _fill(self, menu: QMenu) -> None:
        menu.addAction(tr("Show the room")).triggered.connect(self.opened)
        quiet = self._quiet_action = menu.addAction(tr("Do not disturb"))
        quiet.setCheckable(True)
        quiet.setChecked(self.is_quiet)
        quiet.toggled.connect(self.quiet_wanted)
        menu.addSeparator()
        menu.addAction(tr("Leave the room")).triggered.connect(self.leave_wanted)
