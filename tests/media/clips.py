"""Small clips of known length, made on the spot."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av import AudioFrame, VideoFrame

FPS = 20
RATE = 48_000


def make_clip(
    path: Path, *, seconds: float = 0.0, sound_seconds: float = 0.0, size: tuple[int, int] = (64, 48)
) -> Path:
    """Picture n is plain, with the luma 40 + 8 n; the sound is a tone. 0 s: there is no such stream."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("mpeg4", rate=FPS) if seconds else None
        if video is not None:
            video.width, video.height = size
            video.pix_fmt = "yuv420p"
            video.codec_context.gop_size = 1
            video.bit_rate = 2_000_000
        audio = container.add_stream("pcm_s16le", rate=RATE, layout="mono") if sound_seconds else None
        if video is not None:
            for index in range(round(seconds * FPS)):
                frame = VideoFrame(*size, "yuv420p")
                for plane, value in zip(frame.planes, (40 + 8 * index, 128, 128), strict=True):
                    plane.update(bytes([value]) * plane.buffer_size)
                frame.pts, frame.time_base = index, Fraction(1, FPS)
                container.mux(video.encode(frame))
            container.mux(video.encode(None))
        if audio is not None:
            count = round(sound_seconds * RATE)
            tone = (8_000 * np.sin(np.arange(count) * 2 * np.pi * 500 / RATE)).astype(np.int16)
            sound = AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
            sound.sample_rate, sound.pts, sound.time_base = RATE, 0, Fraction(1, RATE)
            container.mux(audio.encode(sound))
            container.mux(audio.encode(None))
    return path
