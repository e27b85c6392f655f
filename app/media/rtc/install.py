"""Puts our receiver and sender where ``aiortc.rtcpeerconnection`` looks them up. Nothing else in aiortc is replaced."""

from __future__ import annotations

from aiortc import rtcpeerconnection

from app.media.rtc import names
from app.media.rtc.receiver import DirectReceiver
from app.media.rtc.sender import SharingSender


def install() -> None:
    """Every connection that is made from now on uses ours. Harmless to repeat."""
    for name, ours in zip(names.LOOKED_UP, (DirectReceiver, SharingSender), strict=True):
        setattr(rtcpeerconnection, name, ours)
