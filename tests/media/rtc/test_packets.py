"""Our reader agrees with aiortc's writer, and garbage is nothing."""

from __future__ import annotations

import pytest
from aiortc.codecs.vpx import VpxPayloadDescriptor
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import HeaderExtensionsMap, RtpPacket, unwrap_rtx, wrap_rtx
from hypothesis import given
from hypothesis import strategies as st

from app.media.rtc.packets import ABS_SEND_TIME, TRANSPORT_WIDE, Extensions, body, parse
from tests.media.rtc.packets import VP8

NEGOTIATED = [
    RTCRtpHeaderExtensionParameters(id=1, uri="urn:ietf:params:rtp-hdrext:sdes:mid"),
    RTCRtpHeaderExtensionParameters(id=3, uri=ABS_SEND_TIME),
    RTCRtpHeaderExtensionParameters(id=5, uri=TRANSPORT_WIDE),
]


def written(mid: str = "1", padding: int = 0) -> tuple[RtpPacket, bytes]:
    packet = RtpPacket(97, 1, 4711, 90_000, 0xABCDEF01, b"a picture")
    packet.csrc = [7, 8]
    packet.padding_size = padding
    packet.extensions.mid = mid
    packet.extensions.abs_send_time = 0x123456
    packet.extensions.transport_sequence_number = 65_000
    extensions = HeaderExtensionsMap()
    extensions.configure(RTCRtpParameters(headerExtensions=NEGOTIATED))
    return packet, packet.serialize(extensions)


@pytest.mark.parametrize("mid", ["1", "a mid that is too long for short headers"])
@pytest.mark.parametrize("padding", [0, 9])
def test_what_aiortc_writes_is_read(mid: str, padding: int) -> None:
    extensions = Extensions()
    extensions.learn(NEGOTIATED)
    packet, data = written(mid, padding)
    read = parse(data, extensions)
    assert read is not None
    for name in ("payload_type", "marker", "sequence_number", "timestamp", "ssrc", "payload", "padding_size"):
        assert getattr(read, name) == getattr(packet, name), name
    assert (read.abs_send_time, read.transport_sequence) == (0x123456, 65_000)


def test_what_was_not_agreed_is_not_looked_at() -> None:
    read = parse(written()[1], Extensions())
    assert read is not None
    assert (read.abs_send_time, read.transport_sequence) == (None, None)


def test_a_retransmission_is_unwrapped() -> None:
    packet = RtpPacket(97, 1, 4711, 90_000, 1, b"a picture")
    repeat = wrap_rtx(packet, payload_type=98, sequence_number=5, ssrc=2)
    read = parse(repeat.serialize(), Extensions())
    assert read is not None
    inner = read.unwrapped(97, 1)
    assert inner is not None
    expected = unwrap_rtx(repeat, 97, 1)
    assert (
        (inner.sequence_number, inner.payload) == (expected.sequence_number, expected.payload) == (4711, b"a picture")
    )


@given(data=st.binary(max_size=80), cut=st.integers(0, 60))
def test_garbage_is_nothing_or_a_packet_but_never_an_error(data: bytes, cut: int) -> None:
    extensions = Extensions()
    extensions.learn(NEGOTIATED)
    parse(data, extensions)
    parse(bytes([0x90]) + data, extensions)
    parse(written()[1][:cut], extensions)


@pytest.mark.parametrize("picture", [None, 5, 0x7123])
@pytest.mark.parametrize("layer", [None, 3])
def test_the_vp8_descriptor_is_cut_off(picture: int | None, layer: int | None) -> None:
    descriptor = VpxPayloadDescriptor(1, 0, picture, tl0picidx=layer, keyidx=layer)
    assert body(VP8, bytes(descriptor) + b"coded") == b"coded"
    with pytest.raises(ValueError, match="cut off"):
        body(VP8, bytes([0x90, 0xF0, 0x80]))
