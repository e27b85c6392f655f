"""RTP packets as the receiver hands them to a jitter buffer."""

from __future__ import annotations

from aiortc.codecs import depayload
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket

VP8 = RTCRtpCodecParameters(mimeType="video/VP8", clockRate=90000, payloadType=97)
KEY, DELTA = b"\x10", b"\x11"
"""The first byte of a VP8 frame says which of the two it is."""


def vp8(sequence: int, frame: int, *, first: bool = True, last: bool = True, key: bool = False) -> RtpPacket:
    """One packet of picture number ``frame``; the body says which packet it is."""
    packet = RtpPacket(payload_type=97, sequence_number=sequence & 0xFFFF, timestamp=(frame * 3000) & 0xFFFFFFFF)
    start = (KEY if key else DELTA) if first else b""
    packet.payload = (b"\x10" if first else b"\x00") + start + f"{sequence};".encode()
    packet.marker = int(last)
    packet._data = depayload(VP8, packet.payload)  # type: ignore[attr-defined]
    return packet


def opus(sequence: int, body: bytes | None = None) -> RtpPacket:
    packet = RtpPacket(payload_type=96, sequence_number=sequence & 0xFFFF, timestamp=(sequence * 960) & 0xFFFFFFFF)
    packet._data = packet.payload = str(sequence).encode() if body is None else body  # type: ignore[attr-defined]
    return packet
