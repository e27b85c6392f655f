"""What an Opus packet says about itself in its first bytes (RFC 6716, section 3)."""

from __future__ import annotations

SILK_MS = (10, 20, 40, 60)
HYBRID_MS = (10, 20)
CELT_MS = (2.5, 5, 10, 20)
LONGEST_MS = 120


def samples_of(packet: bytes) -> int:
    """How long it lasts at 48 kHz; 0 where it is no Opus packet."""
    if not packet:
        return 0
    configuration = packet[0] >> 3
    if configuration < 12:
        frame_ms: float = SILK_MS[configuration % 4]
    elif configuration < 16:
        frame_ms = HYBRID_MS[configuration % 2]
    else:
        frame_ms = CELT_MS[configuration % 4]
    code = packet[0] & 3
    if code == 3 and len(packet) < 2:
        return 0
    frames = (1, 2, 2, packet[1] & 0x3F if code == 3 else 0)[code]
    total = frame_ms * frames
    return round(total * 48) if total <= LONGEST_MS else 0
