"""The decoders of pictures: FFmpeg's own, each in the one thread that calls it.

aiortc decodes VP8 with libvpx, and lets both codecs start a thread for each processor, although every peer has a thread
of its own already. 720p of real content at 1.5 Mbit/s, ms of one core for a frame, medians of six alternating runs on a
busy machine: VP8 by libvpx 2.0, by FFmpeg's own decoder 1.8; H.264 1.4; threads change none of them. FFmpeg's VP8 gives
the same samples as libvpx, refuses what does not start with a key frame, and takes a new size in the middle of the
stream; a frame that is cut off it shows as far as it goes (libvpx refuses it), but none such comes out of
``VideoBuffer``.
"""

from __future__ import annotations

from aiortc.codecs import get_decoder
from aiortc.codecs.base import Decoder
from aiortc.jitterbuffer import JitterFrame
from aiortc.mediastreams import VIDEO_TIME_BASE
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from av import CodecContext
from av.codec.context import Flags
from av.error import InvalidDataError
from av.frame import Frame
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

LARGEST = 6016 * 3384
"""Pixels: a browser may share the largest of screens as it is. A key frame of 50 bytes may claim ten times as many, and
would get the memory for them."""
NATIVE = {"VP8": "vp8", "H264": "h264"}


def decoder_for(codec: RTCRtpCodecParameters) -> Decoder:
    """Ours for pictures, aiortc's for anything else."""
    name = NATIVE.get(codec.name)
    return get_decoder(codec) if name is None else PictureDecoder(name)


class PictureDecoder(Decoder):
    """Belongs to one thread."""

    def __init__(self, name: str) -> None:
        codec = CodecContext.create(name, "r")
        assert isinstance(codec, VideoCodecContext)
        codec.thread_count = 1
        codec.flags |= Flags.low_delay
        codec.options = {"max_pixels": str(LARGEST)}
        self._codec = codec

    def decode(self, encoded_frame: JitterFrame) -> list[Frame]:
        """The picture in ``encoded_frame``.

        Raises:
            FFmpegError: it cannot be decoded, or only with holes in it.
        """
        if not encoded_frame.data:
            return []  # would end the decoder
        packet = Packet(encoded_frame.data)
        packet.pts = encoded_frame.timestamp
        packet.time_base = VIDEO_TIME_BASE
        frames: list[Frame] = list(self._codec.decode(packet))
        if any(frame.is_corrupt for frame in frames):
            raise InvalidDataError(1, "the picture is damaged")
        return frames
