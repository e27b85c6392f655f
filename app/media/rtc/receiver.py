"""Our RTCRtpReceiver: packets taken in the callback, frames complete on the marker and decoded straight to a sink,
and NACKs and PLIs repeated until one helps."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import cast

from aiortc import RTCRtpReceiver
from aiortc.codecs import is_rtx
from aiortc.rate import RemoteBitrateEstimator
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecParameters, RTCRtpReceiveParameters
from aiortc.rtcrtpreceiver import StreamStatistics
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpByePacket,
    RtcpPsfbPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    pack_remb_fci,
)

from app.media.rtc import names
from app.media.rtc.audio_buffer import AudioBuffer, PacketSink
from app.media.rtc.decoding import DecoderInput, FrameSink
from app.media.rtc.nacks import Nacks
from app.media.rtc.packets import Arrived, body
from app.media.rtc.something import Something
from app.media.rtc.transport import DirectTransport
from app.media.rtc.video_buffer import PATIENCE_S, VideoBuffer
from app.media.video.incoming import VideoIn

log = logging.getLogger(__name__)

PLI_INTERVAL_S = 0.5
"""A key frame takes a round trip and its own time on the wire: asking more often only makes more key frames."""
SOURCES = 31
"""A receiver report has room for so many (RFC 3550, 6.4.2); of more the oldest is forgotten."""
ANSWERS = 3
"""A missing packet is waited for as long as so many answers may take: the third question may still be answered."""


class DirectReceiver(RTCRtpReceiver):
    """Reason: latency (no wait for the next frame), bounded queues, no stall on a lost packet (aiortc issue 543), and
    less processor for each packet. A ``Taker``."""

    def __init__(self, kind: str, transport: RTCDtlsTransport) -> None:
        super().__init__(kind, transport)
        self.last_packet_at: float | None = None
        """``time.monotonic()`` of the newest RTP packet."""
        self.rtcp_ssrc: int | None = None
        """Who we are in RTCP; None before the negotiation has ended."""
        self.on_report: Callable[[int, int, float], None] | None = None
        """Told of each sender report: which moment of the sender's clock (NTP, 64 bits) belongs to which time stamp,
        and when (monotonic) it came."""
        self._pli_at = float("-inf")
        self._buffer = VideoBuffer() if kind == "video" else AudioBuffer()
        self._nacks = Nacks() if kind == "video" else None
        self._estimator = RemoteBitrateEstimator() if kind == "video" else None
        self._codecs: dict[int, RTCRtpCodecParameters] = {}
        self._repeating: set[int] = set()
        """Payload types of retransmissions."""
        self._repeats: dict[int, int] = {}
        """SSRC of retransmissions → SSRC of what they repeat."""
        self._streams = cast(dict[int, StreamStatistics], getattr(self, names.REMOTE_STREAMS))
        self._something = Something(self, names.RECEIVER_RTCP)
        self._failed = cast(threading.Event, getattr(self, names.DECODER_ERROR))
        self._input = DecoderInput(self._failed, self._dropped)
        setattr(self, names.DECODER_QUEUE, self._input)

    def decode_to(self, sink: FrameSink | PacketSink) -> None:
        """Give every decoded picture, or every packet of sound, to ``sink``. Before this nothing is decoded."""
        if isinstance(self._buffer, AudioBuffer):
            self._buffer.sink = cast(PacketSink, sink)
        else:
            self._input.sink = cast(FrameSink, sink)
            if isinstance(sink, VideoIn):
                self._input.is_paused = sink.is_paused

    async def receive(self, parameters: RTCRtpReceiveParameters) -> None:
        self._codecs = {codec.payloadType: codec for codec in parameters.codecs if codec.payloadType is not None}
        self._repeating = {number for number, codec in self._codecs.items() if is_rtx(codec)}
        for encoding in parameters.encodings:
            if encoding.rtx is not None:
                self._repeats[encoding.rtx.ssrc] = encoding.ssrc
        if isinstance(self._buffer, VideoBuffer):
            self._buffer.codecs = {number: codec.name for number, codec in self._codecs.items()}
        else:
            self._buffer.codecs = dict(self._codecs)
        await super().receive(parameters)

    def take(self, packet: Arrived, now: float) -> None:
        """``packet`` came at ``now`` (monotonic seconds).

        Raises:
            ConnectionError: what there was to say about it could not be sent.
            Exception: anything, where its payload is malformed.
        """
        self.last_packet_at = now
        codec = self._codecs.get(packet.payload_type)
        if codec is None:
            return
        # a sender that wants to hear of each packet (``feedback``) finds the rate by itself
        if self._estimator is not None and packet.abs_send_time is not None and packet.transport_sequence is None:
            self._estimate(self._estimator, packet, packet.abs_send_time)
        stream = self._streams.get(packet.ssrc)
        if stream is None:
            stream = self._new_stream(packet.ssrc, codec.clockRate)
        stream.add(packet)
        if packet.payload_type in self._repeating:
            repeated = self._repeated(packet, codec)
            if repeated is None:
                return
            packet, codec = repeated
        if self._nacks is not None:
            missing = self._nacks.add(packet.sequence_number, now)
            if missing:
                self._ask_again(packet.ssrc, missing)
                if isinstance(self._buffer, VideoBuffer):
                    self._buffer.patience_s = max(PATIENCE_S, ANSWERS * self._nacks.again_s)
            packet._data = body(codec, packet.payload)  # pyright: ignore[reportPrivateUsage] - aiortc's name for it
        self._put(packet, codec, now)

    def _new_stream(self, ssrc: int, clock_rate: int) -> StreamStatistics:
        if len(self._streams) >= SOURCES:
            del self._streams[next(iter(self._streams))]
        stream = self._streams[ssrc] = StreamStatistics(clock_rate)
        self._something.begin()
        return stream

    async def _run_rtcp(self) -> None:
        if await self._something.comes():
            await super()._run_rtcp()

    async def _send_rtcp(self, packet: AnyRtcpPacket) -> None:
        try:
            await super()._send_rtcp(packet)
        except Exception as error:  # noqa: BLE001 - it is made of what came from outside; raised, ``stop`` would never end
            log.info("a report was not sent: %s: %s", type(error).__name__, error)

    async def _handle_rtcp_packet(self, packet: AnyRtcpPacket) -> None:
        if isinstance(packet, RtcpByePacket):
            return  # of one source, and another may follow; aiortc would end the decoder for good
        await super()._handle_rtcp_packet(packet)
        if self.on_report is not None and isinstance(packet, RtcpSrPacket) and packet.ssrc not in self._repeats:
            told = packet.sender_info
            self.on_report(told.ntp_timestamp, told.rtp_timestamp, time.monotonic())

    def _put(self, packet: Arrived, codec: RTCRtpCodecParameters, now: float) -> None:
        wants_key, frames = self._buffer.add(packet)
        if self._failed.is_set():
            self._failed.clear()
            wants_key = self._nacks is not None
        if frames is not None:
            self._input.put((codec, frames))
        if wants_key and not self._input.is_paused():  # nobody looks: the sender is not to make one now
            self._ask_for_key_frame(packet.ssrc, now)

    def _repeated(self, packet: Arrived, codec: RTCRtpCodecParameters) -> tuple[Arrived, RTCRtpCodecParameters] | None:
        payload_type, ssrc = codec.parameters.get("apt"), self._repeats.get(packet.ssrc)
        if ssrc is None or not isinstance(payload_type, int) or payload_type not in self._codecs:
            return None
        inner = packet.unwrapped(payload_type, ssrc)
        return None if inner is None else (inner, self._codecs[payload_type])

    def _estimate(self, estimator: RemoteBitrateEstimator, packet: Arrived, send_time: int) -> None:
        estimate = estimator.add(
            abs_send_time=send_time,
            arrival_time_ms=time.time_ns() // 1_000_000,
            payload_size=len(packet.payload) + packet.padding_size,
            ssrc=packet.ssrc,
        )
        if estimate is not None and self.rtcp_ssrc is not None:
            fci = pack_remb_fci(*estimate)
            self._say(RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=self.rtcp_ssrc, media_ssrc=0, fci=fci))

    def _ask_again(self, media_ssrc: int, missing: list[int]) -> None:
        if self.rtcp_ssrc is not None:
            self._say(RtcpRtpfbPacket(RTCP_RTPFB_NACK, self.rtcp_ssrc, media_ssrc, missing))

    def _ask_for_key_frame(self, media_ssrc: int, now: float) -> None:
        if self.rtcp_ssrc is not None and now - self._pli_at >= PLI_INTERVAL_S:
            self._pli_at = now
            self._say(RtcpPsfbPacket(fmt=RTCP_PSFB_PLI, ssrc=self.rtcp_ssrc, media_ssrc=media_ssrc))

    def _say(self, packet: RtcpPsfbPacket | RtcpRtpfbPacket) -> None:
        transport = self.transport
        assert isinstance(transport, DirectTransport)
        transport.send_now(bytes(packet))

    def _set_rtcp_ssrc(self, ssrc: int) -> None:
        super()._set_rtcp_ssrc(ssrc)
        self.rtcp_ssrc = ssrc

    def _dropped(self) -> None:
        if isinstance(self._buffer, VideoBuffer):
            self._buffer.need_key()
