"""The room's keys at work. Single letters act only while nobody types: a text input keeps every letter for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.config import SettingsFile
from app.ui.shortcuts import USUAL, Action, Shortcuts


class RoomKeys(QObject):
    """Makes the keys of each action do its thing in ``window``; a key that is held does it once.

    The person's own keys come from ``settings`` and are followed live; without settings there are the usual ones.
    ``changed`` comes when they became others.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        settings: SettingsFile | None,
        acts: Mapping[Action, Callable[[], None]],
        pin: Callable[[int], None] | None = None,
    ) -> None:
        """``pin`` is told which of the keys for pinning was pressed, from 1 on; None where nothing is pinned."""
        super().__init__(window)
        self._window = window
        self._acts = acts
        self._pin = pin
        self._made: list[QShortcut] = []
        self._own = None if settings is None else Shortcuts(settings, window)
        if self._own is not None:
            self._own.changed.connect(self._bind_anew)
        self._bind()

    def keys(self, action: Action) -> tuple[str, ...]:
        return USUAL[action] if self._own is None else self._own.keys(action)

    def _bind(self) -> None:
        for old in self._made:
            old.setEnabled(False)
            old.deleteLater()
        self._made = [self._shortcut(key, act) for action, act in self._acts.items() for key in self.keys(action)]
        pin = self._pin
        if pin is not None:
            for key in self.keys(Action.PIN):
                number = USUAL[Action.PIN].index(key) + 1  # a person may have given one of them to something else
                self._made.append(self._shortcut(key, lambda number=number: pin(number)))

    def _bind_anew(self) -> None:
        self._bind()
        self.changed.emit()

    def _shortcut(self, key: str, act: Callable[[], None]) -> QShortcut:
        made = QShortcut(QKeySequence(key), self._window)
        made.setAutoRepeat(False)
        made.activated.connect(act)
        return made
