"""The codec alone, in a process of its own; started by ``bench/_limit.py``.

The app's own encoder on the clip's frames at the app's settings, one frame when it is due as in a call (a processor
that has other things to do between two frames is slower for each); and the app's own decoder and scaler on what came
out. Prints processor seconds for each second of film.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from av import VideoFrame

from app.media.rtc.decoders import decoder_for
from app.media.slot import Fit, Look
from app.media.video.codecs import CAMERA
from app.media.video.encoder import CLOCK
from app.media.video.scale import TileScaler
from bench._clip import Film
from bench._seat import say

WARM_FRAMES = 30


def loaded(film: Film) -> list[VideoFrame]:
    """Every frame, in memory, so that the disk is not measured."""
    found: list[VideoFrame] = []
    for number in range(film.count):
        flat = np.concatenate([plane.reshape(-1) for plane in film.frame(number)])
        shape = film.format.height * 3 // 2, film.format.width
        found.append(VideoFrame.from_ndarray(flat.reshape(shape), format="yuv420p"))
    return found


def played(frames: list[VideoFrame], fps: int, count: int) -> Iterator[VideoFrame]:
    """``count`` frames of the film, over and over."""
    for index in range(count):
        frame = frames[index % len(frames)]
        frame.pts, frame.time_base = index * CLOCK // fps, Fraction(1, CLOCK)
        yield frame


def paced[T](items: Iterator[T], fps: int, work: Callable[[T], None]) -> float:
    """Do ``work`` on each when it is due; processor seconds a frame, after the first second."""
    used = 0.0
    counted = 0
    start = time.monotonic()
    for index, item in enumerate(items):
        time.sleep(max(0.0, start + index / fps - time.monotonic()))
        before = time.process_time()
        work(item)
        if index >= WARM_FRAMES:
            used += time.process_time() - before
            counted += 1
    return used / counted


def main() -> int:
    options = json.loads(sys.argv[1])
    film = Film.of(options["film"])
    fps = film.format.fps
    count = WARM_FRAMES + round(options["seconds"] * fps)
    packets: list[bytes] = []
    codec, make = next(iter(CAMERA.items()))
    encoder = make(fps)

    def encode(frame: VideoFrame) -> None:
        packet = encoder.encode(frame, None, key=False)
        if packet is not None:
            packets.append(bytes(packet))

    encoding = paced(played(loaded(film), fps, count), fps, encode)
    decoder = decoder_for(RTCRtpCodecParameters(mimeType=f"video/{codec}", clockRate=CLOCK, payloadType=96))
    scaler, look = TileScaler(), Look(film.format.width, film.format.height, Fit.COVER)

    def decode(data: bytes) -> None:
        for frame in decoder.decode(JitterFrame(data, 0)):
            assert isinstance(frame, VideoFrame)
            scaler.picture(frame, look)

    decoding = paced(iter(packets), fps, decode)
    seconds = len(packets) / fps
    say(
        {
            "encodeCores": round(encoding * fps, 4),
            "decodeCores": round(decoding * fps, 4),
            "kbps": round(sum(map(len, packets)) * 8 / seconds / 1000, 1),
        }
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
