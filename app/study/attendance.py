"""Watches one room from the side: since when we were in it, who else was, and what was said meanwhile.

Promises: nothing is asked of the room; ``stay`` may be asked in any thread and at any time, also after the room is
gone.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.room.state import Link, MessageKind, RoomState
from app.store import Store
from app.study.stays import MAX_GOAL, Mate, Outcome, Said, Stay

_SKEW = timedelta(seconds=60)
"""A server's clock may be behind ours by so much and a message still counts as said during the stay."""


@dataclass
class _Company:
    name: str
    seconds: float = 0.0
    since: float | None = None


class Attendance:
    """Begins with the first moment in which the room has let us in."""

    def __init__(
        self,
        store: Store[RoomState],
        *,
        goal: str = "",
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``clock`` gives seconds that never go back and, but for Windows' own, stand still while the computer sleeps;
        ``wall`` is the time of day, UTC.
        """
        self._key = uuid.uuid4().hex
        self._goal = goal.strip()[:MAX_GOAL]
        self._outcome = Outcome.OPEN
        self._clock = clock
        self._wall = wall
        self._lock = threading.Lock()
        self._began: float | None = None
        self._began_at = wall()
        self._zone = self._began_at.astimezone().tzinfo
        self._ended: float | None = None
        self._ended_at = self._began_at
        self._company: dict[str, _Company] = {}
        self._state = store.state
        self._unsubscribe = store.subscribe(self._on_state)
        self._on_state(store.state)

    @property
    def goal(self) -> str:
        return self._goal

    @property
    def outcome(self) -> Outcome:
        return self._outcome

    def change_goal(self, goal: str) -> None:
        """Another goal, that has no answer yet."""
        with self._lock:
            self._goal = goal.strip()[:MAX_GOAL]
            self._outcome = Outcome.OPEN

    def answer(self, outcome: Outcome) -> None:
        """What came of the goal, as far as one knows by now."""
        with self._lock:
            self._outcome = outcome

    @property
    def said(self) -> tuple[Said, ...]:
        """What people said during the stay, oldest first."""
        since = self._began_at - _SKEW
        heard = (one for one in self._state.messages if one.at >= since and one.kind is not MessageKind.SYSTEM)
        return tuple(Said(one.at, one.user_name, one.text) for one in heard)

    def stay(self) -> Stay | None:
        """The stay until now, or until the room was left; None where the room never let us in."""
        with self._lock:
            if self._began is None:
                return None
            now = self._ended if self._ended is not None else self._clock()
            mates = [
                Mate(key, one.name, int(one.seconds + (now - one.since if one.since is not None else 0.0)))
                for key, one in self._company.items()
            ]
            session = self._state.session
            lasted = timedelta(seconds=now - self._began)
            ended = self._ended_at if self._ended is not None else self._wall()
            return Stay(
                key=self._key,
                session_id=session.id,
                title=session.title,
                began=self._began_at,
                ended=max(ended, self._began_at + lasted),  # a clock that was put back makes it no shorter
                goal=self._goal,
                outcome=self._outcome,
                mates=tuple(sorted(mates, key=lambda one: (-one.seconds, one.name))),
                zone=self._zone,
                lasted=lasted,
            )

    def end(self) -> Stay | None:
        """Watch no longer; as ``stay``."""
        self._unsubscribe()
        with self._lock:
            self._close(self._clock())
        return self.stay()

    def _on_state(self, state: RoomState) -> None:
        with self._lock:
            if self._ended is not None:
                return
            now = self._clock()
            if self._began is None and state.link is Link.ONLINE:
                self._began = now
                self._began_at = self._wall()
                self._zone = self._began_at.astimezone().tzinfo
            if self._began is not None and state.link in (Link.LEFT, Link.REFUSED):
                self._close(now)
                return
            self._state = state
            if self._began is not None:
                self._note_company(state, now)

    def _note_company(self, state: RoomState, now: float) -> None:
        there = {one.user_id: one.name for one in state.participants if one.user_id != state.me.user_id}
        for key, name in there.items():
            one = self._company.setdefault(key, _Company(name))
            one.name = name
            if one.since is None:
                one.since = now
        for key, one in self._company.items():
            if key not in there:
                _pause(one, now)

    def _close(self, now: float) -> None:
        if self._ended is None:
            self._ended = now
            self._ended_at = self._wall()
            for one in self._company.values():
                _pause(one, now)


def _pause(one: _Company, now: float) -> None:
    if one.since is not None:
        one.seconds += now - one.since
        one.since = None
