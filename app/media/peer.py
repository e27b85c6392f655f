"""One peer connection and its life. It is never reused: reconnecting is a new ``Peer`` with the same slot.

Promises: whatever the other end sends, only ``BadDescription`` is raised; ``FAILED`` is told once and for good, both
when no path was found and when a working connection ended by itself (aiortc calls that "closed"); ``close`` may be
called at any moment and leaves nothing behind. Watch ``last_packet_at`` to see whether somebody is there: states come
half a minute late.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from app.errors import DeskmatesError
from app.media.audio.incoming import AudioIn
from app.media.audio.outgoing import AudioTrack
from app.media.completing import completed
from app.media.figures import PeerFigures
from app.media.ice import ServerProbe, read_candidate
from app.media.rtc import names
from app.media.rtc.audio_buffer import PacketSink
from app.media.rtc.decoding import FrameSink
from app.media.rtc.preferences import prefer
from app.media.rtc.receiver import DirectReceiver
from app.media.rtc.renewal import answers, renewal
from app.media.rtc.sender import SharingSender
from app.media.rtc.transport import DirectTransport
from app.media.screens import ScreenEnd, places
from app.media.stopped import closed, revived, stopped
from app.media.sync import LipSync
from app.media.video.incoming import VideoIn
from app.media.video.layers import Wanted
from app.media.video.outgoing import VideoTrack
from protocol.events import IceCandidate, IceServer, StreamKind
from protocol.model import MAX_CANDIDATES, MAX_SDP

log = logging.getLogger(__name__)

CONNECT_S = 30.0
"""Both descriptions are there and no path was found by then: it will not be."""


class PeerState(StrEnum):
    NEW = "new"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    FAILED = "failed"
    """No path was found, or the connection ended by itself."""
    CLOSED = "closed"
    """By us."""


NEEDED: tuple[StreamKind, ...] = ("microphone", "camera")
"""What every connection is to have a place for."""
NO_MEDIA = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
"""The answer to an offer of nothing."""
ENDED = (PeerState.FAILED, PeerState.CLOSED)


class BadDescription(DeskmatesError):
    """The other end's SDP is garbage, too long, or comes at the wrong moment."""


@dataclass(frozen=True, slots=True)
class LocalDescription:
    type: Literal["offer", "answer"]
    sdp: str
    streams: dict[str, StreamKind]
    """Media id → what is sent there."""


class Peer:
    """Made by ``CallMedia.connect``; lives on the engine's loop."""

    def __init__(
        self,
        *,
        audio: AudioTrack,
        video: VideoTrack,
        voice: AudioIn,
        picture: VideoIn,
        sync: LipSync,
        screen: ScreenEnd,
        servers: Sequence[IceServer],
        probe: ServerProbe,
        listener: Callable[[PeerState], None],
        on_closed: Callable[[Peer], None],
    ) -> None:
        self._audio = audio
        self._video = video
        self._voice = voice
        self._picture = picture
        self._reported = {"microphone": sync.voice_reported, "camera": sync.picture_reported}
        self._screen = screen
        self._servers = servers
        self._probe = probe
        self._listener = listener
        self._on_closed = on_closed
        self.owes_offer = False
        """What was answered had no place for some of our media: call ``offer_again`` if it ``is_agreed`` on any,
        else ``offer``, and send that."""
        self._state = PeerState.NEW
        self._connection: RTCPeerConnection | None = None
        self._placed: set[StreamKind] = set()
        """What of ours it has a place for."""
        self._stopped: frozenset[str] = frozenset()
        """Media ids of the places that they closed for good."""
        self._candidates: list[IceCandidate | None] = []
        """Those that came before the description they belong to."""
        self._candidate_count = 0
        self._remote_applied = False
        self._again: str | None = None
        """What was offered again and is not answered yet; an offer of either side makes it void."""
        self._deadline: asyncio.TimerHandle | None = None
        self._steps: set[asyncio.Task[Any]] = set()
        self._closing: asyncio.Task[None] | None = None

    # ---- negotiation

    async def offer(self) -> LocalDescription:
        return await self._step(self._offer())

    async def answer(self, sdp: str, streams: Mapping[str, str] | None) -> LocalDescription:
        """Accept the remote offer ``sdp``.

        A peer without camera or microphone may offer no place for the one, or nothing at all (a browser's offer then
        has no media in it): it is answered in kind, and ``owes_offer`` says that ours must follow, or it will never
        see us.

        ``streams`` is what the peer says it sends: a screen is known by it alone. Else the first camera and
        microphone are taken, whatever their ids.

        Raises:
            BadDescription: it cannot be used.
        """
        return await self._step(self._answer(sdp, streams))

    async def accept(self, sdp: str, streams: Mapping[str, str] | None) -> None:
        """Apply the remote answer ``sdp``.

        Raises:
            BadDescription: it cannot be used, or no offer of ours waits for it.
        """
        await self._step(self._accept(sdp, streams))

    async def offer_again(self) -> LocalDescription:
        """Offer what is agreed already, so that a browser's video encoder begins anew (``renewal``), with a place for
        what of our media has none (``completing``).

        Nothing changes before it is answered (``accept``), and nothing if it never is: their offers are taken as ever.

        Raises:
            BadDescription: nothing is agreed yet, or just being agreed.
        """
        return await self._step(self._offer_again())

    async def _offer(self) -> LocalDescription:
        self.owes_offer = False
        self._again = None
        connection = await self._build()
        self._place(connection, (*NEEDED, "screen"))
        await connection.setLocalDescription(await connection.createOffer())
        return self._described(connection)

    async def _offer_again(self) -> LocalDescription:
        connection = self._connection
        if connection is None or not self.is_agreed or self._again is not None:
            raise BadDescription("there is nothing to offer again")
        agreed = self._described(connection)
        sdp, streams = agreed.sdp, dict(agreed.streams)
        self._place(connection, NEEDED)
        if any(one.mid is None for one in connection.getTransceivers()):
            sdp, added = completed(sdp, await _offer_of(connection), connection.remoteDescription.sdp)
            kinds: dict[object, StreamKind] = {track: kind for kind, (track, _) in self._ends.items()}
            lacking = (one.sender.track for one in connection.getTransceivers() if one.mid is None)
            streams.update((mid, kinds[track]) for mid, track in zip(added, lacking, strict=True))
        self._again = renewal(sdp)
        return LocalDescription("offer", self._again, streams)

    async def _answer(self, sdp: str, streams: Mapping[str, str] | None) -> LocalDescription:
        if _has_no_media(sdp):
            self.owes_offer = True
            return LocalDescription("answer", NO_MEDIA, {})
        kinds = places(sdp, streams)
        if not kinds:
            raise BadDescription("there is no place for sound and none for pictures")
        connection = await self._build()
        self._place(connection, kinds)
        await self._take_up(connection, sdp, streams)
        has_places = {one.sender.track for one in connection.getTransceivers() if one.mid is not None}
        self.owes_offer = not has_places.issuperset((self._audio, self._video))
        self._again = None
        self._start_deadline()
        return self._described(connection)

    async def _accept(self, sdp: str, streams: Mapping[str, str] | None) -> None:
        if self._connection is None:
            raise BadDescription("an answer came before the offer")
        if self._again is None:
            await self._apply(self._connection, "answer", sdp)
            self._screen.agree(streams)
        else:
            again, self._again = self._again, None
            if not answers(sdp, again):
                raise BadDescription("the answer is not one to what was offered again")
            await self._take_up(self._connection, sdp, streams)
        self._start_deadline()

    async def _take_up(self, connection: RTCPeerConnection, sdp: str, streams: Mapping[str, str] | None) -> None:
        """Agree to what they say of themselves."""
        await self._apply(connection, "offer", sdp)
        self._screen.agree(streams)
        for one in connection.getTransceivers():
            if one.mid is None:
                setattr(one, names.OFFERED, "inactive")
        await self._guarded(connection.setLocalDescription())

    async def add_candidate(self, candidate: IceCandidate | None) -> None:
        """A remote candidate; None or an empty one ends them. It may come too early; a bad one is dropped."""
        if candidate is not None and not candidate.candidate.strip():
            candidate = None
        if candidate is not None:
            self._candidate_count += 1
            if self._candidate_count > MAX_CANDIDATES:
                log.info("a candidate too many was dropped")
                return
        if self._remote_applied:
            await self._add_now(candidate)
        elif len(self._candidates) <= MAX_CANDIDATES:
            self._candidates.append(candidate)

    # ---- what it is doing

    @property
    def state(self) -> PeerState:
        return self._state

    def last_packet_at(self) -> float | None:
        """``time.monotonic()`` of the newest media packet from the peer."""
        return max((at for one in self.receivers() if (at := one.last_packet_at) is not None), default=None)

    def level(self) -> float:
        """How loud they are just now, 0 to 1."""
        return self._voice.level.at(time.monotonic())

    @property
    def is_agreed(self) -> bool:
        """Each end has taken a description of the other with places for media in it."""
        connection = self._connection
        return connection is not None and self._remote_applied and connection.signalingState == "stable"

    @property
    def volume(self) -> float:
        return self._voice.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._voice.volume = max(0.0, min(volume, 2.0))

    def figures(self) -> PeerFigures:
        return PeerFigures(self._picture.figures(), self._voice.figures(), self._screen.figures(), self._path_rate())

    def share(self, on: bool) -> None:
        """Our screen is being shared, or no more: send it beside the camera, or in its place."""
        self._screen.share(on)

    def show(self, camera: Wanted | None, screen: Wanted | None) -> None:
        """They show so much of our camera and of our screen, None: nothing. Send no more than that."""
        self._screen.show(camera, screen)

    def relieve(self) -> None:
        """What this computer can send of the camera has changed."""
        self._screen.relieve()

    async def close(self) -> None:
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    # ---- inside

    async def _step[T](self, step: Coroutine[Any, Any, T]) -> T:
        """Negotiate to the end even if the caller is cancelled: aioice loses its sockets when its gathering is."""
        task = asyncio.create_task(step)
        self._steps.add(task)
        task.add_done_callback(self._steps.discard)
        return await asyncio.shield(task)

    async def _build(self) -> RTCPeerConnection:
        if self._connection is not None:
            return self._connection
        servers = await self._probe.alive(self._servers)
        if self._closing is not None:
            raise BadDescription("the connection is closed")
        configuration = RTCConfiguration(iceServers=servers, bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        connection = self._connection = RTCPeerConnection(configuration)
        connection.add_listener("connectionstatechange", self._changed)
        return connection

    def _place(self, connection: RTCPeerConnection, kinds: Sequence[StreamKind]) -> None:
        """Give ``connection`` what we have of ``kinds``, in that order, unless it has that."""
        for kind in kinds:
            track, sink = self._ends[kind]
            if kind in self._placed or track is None or sink is None:
                continue
            self._placed.add(kind)
            sender = connection.addTrack(track)
            transceiver = next(one for one in connection.getTransceivers() if one.sender is sender)
            if isinstance(track, VideoTrack):
                prefer(transceiver, track.offered)
            receiver = transceiver.receiver
            assert isinstance(sender, SharingSender)
            assert isinstance(receiver, DirectReceiver)
            if kind == "camera":
                sender.on_limit = self._screen.limit_camera
            receiver.on_report = self._reported.get(kind)
            receiver.decode_to(sink)

    async def _apply(self, connection: RTCPeerConnection, kind: Literal["offer", "answer"], sdp: str) -> None:
        if len(sdp) > MAX_SDP:
            raise BadDescription(f"a description of {len(sdp)} characters is too long")
        if not sdp.lstrip().startswith("v=0"):
            raise BadDescription("this is no session description")
        mids = frozenset[str]()
        if kind == "answer" or self._remote_applied:  # closed from the start is refused: ours would go there
            mids, sdp = stopped(sdp), revived(sdp)
        await self._guarded(connection.setRemoteDescription(RTCSessionDescription(sdp=sdp, type=kind)))
        self._stopped = mids
        self._remote_applied = True
        early, self._candidates = self._candidates, []
        for candidate in early:
            await self._add_now(candidate)

    async def _guarded(self, step: Coroutine[Any, Any, None]) -> None:
        """aiortc raises anything at all for a malformed description (AssertionError, IndexError, StopIteration …)."""
        try:
            await step
        except Exception as error:
            raise BadDescription(f"{type(error).__name__}: {error}") from error

    async def _add_now(self, candidate: IceCandidate | None) -> None:
        if self._connection is None or self._closing is not None:
            return
        try:
            parsed = None if candidate is None else read_candidate(candidate)
            if candidate is None or parsed is not None:
                await self._connection.addIceCandidate(parsed)
        except Exception as error:  # noqa: BLE001 - aiortc and aioice raise anything for a malformed one
            log.info("a candidate was dropped: %s: %s", type(error).__name__, error)

    def _described(self, connection: RTCPeerConnection) -> LocalDescription:
        description = connection.localDescription
        open_ones = (one for one in connection.getTransceivers() if one.mid not in self._stopped)
        mids = {one.sender.track: one.mid for one in open_ones if one.mid is not None}
        streams: dict[str, StreamKind] = {
            mids[track]: kind for kind, (track, _) in self._ends.items() if track is not None and track in mids
        }
        sdp = closed(description.sdp, self._stopped)
        return LocalDescription("offer" if description.type == "offer" else "answer", sdp, streams)

    @property
    def _ends(self) -> dict[StreamKind, tuple[AudioTrack | VideoTrack | None, FrameSink | PacketSink | None]]:
        """What goes out, and where what comes in goes."""
        return {
            "microphone": (self._audio, self._voice),
            "camera": (self._video, self._picture),
            "screen": (self._screen.track, self._screen.picture),
        }

    def receivers(self) -> list[DirectReceiver]:
        receivers = self._connection.getReceivers() if self._connection is not None else []
        return [receiver for receiver in receivers if isinstance(receiver, DirectReceiver)]

    def _path_rate(self) -> int | None:
        transports = [one.transport for one in self.receivers()]
        rates = [one.path_rate for one in transports if isinstance(one, DirectTransport)]
        return next((rate for rate in rates if rate is not None), None)

    def _changed(self) -> None:
        assert self._connection is not None
        match self._connection.connectionState:
            case "connecting":
                self._set(PeerState.CONNECTING)
            case "connected":
                self._set(PeerState.CONNECTED)
            case "failed" | "closed":
                self._set(PeerState.FAILED)
            case _:
                pass

    def _set(self, state: PeerState) -> None:
        if state is self._state or (self._state in ENDED and state is not PeerState.CLOSED):
            return
        self._state = state
        if state is not PeerState.CONNECTING and self._deadline is not None:
            self._deadline.cancel()
        try:
            self._listener(state)
        except Exception:
            log.exception("a listener failed")

    def _start_deadline(self) -> None:
        if self._deadline is None and self._state in (PeerState.NEW, PeerState.CONNECTING):
            self._deadline = asyncio.get_running_loop().call_later(CONNECT_S, self._set, PeerState.FAILED)

    async def _close(self) -> None:
        self._set(PeerState.CLOSED)
        await asyncio.gather(*self._steps, return_exceptions=True)
        self._audio.stop()
        self._video.stop()
        self._screen.stop()
        if self._connection is not None:
            await self._connection.close()
        self._on_closed(self)


async def _offer_of(connection: RTCPeerConnection) -> str:
    """What ``connection`` could offer; nothing of what is agreed changes by that."""
    agreed = [(one, name, getattr(one, name)) for one in connection.getTransceivers() for name in names.AGREED]
    offer = await connection.createOffer()
    for one, name, value in agreed:
        setattr(one, name, value)
    return offer.sdp


def _has_no_media(sdp: str) -> bool:
    """A description (RFC 8866: version, origin, times) without a single medium."""
    kinds = {line[:2] for line in sdp.splitlines()}
    return {"v=", "o=", "t="} <= kinds and "m=" not in kinds
