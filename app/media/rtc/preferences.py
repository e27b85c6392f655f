"""Which codecs we would rather send and be sent, told in offers and answers by their order (RFC 8829, 5.3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from aiortc import RTCRtpTransceiver
from aiortc.codecs import get_capabilities


def prefer(transceiver: RTCRtpTransceiver, codecs: Sequence[str]) -> None:
    """Name ``codecs`` (as in SDP) first, in this order; all others stay on offer behind them."""
    order = [*codecs, "rtx"]
    known = get_capabilities(transceiver.kind).codecs
    last = len(order)
    transceiver.setCodecPreferences(sorted(known, key=lambda one: order.index(one.name) if one.name in order else last))
