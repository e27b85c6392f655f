"""Our voice on its way out: captured once, encoded once, handed to every peer, for as long as the call lives.

A thread takes 20 ms from the microphone, or makes silence where there is no microphone, it is late, or it is muted, and
encodes it as Opus. In pauses few packets are sent (``pauses``), but some are: the other end can tell a quiet room from
a dead network. Without a microphone those that are not sent are not made either: the thread sleeps that long.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame
from av.packet import Packet

from app.media.audio.adapting import Adaptation, Effort
from app.media.audio.captured import CaptureClock
from app.media.audio.encoders import new_encoder
from app.media.audio.level import LevelMeter
from app.media.audio.pauses import Pause
from app.media.audio.sound import FRAME, RATE, Mono
from app.media.audio.voice import SILENCE, Voice

log = logging.getLogger(__name__)

SHARED = "opus"
"""The codec that is encoded in once for all."""
PERIOD_S = FRAME / RATE
LATE_S = 0.06
"""A microphone that is this late is filled in for."""
QUEUE = 10
"""Frames that may wait for one peer, or from the microphone: 200 ms; the oldest goes first."""

type TakeSound = Callable[[bytes, int], None]
"""Told of a packet's payload, and of its place in what is sent (samples)."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one packet is made of."""

    captured: Mono | None
    at: float
    muted: bool
    mutings: int


class AudioOut:
    def __init__(self) -> None:
        self.on_talking_while_muted: Callable[[], None] | None = None
        """Somebody speaks and is muted. Called on the loop, at most every 20 s."""
        self.on_dead_microphone: Callable[[bool], None] | None = None
        """Nothing but digital silence has come for 5 s while unmuted; False: sound comes again. Called on the loop."""
        self.voice = Voice(
            lambda: self._tell(self._talking_while_muted), lambda dead: self._tell(self._microphone_died, dead)
        )
        self.captured = CaptureClock()
        self._adaptation = Adaptation()
        self._wanted = Effort()
        self._loop = asyncio.get_running_loop()
        self._tracks: set[AudioTrack] = set()
        self._encoder = new_encoder()
        self._pause = Pause()
        self._effort = Effort()
        self._news = threading.Condition()
        self._captured: deque[tuple[Mono, float]] = deque(maxlen=QUEUE)
        self._has_source = False
        self._muted = True
        self._mutings = 0
        """How often it was muted: what was made before the last time is not sent."""
        self._closing = False
        self._rest = 0
        """So many frames need not be made, if neither a microphone nor who wants every frame comes meanwhile."""
        self._fails = False
        self._sent = 0
        self._thread: threading.Thread | None = None

    @property
    def muted(self) -> bool:
        return self._muted

    @property
    def level(self) -> LevelMeter:
        """Of what is sent."""
        return self.voice.level

    # ---- capture thread

    def put(self, sound: Mono, at: float) -> None:
        """20 ms from the microphone, captured at ``at``."""
        with self._news:
            self._captured.append((sound, at))
            self._news.notify()

    # ---- loop

    def track(self) -> AudioTrack:
        """A new peer's track."""
        return AudioTrack(self)

    def set_muted(self, muted: bool) -> None:
        """Silence from this moment on: what was said before and not sent yet is not sent."""
        with self._news:
            if muted and not self._muted:
                self._mutings += 1
            self._muted = muted
            self._captured.clear()
        if muted:
            for track in self._tracks:
                track.forget()

    def set_has_source(self, has_source: bool) -> None:
        """Whether there is a microphone to wait for."""
        with self._news:
            self._has_source = has_source
            self._captured.clear()
            self._news.notify()

    def watch(self, track: AudioTrack) -> None:
        with self._news:
            self._tracks.add(track)
            self._news.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="audio-encoder", daemon=True)
            self._thread.start()

    def unwatch(self, track: AudioTrack) -> None:
        self._tracks.discard(track)
        self._adaptation.gone(track)
        self._wanted = self._adaptation.effort()

    def report_loss(self, track: AudioTrack, share: float, packets: int) -> None:
        """The peer of ``track`` misses this share of the ``packets`` that it was sent lately."""
        self._adaptation.reported(track, share, packets)
        self._wanted = self._adaptation.effort()

    def set_limit(self, track: AudioTrack, bitrate: int) -> None:
        """The path to the peer of ``track`` carries no more than this, pictures included."""
        self._adaptation.limited(track, bitrate)
        self._wanted = self._adaptation.effort()

    async def close(self) -> None:
        with self._news:
            self._closing = True
            self._news.notify()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    # ---- encoder thread

    def _run(self) -> None:
        due = time.monotonic()
        forgotten = 0
        while not self._closing:
            turn = self._next(due)
            now = time.monotonic()
            if self._rest:
                due += self._rested(int((now - due) / PERIOD_S)) * PERIOD_S
            due = min(max(due + PERIOD_S, now - QUEUE * PERIOD_S), now + LATE_S)
            if turn.mutings != forgotten:
                forgotten = turn.mutings
                self._encoder.forget()
            sound = self._voiced(turn, now)
            position, self._sent = self._sent, self._sent + FRAME
            self.captured.add(self._sent / RATE, now if turn.captured is None else turn.at)
            if self._tracks:
                self._adapt()
                payload = self._encoder.encode(sound)
                is_sent = self._pause.sends(payload)
                self._rest = self._next_rest()
                if is_sent or self._are_all_wanted():
                    self._tell(self._share, payload if is_sent else None, position, sound, turn.mutings)

    def _voiced(self, turn: _Turn, now: float) -> Mono:
        """Whatever goes wrong with one frame, the next ones are sent."""
        try:
            sound = self.voice.sent(turn.captured, turn.at, now, muted=turn.muted)
        except Exception:
            if not self._fails:
                log.exception("our voice could not be made: silence is sent until it can")
            self._fails = True
            return SILENCE
        self._fails = False
        return sound

    def _next(self, due: float) -> _Turn:
        """The microphone's next 20 ms, or nothing where there are none in time."""
        with self._news:
            while not self._closing and not self._captured:
                wait = due + self._patience() - time.monotonic()
                if wait <= 0:
                    break
                self._news.wait(wait)
            sound, at = self._captured.popleft() if self._captured else (None, 0.0)
            return _Turn(sound, at, self._muted, self._mutings)

    def _patience(self) -> float:
        """How many seconds later than due the next frame may be made."""
        if self._has_source:
            return LATE_S
        return 0.0 if self._are_all_wanted() else self._rest * PERIOD_S

    def _next_rest(self) -> int:
        """How many of the frames that follow need not be made: nobody speaks, and nobody can begin to."""
        return 0 if self._has_source or self._are_all_wanted() else self._pause.unsent

    def _are_all_wanted(self) -> bool:
        """Somebody takes another codec, and needs those of a pause too."""
        return any(not track.wants_packets for track in tuple(self._tracks))

    def _rested(self, frames: int) -> int:
        """``frames`` have passed since the last one was made; how many of them were left out."""
        left_out, self._rest = min(max(frames, 0), self._rest), 0
        self._pause.skip(left_out)
        self._sent += left_out * FRAME
        return left_out

    def _adapt(self) -> None:
        wanted = self._wanted
        if wanted != self._effort:
            self._effort = wanted
            self._encoder.set_bitrate(wanted.bitrate)
            self._encoder.set_expected_loss(wanted.expected_loss)

    def _tell[*Args](self, callback: Callable[[*Args], None], *arguments: *Args) -> None:
        try:
            self._loop.call_soon_threadsafe(callback, *arguments)
        except RuntimeError:
            log.debug("sound came after the loop was closed")

    # ---- loop again

    def _share(self, payload: bytes | None, position: int, sound: Mono, mutings: int) -> None:
        """``payload`` is None where ``sound`` is a pause that only other codecs are told of."""
        if mutings != self._mutings:
            return  # it was said before the microphone was muted
        packet: Packet[Any] | None = None
        frame: AudioFrame | None = None
        for track in tuple(self._tracks):
            if not track.wants_packets:
                frame = _raw(sound, position) if frame is None else frame
                track.put(frame)
            elif payload is None:
                continue
            elif track.taker is not None:
                track.taker(payload, position)
            else:
                packet = _packet(payload, position) if packet is None else packet
                track.put(packet)

    def _talking_while_muted(self) -> None:
        if self.on_talking_while_muted is not None:
            self.on_talking_while_muted()

    def _microphone_died(self, dead: bool) -> None:
        if self.on_dead_microphone is not None:
            self.on_dead_microphone(dead)


class AudioTrack(MediaStreamTrack):
    """One peer's end of our voice."""

    kind = "audio"

    def __init__(self, out: AudioOut) -> None:
        super().__init__()
        self.wants_packets = True
        """False where the peer agreed on another codec than Opus. Set before the first ``recv``."""
        self.taker: TakeSound | None = None
        self._out = out
        self._watching = False
        self._queue: deque[AudioFrame | Packet[Any]] = deque(maxlen=QUEUE)
        self._arrived = asyncio.Event()

    def agree(self, codec: str) -> bool:
        """The peer takes ``codec`` (its name in SDP); whether that is what we encode in for all. Called before the
        first ``recv``."""
        self.wants_packets = codec == SHARED
        return self.wants_packets

    def put(self, content: AudioFrame | Packet[Any]) -> None:
        self._queue.append(content)
        self._arrived.set()

    def hand_to(self, taker: TakeSound | None) -> None:
        """Give every packet to ``taker`` at once, on the loop, and keep none for ``recv``; None: no more."""
        self.taker = taker
        if taker is not None:
            self._watch()

    def forget(self) -> None:
        """What waits must not be heard any more."""
        self._queue.clear()

    def captured_at(self, place: float) -> float | None:
        """When (monotonic seconds) what is ``place`` seconds from the beginning was captured."""
        return self._out.captured.at(place)

    def report_loss(self, share: float, packets: int) -> None:
        """The peer misses this share of the ``packets`` that it was sent lately."""
        if self._is_live:
            self._out.report_loss(self, share, packets)

    def set_limit(self, bitrate: int) -> None:
        """The path to the peer carries no more than this, pictures included."""
        if self._is_live:
            self._out.set_limit(self, bitrate)

    async def recv(self) -> AudioFrame | Packet[Any]:
        if not self._is_live:
            raise MediaStreamError
        self._watch()
        while not self._queue:
            self._arrived.clear()
            await self._arrived.wait()
        return self._queue.popleft()

    @property
    def _is_live(self) -> bool:
        """It was not stopped. A report may still come after that: who has left is not to limit the others."""
        return self.readyState == "live"

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            self._out.watch(self)

    def stop(self) -> None:
        super().stop()
        self._out.unwatch(self)


def _packet(payload: bytes, position: int) -> Packet[Any]:
    packet = Packet(payload)
    packet.pts, packet.time_base = position, Fraction(1, RATE)
    return packet


def _raw(sound: Mono, position: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), position
    return frame
