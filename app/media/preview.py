"""One's own camera and microphone before a room: seen and measured here, and sent to nobody, for there is no peer.

Promises: nothing opens before it is asked for; ``close`` releases both devices. Everything runs on the engine's loop,
but ``self_view`` and ``level``, which any thread may use.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from av import VideoFrame

from app.errors import DeviceError, DeviceKind
from app.media.audio.level import LevelMeter
from app.media.capture.feeds import Feeds
from app.media.capture.worker import Sound
from app.media.slot import FrameSlot
from app.media.sources import SourceSpec, VideoFormat
from app.media.video.scale import TileScaler


class Preview:
    def __init__(self) -> None:
        self.self_view = FrameSlot()
        self.on_device_lost: Callable[[DeviceKind, DeviceError], None] | None = None
        """A source died by itself. Called on the loop."""
        self._scaler = TileScaler()
        self._meter = LevelMeter()
        # The format of a call, so that what opens here opens there.
        self._feeds = Feeds(VideoFormat(), self._see, self._hear, self._lost)

    def level(self) -> float:
        """How loud the microphone is just now, 0 to 1; 0 while it is closed."""
        return self._meter.at(time.monotonic())

    async def use(self, kind: DeviceKind, spec: SourceSpec | None) -> None:
        """Open ``spec`` as camera or microphone in the place of what was open; None: release it.

        Raises:
            DeviceError: it does not open; then nothing is open.
        """
        if spec is None:
            await self._feeds.close(kind)
        else:
            await self._feeds.open(kind, spec)

    async def close(self) -> None:
        self.on_device_lost = None
        await self._feeds.close_all()

    def _see(self, frame: VideoFrame, at: float) -> None:
        del at
        look = self.self_view.look
        if look is not None:
            self.self_view.put(self._scaler.picture(frame, look))

    def _hear(self, sound: Sound, at: float) -> None:
        del at  # the meter falls by the clock of those who read it
        self._meter.add(sound, time.monotonic())

    def _lost(self, kind: DeviceKind, error: DeviceError) -> None:
        if self.on_device_lost is not None:
            self.on_device_lost(kind, error)
