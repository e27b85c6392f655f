"""Ends the app as a person asks for it: every window is closed, so that rooms are left politely.

Closing the main window alone does not end the app while a room is open: it comes back after the room. So ``quitting()``
says when all is to end.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

KEYS = (QKeySequence.StandardKey.Quit, QKeySequence("Ctrl+Q"))
"""What the system has for it; Windows has nothing, and its users know the key from elsewhere."""


class Quitting(QObject):
    """``wanted`` comes before the windows are closed."""

    wanted = Signal()


_quitting = Quitting()


def quitting() -> Quitting:
    return _quitting


def close_all() -> None:
    """Close each window that is there; one that says goodbye first closes when it has done so."""
    quitting().wanted.emit()
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.close()


def _is_any_shown() -> bool:
    return any(window.isVisible() for window in QApplication.topLevelWidgets())


class Application(QApplication):
    """Ends in the same way where the system asks for it: the menu and the Dock of macOS, a log-out, ``quit()``.

    Qt itself would ask the windows and then forget about it, because a room does not close before it was left.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Quit and _is_any_shown():
            close_all()
            if _is_any_shown():
                event.ignore()
                return True  # Qt says it again once the last one has closed
        return super().event(event)


def quit_keys() -> frozenset[str]:
    """The keys that end the app here, as portable texts."""
    return frozenset(sequence.toString() for key in KEYS for sequence in _sequences(key))


def quit_by_key(window: QWidget) -> None:
    """From now on the usual key closes all, in every window of the app, for as long as ``window`` is there."""
    for text in sorted(quit_keys()):
        shortcut = QShortcut(QKeySequence(text), window)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(close_all)


def _sequences(key: QKeySequence | QKeySequence.StandardKey) -> list[QKeySequence]:
    return [key] if isinstance(key, QKeySequence) else QKeySequence.keyBindings(key)
