"""Every private name of aiortc (and two of asyncio) that we touch, in one place; ``tests/media/rtc/test_names.py`` pins
each to this version.

aiortc's classes keep these under mangled names, for they were not meant to be subclassed. What each is used for
stands beside it.
"""

from __future__ import annotations

DECODER_QUEUE = "_RTCRtpReceiver__decoder_queue"
"""Replaced by one that is bounded, and decodes in the thread that calls ``get``."""
DECODER_ERROR = "_RTCRtpReceiver__decoder_error"
"""A ``threading.Event``: when set, a PLI goes out with the next packet."""

REMOTE_STREAMS = "_RTCRtpReceiver__remote_streams"
"""SSRC → ``StreamStatistics``: filled by us, reported by aiortc."""

RTP_STARTED = "_RTCRtpSender__rtp_started"
RTP_EXITED = "_RTCRtpSender__rtp_exited"
SENDER_RTCP = "_RTCRtpSender__rtcp_started", "_RTCRtpSender__rtcp_exited"
RECEIVER_RTCP = "_RTCRtpReceiver__rtcp_started", "_RTCRtpReceiver__rtcp_exited"
"""Events that ``stop`` waits for."""
ENCODER = "_RTCRtpSender__encoder"
"""Packs what is encoded; released at the end."""
NTP_TIMESTAMP = "_RTCRtpSender__ntp_timestamp"
RTP_TIMESTAMP = "_RTCRtpSender__rtp_timestamp"
OCTET_COUNT = "_RTCRtpSender__octet_count"
PACKET_COUNT = "_RTCRtpSender__packet_count"
"""What aiortc's sender reports and statistics say."""

ICE_CONNECTION = "_connection"
"""Of RTCIceTransport: aioice's connection."""
DATA_RECEIVED = "data_received"
"""Of aioice's connection: told of every datagram that is not STUN; ours looks at it first."""
NOMINATED = "_nominated"
"""Of aioice's connection: component → the pair of candidates in use."""
PROTOCOLS = "_protocols"
"""Of aioice's connection: one for each address of ours, and each TURN server."""

OFFERED = "_offerDirection"
"""Of RTCRtpTransceiver: what they offered for it; None, where they did not, is more than aiortc's answer bears."""
AGREED = ("_codecs", "_headerExtensions")
"""Of RTCRtpTransceiver: numbered as it was agreed. To make an offer is to forget it."""

DTLS_CONTEXT = "_create_ssl_context"
"""Of RTCCertificate: made once beforehand, since the first one takes ten times as long as all others."""

ADD_READER = "_add_reader"
"""Of asyncio's selector loops: what the public one does, for a socket that belongs to a transport too."""
WRAPPED_SOCKET = "_sock"
"""Of asyncio's TransportSocket: the socket itself, which can tell when a packet came."""

RECEIVER_METHODS = ("receive", "_set_rtcp_ssrc", "_handle_rtcp_packet", "_run_rtcp", "_send_rtcp")
"""Overridden: what was agreed, who we are in RTCP, which moment a time stamp belongs to, reports of nothing, and
reports that fail."""
SENDER_METHODS = ("send", "_run_rtp", "_retransmit", "_handle_rtcp_packet", "_run_rtcp", "_send_keyframe")
"""Overridden: packets are made in one go; the shared encoder is asked for packets, for key frames and for a lower bit
rate; and nothing is reported of nothing."""
TRANSPORT_METHODS = (
    "_set_state",
    "_handle_rtp_data",
    "_handle_rtcp_data",
    "_register_rtp_receiver",
    "_unregister_rtp_receiver",
    "_unregister_rtp_sender",
)
"""Overridden: media is taken in the callback of the socket, and reports are read that aiortc does not know."""
LOOKED_UP = ("RTCRtpReceiver", "RTCRtpSender", "RTCDtlsTransport")
"""Where ``aiortc.rtcpeerconnection`` looks its classes up: the only names that are replaced in aiortc."""
