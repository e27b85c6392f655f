"""Puts our receiver, sender and transport where ``aiortc.rtcpeerconnection`` looks them up, and adds what they can do
to aiortc's tables of what is offered. Nothing else in aiortc is replaced."""

from __future__ import annotations

from aiortc import rtcpeerconnection
from aiortc.codecs import CODECS, HEADER_EXTENSIONS, is_rtx
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters

from app.media.rtc import names
from app.media.rtc.packets import REPORTED, TRANSPORT_WIDE
from app.media.rtc.receiver import DirectReceiver
from app.media.rtc.renewal import START_BITRATE
from app.media.rtc.sender import SharingSender
from app.media.rtc.transport import DirectTransport

EXTENSION_ID = 4
"""aiortc gives 1 to 3 away."""
START_KBPS = "1200"
"""Where a browser's estimator starts. By itself it starts with 300 kbit/s and a small picture."""


def install() -> None:
    """Every connection that is made from now on uses ours. Harmless to repeat."""
    for name, ours in zip(names.LOOKED_UP, (DirectReceiver, SharingSender, DirectTransport), strict=True):
        setattr(rtcpeerconnection, name, ours)
    for kind in ("audio", "video"):
        extensions = HEADER_EXTENSIONS[kind]
        if all(one.uri != TRANSPORT_WIDE for one in extensions):
            extensions.append(RTCRtpHeaderExtensionParameters(id=EXTENSION_ID, uri=TRANSPORT_WIDE))
        for codec in CODECS[kind]:
            if not is_rtx(codec) and REPORTED not in codec.rtcpFeedback:
                codec.rtcpFeedback.append(REPORTED)
    for codec in CODECS["video"]:
        if not is_rtx(codec):
            codec.parameters[START_BITRATE] = START_KBPS
