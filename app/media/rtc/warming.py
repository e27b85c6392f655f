"""What the first handshake of a process costs beyond every other one, paid before anybody waits for it.

The libraries behind a certificate and DTLS prepare themselves when they are first used: 10 ms of processor at either
end of a first connection, one after the other, each a multiple of that on a busy computer.
"""

from __future__ import annotations

import logging
import threading
from functools import cache

from aiortc.rtcdtlstransport import SRTP_PROFILES, RTCCertificate

from app.media.rtc import names

log = logging.getLogger(__name__)


@cache
def warm_up() -> threading.Thread:
    """Begin, in a thread that ends by itself; once for each process."""
    thread = threading.Thread(target=_warm_up, name="warming", daemon=True)
    thread.start()
    return thread


def _warm_up() -> None:
    """A certificate and a context that nobody uses."""
    try:
        getattr(RTCCertificate.generateCertificate(), names.DTLS_CONTEXT)(SRTP_PROFILES)
    except Exception:
        log.exception("could not prepare for connections")
