"""Puts our receiver and our sender where ``aiortc.rtcpeerconnection`` looks them up. Nothing else in aiortc is replaced."""

from __future__ import annotations

from aiortc import rtcpeerconnection

from app.media.rtc.receiver import DirectReceiver
from app.media.rtc.sender import SharingSender


def install() -> None:
    """Every connection that is made from now on uses ours. Harmless to repeat."""
    rtcpeerconnection.RTCRtpReceiver = DirectReceiver
    rtcpeerconnection.RTCRtpSender = SharingSender
