"""Every private name of aiortc that we touch, in one place; ``tests/media/rtc/test_names.py`` pins each to this
version.

aiortc's classes keep these under mangled names, for they were not meant to be subclassed. What each is used for
stands beside it.
"""

from __future__ import annotations

JITTER_BUFFER = "_RTCRtpReceiver__jitter_buffer"
"""Replaced by one that completes frames on the RTP marker (video) or does not stall on a loss (audio)."""
DECODER_QUEUE = "_RTCRtpReceiver__decoder_queue"
"""Replaced by one that is bounded, and decodes in the thread that calls ``get``."""
DECODER_ERROR = "_RTCRtpReceiver__decoder_error"
"""A ``threading.Event``: when set, the next packet sends a PLI."""

RECEIVER_METHODS = ("_handle_rtp_packet", "_send_rtcp_pli")
"""Overridden: when did a packet come; how often may a PLI go out."""
SENDER_METHODS = ("_next_encoded_frame", "_handle_rtcp_packet", "_send_keyframe")
"""Overridden: the shared encoder is asked for packets, for key frames and for a lower bit rate."""
LOOKED_UP = ("RTCRtpReceiver", "RTCRtpSender")
"""Where ``aiortc.rtcpeerconnection`` looks its classes up: the only names that are replaced in aiortc."""
