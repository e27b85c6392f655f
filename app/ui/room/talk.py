"""Push to talk: the microphone is on while a key is held, where it was off before.

Promises: a focused button keeps its activation and a text its letters, since only what they leave over comes here;
auto-repeat counts for nothing; whatever takes the keyboard away ends the talking.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.shortcuts import recorded


class PushToTalk(QObject):
    wanted = Signal(bool)

    def __init__(self, window: QWidget, keys: Callable[[], tuple[str, ...]], is_on: Callable[[], bool]) -> None:
        """``keys`` are those that may be held, ``is_on`` whether the microphone is on anyway."""
        super().__init__(window)
        self._keys = keys
        self._is_on = is_on
        self._held: int | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.applicationStateChanged.connect(self._on_application)
        app.focusChanged.connect(self._on_focus)

    @property
    def is_talking(self) -> bool:
        return self._held is not None

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key was for us."""
        if event.isAutoRepeat():
            return self.is_talking and event.key() == self._held
        if self.is_talking or recorded(event) not in self._keys() or self._is_on():
            return False
        self._held = event.key()
        self.wanted.emit(True)
        return True

    def release(self, event: QKeyEvent) -> bool:
        if not self.is_talking or event.key() != self._held:
            return False
        if not event.isAutoRepeat():
            self.end()
        return True

    def end(self) -> None:
        """Be silent again."""
        if self.is_talking:
            self._held = None
            self.wanted.emit(False)

    def _on_focus(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self.end()

    def _on_application(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.end()
