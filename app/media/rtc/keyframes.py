"""Where a key frame starts, seen from its first RTP payload."""

from __future__ import annotations

H264_IDR, H264_SPS, H264_STAP_A, H264_FU_A = 5, 7, 24, 28


def starts_key_frame(codec: str, payload: bytes) -> bool:
    """Whether ``payload`` (RTP, not yet depayloaded) is the first of a key frame. ``codec`` is "VP8", "H264" or other.

    Of a codec that is not known every frame counts as one: nothing may wait for it for ever.
    """
    if codec == "VP8":
        return _vp8(payload)
    if codec == "H264":
        return _h264(payload)
    return True


def _vp8(payload: bytes) -> bool:
    """RFC 7741 section 4.2 and 4.3: S bit and partition 0; then the P bit of the frame's first byte is 0."""
    if len(payload) < 2 or payload[0] & 0x17 != 0x10:
        return False
    place = 1
    if payload[0] & 0x80:
        extensions = payload[1]
        place = 2
        if extensions & 0x80:  # picture id, one or two bytes
            place += 2 if len(payload) > place and payload[place] & 0x80 else 1
        place += 1 if extensions & 0x40 else 0
        place += 1 if extensions & 0x30 else 0
    return len(payload) > place and not payload[place] & 0x01


def _h264(payload: bytes) -> bool:
    """RFC 6184: parameter sets or an IDR slice, alone, first of an aggregate, or first of a fragmented one."""
    if not payload:
        return False
    kind = payload[0] & 0x1F
    if kind == H264_STAP_A and len(payload) > 3:
        kind = payload[3] & 0x1F
    elif kind == H264_FU_A and len(payload) > 1 and payload[1] & 0x80:
        kind = payload[1] & 0x1F
    return kind in (H264_IDR, H264_SPS)
