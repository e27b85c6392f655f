"""Our RTCRtpSender: it packs what one shared encoder made, and tells that encoder what the receivers ask for.

A track's ``recv`` may return packets that are encoded already, but then aiortc sends PLI, FIR and REMB to an encoder of
its own that is never used. The loop that sends is ours too: one header for a frame instead of a dozen objects for
each packet. Where the other end reports each packet (``feedback``), its transport finds the rate; else its REMB does.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable

from aiortc import MediaStreamTrack, RTCRtpSender, clock
from aiortc.codecs import is_rtx
from aiortc.mediastreams import MediaStreamError
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecParameters, RTCRtpSendParameters
from aiortc.rtcrtpsender import RTCEncodedFrame, random_sequence_number
from aiortc.rtp import RTCP_PSFB_APP, AnyRtcpPacket, RtcpPsfbPacket, RtcpRrPacket, RtcpSrPacket, unpack_remb_fci
from aiortc.utils import random32

from app.media.audio.outgoing import AudioTrack
from app.media.rtc import names
from app.media.rtc.packets import ABS_SEND_TIME, HEADER, ONE_BYTE, REPORTED, TRANSPORT_WIDE
from app.media.rtc.transport import DirectTransport
from app.media.video.outgoing import VideoTrack

SHARED = "opus"
"""The codec of sound that is encoded once for all."""
HISTORY = 512
"""Packets that can be sent again: two seconds at 720p30."""
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RESERVED = 15
"""Among the ids of header extensions; larger ones do not fit."""
LONGEST_MID = 16
"""Bytes."""
VERSION, EXTENDED, MARKED = 0x80, 0x10, 0x80
NTP_SECOND = 1 << 32
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
        self._extensions = b""
        self._send_time_at: int | None = None
        """Where in ``_extensions`` the time of sending belongs."""
        self._number_at: int | None = None
        """Where in ``_extensions`` the transport-wide sequence number belongs."""
        self._history: deque[tuple[int, bytes]] = deque(maxlen=HISTORY)
        """Sequence number and packet, the oldest first, without gaps."""
        self._repeat_type: int | None = None
        self._repeat_sequence = random_sequence_number()
        self._packets = 0
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
        self._extensions, self._send_time_at, self._number_at = _extensions(known, parameters.muxId)
        first = parameters.codecs[0].payloadType
        repeating = (one for one in parameters.codecs if is_rtx(one) and one.parameters.get("apt") == first)
        self._repeat_type = next((one.payloadType for one in repeating), None)
        await super().send(parameters)
        if self._number_at is not None and isinstance(self.transport, DirectTransport):
            self.transport.spends(self)

    async def _run_rtp(self, codec: RTCRtpCodecParameters) -> None:
        getattr(self, names.RTP_STARTED).set()
        track, payload_type = self._sent_track, codec.payloadType
        assert payload_type is not None
        self._rate = codec.clockRate
        try:
            while track is None:  # they offered a place that we have nothing for
                await asyncio.Event().wait()
            while True:
                frame = await self._next_encoded_frame(codec)
                if frame is not None:
                    self._send_frame(frame, payload_type)
        except (asyncio.CancelledError, ConnectionError, MediaStreamError):
            log.debug("the %s is not sent any more", self.kind)
        except Exception:  # stop() waits for the event below
            log.exception("sending %s failed", self.kind)
        if track is not None:
            track.stop()
        setattr(self, names.ENCODER, None)
        getattr(self, names.RTP_EXITED).set()

    def _send_frame(self, frame: RTCEncodedFrame, payload_type: int) -> None:
        transport = self.transport
        assert isinstance(transport, DirectTransport)
        now = clock.current_ntp_time()
        timestamp = (self._origin + frame.timestamp) & 0xFFFFFFFF
        extensions, place = self._extensions, self._send_time_at
        if place is not None:  # 6 bits of seconds, 18 of their fraction
            time_of_sending = (now >> 14 & 0xFFFFFF).to_bytes(3)
            extensions = extensions[:place] + time_of_sending + extensions[place + 3 :]
        first = VERSION | (EXTENDED if extensions else 0)
        last = len(frame.payloads) - 1
        for number, payload in enumerate(frame.payloads):
            second = payload_type | (MARKED if number == last else 0)
            packet = HEADER.pack(first, second, self._sequence, timestamp, self._ssrc) + extensions + payload
            self._history.append((self._sequence, packet))
            self._sequence = (self._sequence + 1) & 0xFFFF
            self._send_packet(packet, transport)
            self._octets += len(payload)
        self._packets += last + 1
        setattr(self, names.NTP_TIMESTAMP, now - self._age(frame.timestamp))
        setattr(self, names.RTP_TIMESTAMP, timestamp)
        setattr(self, names.OCTET_COUNT, self._octets)
        setattr(self, names.PACKET_COUNT, self._packets)

    def _age(self, timestamp: int) -> int:
        """How long ago that was captured, as NTP counts: reports are to name the moment of capture (RFC 3550, 6.4.1),
        and pictures take longer to be made than sound."""
        track = self.track
        captured = track.captured_at(timestamp / self._rate) if isinstance(track, VideoTrack | AudioTrack) else None
        age = 0.0 if captured is None else time.monotonic() - captured
        return int(age * NTP_SECOND) if 0 < age < OLDEST_S else 0

    def _send_packet(self, packet: bytes, transport: DirectTransport) -> None:
        """Each sending gets a number of its own, under which its arrival will be reported."""
        if self._number_at is None:
            transport.send_now(packet)
        else:
            transport.send_numbered(packet, HEADER.size + self._number_at)

    async def _retransmit(self, sequence_number: int) -> None:
        if not self._history:
            return
        place = (sequence_number - self._history[0][0]) & 0xFFFF
        if place >= len(self._history):
            return
        packet = self._history[place][1]
        if self._repeat_type is not None:  # RFC 4588: a stream of its own, the original's number in front
            first, second, number, timestamp, _ = HEADER.unpack_from(packet)
            start = HEADER.size + len(self._extensions)
            header = HEADER.pack(
                first, second & MARKED | self._repeat_type, self._repeat_sequence, timestamp, self._rtx_ssrc
            )
            packet = header + packet[HEADER.size : start] + number.to_bytes(2) + packet[start:]
            self._repeat_sequence = (self._repeat_sequence + 1) & 0xFFFF
        transport = self.transport
        assert isinstance(transport, DirectTransport)
        self._send_packet(packet, transport)

    async def _next_encoded_frame(self, codec: RTCRtpCodecParameters) -> RTCEncodedFrame | None:
        if isinstance(self.track, VideoTrack):
            self.track.agree(codec.name)
        elif isinstance(self.track, AudioTrack):
            self.track.wants_packets = codec.name == SHARED
        return await super()._next_encoded_frame(codec)

    async def _handle_rtcp_packet(self, packet: AnyRtcpPacket) -> None:
        await super()._handle_rtcp_packet(packet)
        if isinstance(self.track, AudioTrack) and isinstance(packet, RtcpRrPacket | RtcpSrPacket):
            for report in packet.reports:
                if report.ssrc == self._ssrc:
                    self.track.report_loss(report.fraction_lost / 256)
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
        if self._ssrc in sources and self._number_at is None:
            self.limit(bitrate)

    def _send_keyframe(self) -> None:
        super()._send_keyframe()
        if isinstance(self.track, VideoTrack):
            self.track.request_key_frame()


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
