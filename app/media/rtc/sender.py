"""Our RTCRtpSender: it packs what one shared encoder made, and tells that encoder what the receivers ask for.

A track's ``recv`` may return packets that are encoded already, but then aiortc sends PLI, FIR and REMB to an encoder of
its own that is never used. What is encoded for all is sent in the very call that tells of it, without a task, and with
one header for a frame instead of a dozen objects for each packet. Where the other end reports each packet
(``feedback``), its transport finds the rate; else its REMB does.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from aiortc import MediaStreamTrack, RTCRtpSender
from aiortc.codecs import get_encoder, is_rtx
from aiortc.mediastreams import MediaStreamError
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecParameters, RTCRtpSendParameters
from aiortc.rtcrtpsender import random_sequence_number
from aiortc.rtp import RTCP_PSFB_APP, AnyRtcpPacket, RtcpPsfbPacket, RtcpRrPacket, RtcpSrPacket, unpack_remb_fci
from aiortc.utils import random32
from av.packet import Packet

from app.media.audio.outgoing import AudioTrack
from app.media.rtc import names
from app.media.rtc.packets import ABS_SEND_TIME, HEADER, ONE_BYTE, REPORTED, TRANSPORT_WIDE
from app.media.rtc.something import Something
from app.media.rtc.transport import DirectTransport
from app.media.video.outgoing import VideoTrack

HISTORY = 512
"""Packets that can be sent again: two seconds at 720p30."""
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RESERVED = 15
"""Among the ids of header extensions; larger ones do not fit."""
LONGEST_MID = 16
"""Bytes."""
VERSION, EXTENDED, MARKED = 0x80, 0x10, 0x80
NTP_SECOND = 1 << 32
NTP_AHEAD_S = 2_208_988_800
"""NTP counts from 1900."""
OLDEST_S = 2.0
"""What claims to have been captured longer ago has a clock of its own."""

log = logging.getLogger(__name__)


class SharingSender(RTCRtpSender):
    """Reason: 720p VP8 to three peers costs 0.87 cores with an encoder each, 0.36 with one; and a sender without a
    loop of its own a third of that again."""

    def __init__(self, track_or_kind: VideoTrack | AudioTrack | str, transport: RTCDtlsTransport) -> None:
        super().__init__(track_or_kind, transport)
        self.on_limit: Callable[[int], None] | None = None
        """Told instead of the track how many bits a second may be sent."""
        self._sequence = random_sequence_number()
        self._origin = random32()
        self._payload_type = 0
        self._extensions = b"", b""
        """The header extensions; what changes from packet to packet belongs between."""
        self._is_timed = False
        """What belongs there is the time of sending."""
        self._is_numbered = False
        """What belongs there is the transport-wide sequence number."""
        self._history: deque[tuple[int, bytes, bytes]] = deque(maxlen=HISTORY)
        """Sequence number and packet, the oldest first, without gaps. A packet is in two parts where a number belongs
        between."""
        self._repeat_type: int | None = None
        self._repeat_sequence = random_sequence_number()
        self._something = Something(self, names.SENDER_RTCP)
        self._packets = 0
        self._reported = 0
        """Of them, at the last report of the other end."""
        self._octets = 0
        self._rate = 1
        """Ticks of the time stamps a second."""

    @property
    def _sent_track(self) -> MediaStreamTrack | None:
        """aiortc says that there always is one."""
        return self.track

    @property
    def octets(self) -> int:
        """Bytes sent so far, without headers."""
        return self._octets

    def limit(self, bits_per_second: int) -> None:
        """The other end takes no more than this, or the path does not."""
        if self.on_limit is not None:
            self.on_limit(bits_per_second)
        elif isinstance(self.track, VideoTrack | AudioTrack):
            self.track.set_limit(bits_per_second)

    async def send(self, parameters: RTCRtpSendParameters) -> None:
        known = {one.uri: one.id for one in parameters.headerExtensions}
        if REPORTED not in parameters.codecs[0].rtcpFeedback:
            known.pop(TRANSPORT_WIDE, None)
        self._extensions, self._is_timed, self._is_numbered = _parted(*_extensions(known, parameters.muxId))
        first = parameters.codecs[0].payloadType
        repeating = (one for one in parameters.codecs if is_rtx(one) and one.parameters.get("apt") == first)
        self._repeat_type = next((one.payloadType for one in repeating), None)
        await super().send(parameters)
        if self._is_numbered and isinstance(self.transport, DirectTransport):
            self.transport.spends(self)

    async def _run_rtp(self, codec: RTCRtpCodecParameters) -> None:
        getattr(self, names.RTP_STARTED).set()
        track = self._sent_track
        assert codec.payloadType is not None
        self._payload_type, self._rate = codec.payloadType, codec.clockRate
        try:
            while track is None:  # they offered a place that we have nothing for
                await asyncio.Event().wait()
            if isinstance(track, VideoTrack | AudioTrack) and track.agree(codec.name):
                await self._pass_on(track, codec)
            while True:
                frame = await self._next_encoded_frame(codec)
                if frame is not None:
                    self._send_frame(frame.payloads, frame.timestamp)
        except (asyncio.CancelledError, ConnectionError, MediaStreamError):
            log.debug("the %s is not sent any more", self.kind)
        except Exception:  # stop() waits for the event below
            log.exception("sending %s failed", self.kind)
        if track is not None:
            track.stop()
        setattr(self, names.ENCODER, None)
        getattr(self, names.RTP_EXITED).set()

    async def _pass_on(self, track: VideoTrack | AudioTrack, codec: RTCRtpCodecParameters) -> None:
        """Send what is encoded for all the moment that ``track`` has it: all peers are served in one go, and no task
        wakes up for any of them. Ends only with what hinders it."""
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        pack = get_encoder(codec).pack

        def picture(packet: Packet[Any]) -> None:
            if self._enabled:
                try:
                    self._send_frame(*pack(packet))
                except Exception as error:  # noqa: BLE001 - raised again where it is awaited
                    fail(error)

        def sound(payload: bytes, position: int) -> None:
            if self._enabled:
                try:
                    self._send_frame([payload], position)
                except Exception as error:  # noqa: BLE001 - raised again where it is awaited
                    fail(error)

        def fail(error: Exception) -> None:
            if not over.done():
                over.set_exception(error)

        if isinstance(track, VideoTrack):
            track.hand_to(picture)
        else:
            track.hand_to(sound)
        try:
            await over
        finally:
            track.hand_to(None)

    def _send_frame(self, payloads: list[bytes], position: int) -> None:
        transport = self.transport
        assert isinstance(transport, DirectTransport)
        of_day, at = time.time(), time.monotonic()  # together: to send may take a while on a busy computer
        now = int((of_day + NTP_AHEAD_S) * NTP_SECOND)
        timestamp = (self._origin + position) & 0xFFFFFFFF
        before, after = self._extensions
        if self._is_timed:  # 6 bits of seconds, 18 of their fraction
            before += (now >> 14 & 0xFFFFFF).to_bytes(3)
        first = VERSION | (EXTENDED if before else 0)
        sequence, second, last = self._sequence, self._payload_type, len(payloads) - 1
        for number, payload in enumerate(payloads):
            if number == last:
                second |= MARKED
            head = HEADER.pack(first, second, sequence, timestamp, self._ssrc) + before
            tail = after + payload
            self._history.append((sequence, head, tail))
            self._sequence = sequence = (sequence + 1) & 0xFFFF
            self._send_packet(head, tail, transport)
            self._octets += len(payload)
        self._packets += last + 1
        self._something.begin()
        setattr(self, names.NTP_TIMESTAMP, now - self._age(position, at))
        setattr(self, names.RTP_TIMESTAMP, timestamp)
        setattr(self, names.OCTET_COUNT, self._octets)
        setattr(self, names.PACKET_COUNT, self._packets)

    def _age(self, timestamp: int, now: float) -> int:
        """How long before ``now`` that was captured, as NTP counts: reports are to name the moment of capture
        (RFC 3550, 6.4.1), and pictures take longer to be made than sound."""
        track = self.track
        captured = track.captured_at(timestamp / self._rate) if isinstance(track, VideoTrack | AudioTrack) else None
        age = 0.0 if captured is None else now - captured
        return int(age * NTP_SECOND) if 0 < age < OLDEST_S else 0

    def _send_packet(self, head: bytes, tail: bytes, transport: DirectTransport) -> None:
        """Each sending gets a number of its own, under which its arrival will be reported."""
        if self._is_numbered:
            transport.send_numbered(head, tail)
        else:
            transport.send_now(head + tail)

    async def _retransmit(self, sequence_number: int) -> None:
        if not self._history:
            return
        place = (sequence_number - self._history[0][0]) & 0xFFFF
        if place >= len(self._history):
            return
        _, head, tail = self._history[place]
        if self._repeat_type is not None:  # RFC 4588: a stream of its own, the original's number in front
            first, second, number, timestamp, _ = HEADER.unpack_from(head)
            second = second & MARKED | self._repeat_type
            head = HEADER.pack(first, second, self._repeat_sequence, timestamp, self._rtx_ssrc) + head[HEADER.size :]
            start = len(self._extensions[1])
            tail = tail[:start] + number.to_bytes(2) + tail[start:]
            self._repeat_sequence = (self._repeat_sequence + 1) & 0xFFFF
        transport = self.transport
        assert isinstance(transport, DirectTransport)
        self._send_packet(head, tail, transport)

    async def _handle_rtcp_packet(self, packet: AnyRtcpPacket) -> None:
        await super()._handle_rtcp_packet(packet)
        if isinstance(self.track, AudioTrack) and isinstance(packet, RtcpRrPacket | RtcpSrPacket):
            for report in packet.reports:
                if report.ssrc == self._ssrc:
                    packets, self._reported = self._packets - self._reported, self._packets
                    self.track.report_loss(report.fraction_lost / 256, packets)
        if (
            not isinstance(self.track, VideoTrack)
            or not isinstance(packet, RtcpPsfbPacket)
            or packet.fmt != RTCP_PSFB_APP
        ):
            return
        try:
            bitrate, sources = unpack_remb_fci(packet.fci)
        except ValueError:
            return  # some other application message
        if self._ssrc in sources and not self._is_numbered:
            self.limit(bitrate)

    async def _run_rtcp(self) -> None:
        if await self._something.comes():
            await super()._run_rtcp()

    def _send_keyframe(self) -> None:
        super()._send_keyframe()
        if isinstance(self.track, VideoTrack):
            self.track.request_key_frame()


def _parted(values: bytes, time_at: int | None, number_at: int | None) -> tuple[tuple[bytes, bytes], bool, bool]:
    """What comes before and after what changes, and which of the two that is."""
    if number_at is not None:
        return (values[:number_at], values[number_at + 2 :]), False, True
    if time_at is not None:
        return (values[:time_at], values[time_at + 3 :]), True, False
    return (values, b""), False, False


def _extensions(known: dict[str, int], mid: str) -> tuple[bytes, int | None, int | None]:
    """The header extensions of every packet (RFC 8285, 4.2), and where in them the time of sending and the
    transport-wide sequence number are to be put. Who is told the one needs not the other.

    ``known``, URI → id, and ``mid`` are the other end's words: what has no place in a one-byte header is left out."""
    known = {uri: number for uri, number in known.items() if 0 < number < RESERVED}
    values = b""
    time_at = number_at = None
    if TRANSPORT_WIDE in known:
        number_at = 5
        values += bytes([known[TRANSPORT_WIDE] << 4 | 1, 0, 0])
    elif ABS_SEND_TIME in known:
        time_at = 5
        values += bytes([known[ABS_SEND_TIME] << 4 | 2, 0, 0, 0])
    name = mid.encode()
    if MID in known and 0 < len(name) <= LONGEST_MID:
        values += bytes([known[MID] << 4 | len(name) - 1]) + name
    if not values:
        return b"", None, None
    values += bytes(-len(values) % 4)
    return ONE_BYTE.to_bytes(2) + (len(values) // 4).to_bytes(2) + values, time_at, number_at
