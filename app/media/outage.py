"""May Qt still be asked to play, after a sound server has ended? Pure: every moment is an argument.

Qt 6.12 loses its connection to PulseAudio with the server, tries once to get another one, three seconds later, and if
the server is not there at that moment it never has one again: the next sound that it is asked to play ends the whole
program (libpulse aborts). It says nothing of all this, so it is told from outside.
"""

from __future__ import annotations

BEFORE_S, AFTER_S = 2.9, 3.5
"""Qt's only try lies between the two."""


class Outage:
    """``may_play`` and ``is_watched`` may be read in any thread; the rest belongs to one."""

    def __init__(self) -> None:
        self.is_watched = False
        """An end of the server would be told."""
        self.is_final = False
        """Only a new start of the program brings sound back."""
        self._since: float | None = None
        self._is_back = False

    @property
    def may_play(self) -> bool:
        return self._since is None

    def began(self, now: float) -> None:
        """The server has ended."""
        if not self.is_final:
            self._since, self._is_back = now, False

    def looked(self, now: float, *, running: bool) -> None:
        """Whether the server was there ``now``."""
        if self._since is None or self.is_final:
            return
        waited = now - self._since
        if waited < BEFORE_S:
            self._is_back = running
        elif waited >= AFTER_S and self._is_back and running:
            self._since = None
        elif waited >= AFTER_S:
            self.is_final = True
