"""What we can send: for each codec an encoder, made once for all who take it. In order of preference."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.media.video.encoder import Encoder
from app.media.video.h264 import H264Encoder, H264ScreenEncoder
from app.media.video.vp8 import Vp8Encoder, Vp8ScreenEncoder

type Encoders = Mapping[str, Callable[[int], Encoder]]
"""By the codec's name in SDP; called with the frames a second that are expected."""

CAMERA: Encoders = {"H264": H264Encoder, "VP8": Vp8Encoder}
SCREEN: Encoders = {"VP8": Vp8ScreenEncoder, "H264": H264ScreenEncoder}
