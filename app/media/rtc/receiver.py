"""Our RTCRtpReceiver: frames complete on the marker, decoded straight to a sink, and PLIs repeated until one helps."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from typing import cast

from aiortc import RTCRtpReceiver
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpReceiveParameters
from aiortc.rtp import RtpPacket

from app.media.rtc import names
from app.media.rtc.audio_buffer import AudioBuffer, PacketSink
from app.media.rtc.decoding import DecoderInput, FrameSink
from app.media.rtc.video_buffer import VideoBuffer

log = logging.getLogger(__name__)

PLI_INTERVAL_S = 0.5
"""A key frame takes a round trip and its own time on the wire: asking more often only makes more key frames."""


class DirectReceiver(RTCRtpReceiver):
    """Reason: latency (no wait for the next frame), bounded queues, no stall on a lost packet (aiortc issue 543)."""

    def __init__(self, kind: str, transport: RTCDtlsTransport) -> None:
        super().__init__(kind, transport)
        self.last_packet_at: float | None = None
        """``time.monotonic()`` of the newest RTP packet."""
        self._pli_at = float("-inf")
        self._buffer = VideoBuffer() if kind == "video" else AudioBuffer()
        setattr(self, names.JITTER_BUFFER, self._buffer)
        failed = cast(threading.Event, getattr(self, names.DECODER_ERROR))
        self._input = DecoderInput(failed, self._overflowed)
        setattr(self, names.DECODER_QUEUE, self._input)

    def decode_to(self, sink: FrameSink | PacketSink) -> None:
        """Give every decoded picture, or every packet of sound, to ``sink``. Before this nothing is decoded."""
        if isinstance(self._buffer, AudioBuffer):
            self._buffer.sink = cast(PacketSink, sink)
        else:
            self._input.sink = cast(FrameSink, sink)

    async def receive(self, parameters: RTCRtpReceiveParameters) -> None:
        if isinstance(self._buffer, VideoBuffer):
            known = ((codec.payloadType, codec.name) for codec in parameters.codecs)
            self._buffer.codecs = {number: name for number, name in known if number is not None}
        else:
            known = ((codec.payloadType, codec) for codec in parameters.codecs)
            self._buffer.codecs = {number: codec for number, codec in known if number is not None}
        await super().receive(parameters)

    async def _handle_rtp_packet(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        self.last_packet_at = time.monotonic()
        try:
            await super()._handle_rtp_packet(packet, arrival_time_ms)
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it came from outside
            # a payload that trips a depacketizer would end aiortc's receive loop, and the call with it
            log.info("a packet was dropped: %s: %s", type(error).__name__, error)

    async def _send_rtcp_pli(self, media_ssrc: int) -> None:
        now = time.monotonic()
        if now - self._pli_at >= PLI_INTERVAL_S:
            self._pli_at = now
            await super()._send_rtcp_pli(media_ssrc)

    def _overflowed(self) -> None:
        if isinstance(self._buffer, VideoBuffer):
            self._buffer.need_key()
