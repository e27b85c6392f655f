"""RTP packets as they come (RFC 3550, RFC 8285): read in one go, into as little as the buffers need.

aiortc's own parser makes a dozen objects for each packet, which at 720p30 come 200 times a second from everybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from struct import Struct

from aiortc.codecs import depayload
from aiortc.rtcrtpparameters import RTCRtcpFeedback, RTCRtpCodecParameters, RTCRtpHeaderExtensionParameters
from aiortc.rtp import RtpPacket

ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
TRANSPORT_WIDE = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
REPORTED = RTCRtcpFeedback(type="transport-cc")
"""Agreed for a codec: its packets are reported (``feedback``)."""
HEADER = Struct("!BBHLL")
ONE_BYTE, TWO_BYTES = 0xBEDE, 0x1000


class Arrived(RtpPacket):
    """A packet from the network; of what aiortc's packets hold only what is used further on."""

    def __init__(  # pyright: ignore[reportMissingSuperCall] - leaving its dozen objects out is the point
        self, payload_type: int, marker: int, sequence_number: int, timestamp: int, ssrc: int, payload: bytes
    ) -> None:
        self.payload_type = payload_type
        self.marker = marker
        self.sequence_number = sequence_number
        self.timestamp = timestamp
        self.ssrc = ssrc
        self.payload = payload
        self.padding_size = 0
        self.abs_send_time: int | None = None
        self.transport_sequence: int | None = None
        self._data = payload

    def unwrapped(self, payload_type: int, ssrc: int) -> Arrived | None:
        """The packet that this one, a retransmission (RFC 4588), repeats; None where it carries nothing."""
        if len(self.payload) < 2:
            return None
        number = int.from_bytes(self.payload[:2])
        return Arrived(payload_type, self.marker, number, self.timestamp, ssrc, self.payload[2:])


class Extensions:
    """What number each header extension was given in the negotiation; 0: none."""

    def __init__(self) -> None:
        self.abs_send_time = 0
        self.transport_wide = 0

    def learn(self, negotiated: Iterable[RTCRtpHeaderExtensionParameters]) -> None:
        for one in negotiated:
            if one.uri == ABS_SEND_TIME:
                self.abs_send_time = one.id
            elif one.uri == TRANSPORT_WIDE:
                self.transport_wide = one.id


def parse(data: bytes, extensions: Extensions) -> Arrived | None:
    """The packet in ``data`` (decrypted); None where it is malformed."""
    if len(data) < HEADER.size:
        return None
    first, second, sequence_number, timestamp, ssrc = HEADER.unpack_from(data)
    start, end = HEADER.size + 4 * (first & 0x0F), len(data)
    if first & 0x20:
        padding = data[-1]
        end -= padding
        if not padding:
            return None
    packet = Arrived(second & 0x7F, second >> 7, sequence_number, timestamp, ssrc, b"")
    if first & 0x10:
        after = start + 4 + 4 * int.from_bytes(data[start + 2 : start + 4])
        if after > end:
            return None
        _read(packet, int.from_bytes(data[start : start + 2]), data[start + 4 : after], extensions)
        start = after
    if start > end or first >> 6 != 2:
        return None
    packet.padding_size = len(data) - end
    packet.payload = packet._data = data[start:end]  # pyright: ignore[reportPrivateUsage]
    return packet


def _read(packet: Arrived, profile: int, values: bytes, extensions: Extensions) -> None:
    if profile not in (ONE_BYTE, TWO_BYTES):
        return
    place = 0
    while place < len(values) - 1:
        head = values[place]
        place += 1
        if not head:
            continue
        if profile == ONE_BYTE:
            number, length = head >> 4, (head & 0x0F) + 1
        else:
            number, length = head, values[place]
            place += 1
        value = values[place : place + length]
        place += length
        if len(value) < length:
            return
        if number == extensions.abs_send_time and length == 3:
            packet.abs_send_time = int.from_bytes(value)
        elif number == extensions.transport_wide and length == 2:
            packet.transport_sequence = int.from_bytes(value)


def body(codec: RTCRtpCodecParameters, payload: bytes) -> bytes:
    """The codec's part of ``payload``.

    Raises:
        ValueError: there is none that makes sense.
    """
    if not payload or codec.name not in ("VP8", "H264"):
        return payload
    if codec.name == "VP8":
        start = vp8_start(payload)
        if start > len(payload):
            raise ValueError("the VP8 descriptor is cut off")
        return payload[start:]
    return depayload(codec, payload)


def vp8_start(payload: bytes) -> int:
    """Length of the VP8 descriptor (RFC 7741, 4.2), which may be more than is there."""
    if not payload[0] & 0x80:
        return 1
    if len(payload) < 3:
        return 3
    flags, start = payload[1], 2
    if flags & 0x80:
        start += 2 if payload[2] & 0x80 else 1
    if flags & 0x40:
        start += 1
    if flags & 0x30:
        start += 1
    return start
