"""Where the benchmark looks into the app: behind the decoder, and at the connections. Nothing is changed on the way.

``install`` puts classes of ours where ``app.media`` looks its own up, in this process only; they pass everything
on. What the taps note in a run that measures the processor is a time and a flag for each frame.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from aiortc import RTCPeerConnection
from aiortc.jitterbuffer import JitterFrame
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from av import VideoFrame
from av.frame import Frame

from app.media import call, peer
from app.media.rtc import receiver
from app.media.rtc.decoding import DecoderInput
from app.media.video import stamp
from app.media.video.incoming import VideoIn
from bench import _mark, _psnr
from bench._clip import Film

KEPT = 40
"""Frames that are kept to be compared with their source, at most."""


@dataclass
class Notes:
    """Everything that was decoded in this process since the last ``clear``; times are monotonic seconds."""

    probing: bool = False
    timing: bool = False
    """Only latencies are noted, of every frame."""
    times: list[float] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    key_times: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    """Seconds, where the picture carries the app's clock and we probe."""
    kept: list[VideoFrame] = field(default_factory=list)
    connections: list[RTCPeerConnection] = field(default_factory=list)

    def add(self, frame: VideoFrame, at: float) -> None:
        if self.timing:
            self._time(frame, at)
            return
        self.times.append(at)
        self.sizes.append((frame.width, frame.height))
        if not self.probing:
            return
        self._time(frame, at)
        number = _mark.read(_psnr.luma(frame))
        if number is not None and number % _mark.KEEP_EACH == 0 and len(self.kept) < KEPT:
            self.kept.append(frame)

    def _time(self, frame: VideoFrame, at: float) -> None:
        stamped = stamp.read(frame)
        if stamped is not None:
            self.latencies.append(stamp.age(stamped, at))

    def clear(self) -> None:
        for one in (self.times, self.sizes, self.key_times, self.latencies, self.kept):
            one.clear()

    def compare(self, film: Film) -> list[float]:
        """Decibels of each frame that was kept, against the frame of the clip whose number it bears."""
        found: list[float] = []
        for frame in self.kept:
            arrived = _psnr.planes(frame)
            number = _mark.read(arrived[0])
            if number is not None and number < film.count:
                full = _psnr.scaled(arrived, film.format.width, film.format.height)
                found.append(_psnr.psnr(full, film.frame(number)))
        return found

    async def sent(self) -> dict[str, int]:
        """Pictures' bytes and packets that went out so far, to everybody together."""
        return await self._count("outbound-rtp", ("bytesSent", "packetsSent"))

    async def _count(self, kind: str, names: tuple[str, ...]) -> dict[str, int]:
        found = dict.fromkeys(names, 0)
        for connection in self.connections:
            stats: dict[str, Any] = await connection.getStats()
            for one in stats.values():
                if one.type == kind and one.kind == "video":
                    for name in names:
                        found[name] += getattr(one, name)
        return found


def starts_key_frame(codec: str, data: bytes) -> bool:
    """Whether ``data``, as the decoder gets it, is a key frame: the frame tag of VP8 (RFC 6386, section 9.1), or H.264
    that starts with a parameter set or an IDR slice."""
    if codec == "VP8":
        return bool(data) and not data[0] & 1
    return codec == "H264" and len(data) > 4 and data[4] & 0x1F in (5, 7)


def install() -> Notes:
    """Call before the first ``CallMedia`` is made."""
    notes = Notes()

    class TappedVideoIn(VideoIn):
        def frame(self, frame: Frame, *, more: bool) -> None:
            at = time.monotonic()
            super().frame(frame, more=more)
            if isinstance(frame, VideoFrame):
                notes.add(frame, at)

    class RememberedConnection(RTCPeerConnection):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            notes.connections.append(self)

    class TappedInput(DecoderInput):
        def put(self, item: tuple[RTCRtpCodecParameters, JitterFrame] | None) -> None:
            super().put(item)
            if item is not None and starts_key_frame(item[0].name, item[1].data):
                notes.key_times.append(time.monotonic())

    taps = (
        (call, "VideoIn", TappedVideoIn),
        (peer, "RTCPeerConnection", RememberedConnection),
        (receiver, "DecoderInput", TappedInput),
    )
    for module, name, ours in taps:
        if not hasattr(module, name):
            raise RuntimeError(f"{module.__name__} no longer looks up {name}")
        setattr(module, name, ours)
    return notes
