"""Our camera in several sizes, each made only while somebody watches it: one encoder for each size, however many watch.

A small layer is scaled from the picture that is captured and is an output of its own, so that key frames and bit rates
of one layer are no business of the others: somebody on a slow line who watches the small picture does not make the
large one worse. A track changes layers with a key frame (``VideoTrack.follow``). ``relieve`` bounds it while this
computer cannot keep up.
"""

from __future__ import annotations

from dataclasses import dataclass

from av import VideoFrame

from app.media.sources import VideoFormat
from app.media.video.encoder import fitting_bitrate
from app.media.video.outgoing import FASTEST, SLOWEST_HALVED, VideoOut
from app.media.video.pace import Decimator
from app.media.video.pressure import Step, Toll
from app.media.video.scale import SendScaler, copied

HEIGHTS = (180, 360)
"""Below the full one."""
STRETCH = 1.25
"""A tile may be so much higher than the layer that it is shown: nobody sees the difference."""
WIDEST = 4
"""Times the height: layers are bounded by it."""
HIGHEST = 4320
MOST = {Step.SMALLER: 360, Step.SMALLEST: 180}
"""Lines that are sent at most while this computer cannot keep up."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The most that somebody shows of a picture: device pixels, and pictures a second."""

    height: int = HIGHEST
    fps: int = FASTEST


class CameraLayers:
    def __init__(self, wanted: VideoFormat) -> None:
        self.full = VideoOut(wanted.fps)
        self.idle = VideoOut(wanted.fps)
        """For those who do not look: nothing comes."""
        lower = [height for height in HEIGHTS if height < wanted.height]
        self._lower = {height: VideoOut(wanted.fps) for height in lower}
        self.sizes = [
            (height, fitting_bitrate(round(height * wanted.width / wanted.height), height, wanted.fps))
            for height in (wanted.height, *reversed(lower))
        ]
        """Height and natural bit rate of each, the largest first."""
        self._fps = wanted.fps
        self._pace: Decimator | None = None
        self._most = HIGHEST
        self._scalers = {height: SendScaler(height * WIDEST, height) for height in lower}

    def put(self, frame: VideoFrame, at: float) -> None:
        """Like ``VideoOut.put``; called in the capture thread."""
        if self._pace is not None and not self._pace.passes(at):
            return
        for height, layer in self._lower.items():
            if layer.is_watched:
                small = self._scalers[height].frame(frame)
                # each layer's encoder writes into its picture of what kind it is to be
                layer.put(copied(frame) if small is frame else small, at)
        self.full.put(frame, at)

    def begin_anew(self) -> None:
        """The next picture is one that needs no other. Any thread."""
        for layer in (self.full, *self._lower.values()):
            layer.begin_anew()

    def fitting(self, height: int | None) -> VideoOut:
        """What is to be sent to somebody who shows us ``height`` device pixels high; None: not at all."""
        if height is None or height == 0:
            return self.idle
        height = min(height, self._most)
        return next((layer for least, layer in self._lower.items() if height <= least * STRETCH), self.full)

    def relieve(self, step: Step) -> None:
        """Send no more than ``step`` allows. Whoever follows a layer has to ask anew which one is fitting."""
        is_halved = step is not Step.ALL and self._fps >= SLOWEST_HALVED
        self._pace = Decimator(self._fps // 2) if is_halved else None
        self._most = MOST.get(step, HIGHEST)

    @property
    def is_sending(self) -> bool:
        """Somebody watches any of it."""
        return any(layer.is_watched for layer in (self.full, *self._lower.values()))

    def take_tolls(self) -> list[Toll]:
        """What was captured and encoded since this was asked last, of each layer."""
        return [layer.take_toll() for layer in (self.full, *self._lower.values())]

    async def close(self) -> None:
        for layer in (self.full, self.idle, *self._lower.values()):
            await layer.close()
