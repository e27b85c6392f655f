"""What an Opus packet says about itself in its first bytes (RFC 6716, section 3)."""

from __future__ import annotations

SILK_MS = (10, 20, 40, 60)
HYBRID_MS = (10, 20)
CELT_MS = (2.5, 5, 10, 20)
FRAMES = tuple(round(48 * ms) for ms in (*3 * SILK_MS, *2 * HYBRID_MS, *4 * CELT_MS))
"""How many samples at 48 kHz one frame holds, by the packet's configuration."""
LONGEST = 48 * 120
STEREO = 0x04
DTX_BYTES = 2
"""A packet that is no longer says "as before": the start of a silence (RFC 6716, 2.1.9)."""


def channels_of(packet: bytes) -> int:
    """1 or 2; 1 too where there is no packet."""
    return 2 if packet and packet[0] & STEREO else 1


def samples_of(packet: bytes) -> int:
    """How long it lasts at 48 kHz; 0 where it is no Opus packet."""
    if not packet:
        return 0
    of_frame = FRAMES[packet[0] >> 3]
    code = packet[0] & 3
    if code == 0:
        return of_frame
    if code < 3:
        return 2 * of_frame
    total = of_frame * (packet[1] & 0x3F) if len(packet) > 1 else 0
    return total if total <= LONGEST else 0
