"""Who is in the room with us, and the connection to each.

Promises: a participant keeps their place, their tile and, while it works, their connection through lost sockets on
either side, and nobody else takes it; somebody of whom the server says nothing stable (the seed's) is a new
participant with each socket. What is said by somebody who is not in the room is dropped.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence

from app.media.call import CallMedia
from app.media.figures import PeerFigures
from app.media.peer import Peer, PeerState
from app.media.slot import FrameSlot
from app.media.video.layers import Wanted
from app.room import steps
from app.room.lifeline import Verdict
from app.room.peers import Outside, PeerLink
from app.room.preferences import Wishes, seed_height
from app.room.quality import QualityWatch
from app.room.speaking import Speech
from app.room.state import Participant, Phase, Quality, RoomState
from app.store import Store
from protocol.events import (
    Answer,
    Candidate,
    Event,
    IceServer,
    Offer,
    ParticipantEntry,
    ParticipantState,
    Preferences,
    Receiving,
    SendPreferences,
    UserAudioToggle,
    UserJoined,
    UserLeft,
    UserVideoToggle,
)

log = logging.getLogger(__name__)

PICTURE_S = 2.0
"""A participant has a picture while frames are no older than this."""
OLD_SIDS = 20
FPS = 30
"""Nobody is asked for more."""


class Roster:
    def __init__(
        self,
        *,
        store: Store[RoomState],
        media: CallMedia,
        send: Callable[[Event], Awaitable[None]],
        connection_id: str,
    ) -> None:
        self.ice_servers: Sequence[IceServer] = ()
        self._store = store
        self._media = media
        self._connection_id = connection_id
        self._links: dict[str, PeerLink] = {}
        self._by_sid: dict[str, str] = {}
        self._ours: deque[str] = deque(maxlen=OLD_SIDS)
        """Our sids, the newest last: a server may list the ghost of our own lost socket."""
        self._seen: set[str] = set()
        """Who was named by the server since our socket opened."""
        self._frames: dict[str, tuple[int, float]] = {}
        self._quality: dict[str, QualityWatch] = {}
        self._speech: dict[str, Speech] = {}
        """By participant; "" is us."""
        self._wishes: dict[str, Wishes] = {}
        self._saying: set[asyncio.Future[None]] = set()
        self._closing: set[asyncio.Task[None]] = set()
        self._outside = Outside(connect=self._connect, send=send, show=self._show)

    # ---- what the server says of who is there --------------------------------------------------------------------

    def opened(self, sid: str) -> None:
        """We have a new socket; who is there will be told."""
        self._ours.append(sid)
        self._seen.clear()

    def listed(self, entries: Iterable[ParticipantEntry]) -> None:
        """Everybody who was in the room when we came, or came again. To them we offer, unless their media still
        flows."""
        now = time.monotonic()
        for entry in entries:
            if not self._is_ours(entry):
                self._meet(self._as_it_may(entry))
        for participant_id in set(self._links) - self._seen:
            link = self._links[participant_id]
            if link.id == link.sid:
                self._remove(participant_id)  # the seed's: whoever is still there is there under another sid
            elif link.away_since is None:
                link.away_since = now

    def joined(self, event: UserJoined) -> bool:
        """Somebody came (again); they will offer. True for somebody new."""
        if self._is_ours(event):
            return False
        event = self._as_it_may(event)
        participant_id = _id_of(event)
        if participant_id in self._links:
            self._move(participant_id, event)
            return False
        self._add(event)
        return True

    def left(self, event: UserLeft) -> None:
        """Somebody went; who only lost their socket is kept for a while."""
        participant_id = self._by_sid.get(event.socket_id)
        link = None if participant_id is None else self._links.get(participant_id)
        if participant_id is None or link is None or link.sid != event.socket_id:
            return
        if event.reason == "disconnected" and event.connection_id is not None:
            link.away_since = time.monotonic()
            return
        self._depart(participant_id)

    def hear(self, event: Event) -> None:
        """Anything that one participant says to us or to all."""
        match event:
            case Offer() | Answer() | Candidate():
                link = self._links.get(self._by_sid.get(event.sender, ""))
                if link is None:
                    log.info("%s from somebody who is not in the room", event.name)
                else:
                    link.take(event)
            case Preferences():
                link = self._links.get(self._by_sid.get(event.sender, ""))
                if link is not None:
                    link.show_us(_wanted(event.camera), _wanted(event.screen))
            case UserAudioToggle():
                self._apply(event.socket_id, lambda state, who: steps.audio_toggled(state, who, event.enabled))
            case UserVideoToggle():
                self._apply(event.socket_id, lambda state, who: steps.video_toggled(state, who, event.enabled))
            case ParticipantState():
                self._apply(event.socket_id, lambda state, who: steps.participant_gestured(state, who, event))
            case _:
                log.debug("%s is not for the room", event.name)

    # ---- looking after the connections ---------------------------------------------------------------------------

    def check(self, *, reachable: bool) -> None:
        """Look at every connection, a few times a second."""
        now = time.monotonic()
        for participant_id, link in tuple(self._links.items()):
            shown = self._store.state.participant(participant_id)
            if shown is None:
                continue
            match link.check(now, shown, reachable=reachable):
                case Verdict.GONE:
                    self._depart(participant_id)
                case Verdict.GIVE_UP:
                    self._store.apply(lambda state, name=shown.name: steps.noticed(state, "blocked", name))
                case _:
                    pass
            if reachable:
                self._say_what_we_show(link, now)
        self._store.set(self._observed(self._store.state, now))

    def _say_what_we_show(self, link: PeerLink, now: float) -> None:
        if link.id == link.sid:  # the seed's: it neither tells nor listens
            link.show_us(Wanted(seed_height(len(self._links))), Wanted())
            return
        camera_look, screen_look = link.slot.look, link.screen.look
        wish = self._wishes.setdefault(link.id, Wishes()).news(
            None if camera_look is None else camera_look.height,
            None if screen_look is None else screen_look.height,
            now,
        )
        if wish is None:
            return
        camera, screen = (
            None if height is None else Receiving(max_height=height, max_fps=FPS)
            for height in (wish.camera, wish.screen)
        )
        saying = asyncio.ensure_future(self._outside.send(SendPreferences(to=link.sid, camera=camera, screen=screen)))
        self._saying.add(saying)
        saying.add_done_callback(self._saying.discard)

    def link(self, participant_id: str) -> PeerLink | None:
        return self._links.get(participant_id)

    async def close(self) -> None:
        for participant_id in tuple(self._links):
            self._remove(participant_id)
        await asyncio.gather(*self._closing, *self._saying, return_exceptions=True)

    def _observed(self, state: RoomState, now: float) -> RoomState:
        for one in state.participants:
            link = self._links.get(one.id)
            if link is None:
                continue
            speaks = self._speaks(one.id, link.level if one.audio is not False else 0.0, now)
            figures = link.figures
            state = steps.peer_observed(
                state,
                one.id,
                speaking=speaks,
                has_picture=self._has_picture(link, figures, now),
                quality=self._judge(one, figures, now),
            )
        return steps.i_spoke(state, self._speaks("", self._media.level() if state.microphone.actual else 0.0, now))

    def _speaks(self, participant_id: str, level: float, now: float) -> bool:
        speech = self._speech[participant_id] = self._speech.get(participant_id, Speech()).heard(level, now)
        return speech.is_speaking

    def _judge(self, one: Participant, figures: PeerFigures | None, now: float) -> Quality:
        watch = self._quality.setdefault(one.id, QualityWatch())
        figures = figures if one.phase is Phase.CONNECTED else None
        has_film = one.video is not False and not one.body_double
        return watch.seen(figures, now, has_sound=one.audio is not False, has_picture=has_film)

    def _has_picture(self, link: PeerLink, figures: PeerFigures | None, now: float) -> bool:
        frames = 0 if figures is None else figures.video.frames
        before, at = self._frames.get(link.id, (0, now - PICTURE_S))
        if frames != before:
            at = now if frames else now - PICTURE_S
        elif link.slot.was_shown and link.slot.look is None and now - at < PICTURE_S:
            at = now  # nobody looks, so nothing is decoded: it is as it was
        self._frames[link.id] = (frames, at)
        return now - at < PICTURE_S

    # ---- coming and going ----------------------------------------------------------------------------------------

    def _meet(self, entry: ParticipantEntry) -> None:
        """One of those who were there before us."""
        participant_id = _id_of(entry)
        known = self._links.get(participant_id)
        if known is None or entry.connection_id is None:
            self._remove(participant_id)
            self._add(entry, known).call(restart=False)
            return
        was_alive = known.alive
        self._move(participant_id, entry)
        if not was_alive:
            known.call(restart=True)

    def _add(self, entry: ParticipantEntry, before: PeerLink | None = None) -> PeerLink:
        """``before`` is their link until now: the tiles on the screen look at its slots."""
        participant_id = _id_of(entry)
        our_id = self._connection_id if entry.connection_id is not None else self._ours[-1]
        slot, screen = (FrameSlot(), FrameSlot()) if before is None else (before.slot, before.screen)
        link = self._links[participant_id] = PeerLink(
            participant_id, entry.socket_id, our_id, self._outside, slot, screen
        )
        self._by_sid[entry.socket_id] = participant_id
        self._seen.add(participant_id)
        newcomer = Participant(
            id=participant_id,
            sid=entry.socket_id,
            user_id=entry.user_id,
            name=entry.user_name,
            is_tutor=entry.is_tutor,
            verified=entry.verified is not False,
        )
        state = steps.participant_joined(self._store.state, newcomer)
        if entry.state is not None:
            state = steps.participant_showed(state, participant_id, entry.state)
        self._store.set(state)
        return link

    def _move(self, participant_id: str, entry: ParticipantEntry) -> None:
        """The same stay over a new socket, theirs or ours."""
        link = self._links[participant_id]
        self._by_sid.pop(link.sid, None)
        self._by_sid[entry.socket_id] = participant_id
        self._seen.add(participant_id)
        link.move(entry.socket_id)
        if participant_id in self._wishes:
            self._wishes[participant_id].forget()
        state = steps.participant_moved(self._store.state, participant_id, entry.socket_id)
        if entry.state is not None:
            state = steps.participant_showed(state, participant_id, entry.state)
        self._store.set(state)

    def _depart(self, participant_id: str) -> None:
        one = self._store.state.participant(participant_id)
        self._remove(participant_id)
        if one is not None:
            self._store.apply(lambda state: steps.noticed(state, "left", one.name))

    def _remove(self, participant_id: str) -> None:
        link = self._links.pop(participant_id, None)
        if link is None:
            return
        self._by_sid.pop(link.sid, None)
        self._frames.pop(participant_id, None)
        self._wishes.pop(participant_id, None)
        self._speech.pop(participant_id, None)
        self._quality.pop(participant_id, None)
        self._store.apply(lambda state: steps.participant_left(state, participant_id))
        closing = asyncio.create_task(link.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def _as_it_may[E: ParticipantEntry](self, entry: E) -> E:
        """Everybody in the room is told the connection ids, so one that is somebody else's here counts as none: nobody
        continues another one's stay under their name."""
        known = self._store.state.participant(entry.connection_id or "")
        if known is None or (known.user_id, known.verified) == (entry.user_id, entry.verified is not False):
            return entry
        log.warning("%s came with the connection id of somebody else", entry.socket_id)
        return entry.model_copy(update={"connection_id": None})

    def _is_ours(self, entry: ParticipantEntry) -> bool:
        return entry.socket_id in self._ours or entry.connection_id == self._connection_id

    # ---- what the links ask for ----------------------------------------------------------------------------------

    def _connect(self, slot: FrameSlot, screen: FrameSlot | None, listener: Callable[[PeerState], None]) -> Peer:
        return self._media.connect(slot, self.ice_servers, listener, screen=screen)

    def _show(self, participant_id: str, phase: Phase, attempt: int) -> None:
        self._store.apply(lambda state: steps.peer_changed(state, participant_id, phase, attempt))

    def _apply(self, sid: str, step: Callable[[RoomState, str], RoomState]) -> None:
        participant_id = self._by_sid.get(sid)
        if participant_id is not None:
            self._store.apply(lambda state: step(state, participant_id))


def _id_of(entry: ParticipantEntry) -> str:
    """What stays the same for one stay: the connection id where there is one, else the sid."""
    return entry.connection_id or entry.socket_id


def _wanted(told: Receiving | None) -> Wanted | None:
    return None if told is None else Wanted(told.max_height, told.max_fps)
