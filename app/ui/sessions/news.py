"""Puts before a person what they asked to be told of: in the window, and where they look elsewhere in the system's own
way, unless they do not want to be disturbed.

The tray has an icon only while something is awaited.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.config import SettingsFile
from app.ui.components.toasts import ToastStack
from app.ui.notify import SHOWN_MS, Notifier
from app.ui.room.memory import QUIET, RoomMemory
from app.ui.sessions.telling import Telling
from app.ui.sessions.wishes import News
from app.ui.words import tr
from protocol.rest import Session

Go = Callable[[Session], None]


class SessionNews(QObject):
    def __init__(
        self,
        window: QWidget,
        telling: Telling,
        toasts: ToastStack,
        settings: SettingsFile,
        *,
        join: Go,
        show: Go,
        prepare: Go,
    ) -> None:
        """``join`` leads into a session and ``show`` to its card, from wherever one is; ``prepare`` has the card shown
        where the sessions are looked at, or will be.
        """
        super().__init__(window)
        self._window = window
        self._telling = telling
        self._toasts = toasts
        self._settings = settings
        self._join, self._show, self._prepare = join, show, prepare
        self._last: Session | None = None
        self.notifier = Notifier(window, self._is_in_front)
        self.notifier.opened.connect(self._come)
        # What was told last is still to be read, and pressed.
        self._leaving_tray = QTimer(self, singleShot=True, interval=5 * SHOWN_MS)
        self._leaving_tray.timeout.connect(self.notifier.stop)
        telling.told.connect(self._tell)
        telling.overtaken.connect(self._take_back)
        telling.changed.connect(self._stand_in_tray)
        self._stand_in_tray()

    def close(self) -> None:
        """Tell nothing more, and leave the tray."""
        self.notifier.stop()
        self._telling.told.disconnect(self._tell)
        self._telling.overtaken.disconnect(self._take_back)
        self._telling.changed.disconnect(self._stand_in_tray)
        self.deleteLater()

    def _is_in_front(self) -> bool:
        top = self._window.window()
        return top.isActiveWindow() and not top.isMinimized()

    def _tell(self, news: News) -> None:
        self._last = news.session
        action, go = (tr("Join"), self._join) if news.can_join else (tr("Details"), self._show)
        self._toasts.offer(news.words, "bell-ring", action, lambda: go(news.session))
        self.notifier.set_quiet(RoomMemory(self._settings.folder).wish(QUIET))
        self.notifier.tell(tr("Deskmates"), news.words)

    def _take_back(self, news: News) -> None:
        self._toasts.take_back(news.words)

    def _come(self) -> None:
        top = self._window.window()
        top.setWindowState(top.windowState() & ~Qt.WindowState.WindowMinimized)
        top.show()
        top.raise_()
        top.activateWindow()
        if self._last is not None:
            self._prepare(self._last)

    def _stand_in_tray(self) -> None:
        if self._telling.awaited:
            self._leaving_tray.stop()
            self.notifier.start()
        else:
            self._leaving_tray.start()
