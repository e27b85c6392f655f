"""What pictures of ours go over one connection, and their shared screen.

A screen travels beside the camera, in a place of its own that both ends agree on from the start and that stays empty
until somebody shares: nothing is negotiated in the middle of a call, which two ends may do at once, which aiortc has no
events for, and which the seed's peers do not do at all. To those who gave a screen no place, the seed's, ours goes
where the camera goes.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping

from app.media.figures import VideoFigures
from app.media.slot import FrameSlot
from app.media.thinning import Thinning
from app.media.video.incoming import VideoIn
from app.media.video.layers import HIGHEST, CameraLayers, Wanted
from app.media.video.outgoing import VideoOut, VideoTrack
from protocol.events import StreamKind

SCREEN = "screen"
TRY_S = 0.5
"""Between two looks whether a picture that pauses may be tried again."""


class ScreenEnd:
    def __init__(
        self,
        layers: CameraLayers,
        screen: VideoOut,
        video: VideoTrack,
        slot: FrameSlot | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``video`` is the connection's track for the camera. Their screen is shown in ``slot``; None: there is to be
        no place for screens, and none is accepted."""
        self.track = None if slot is None else screen.track()
        self.picture = None if slot is None else VideoIn(slot)
        self._layers = layers
        self._camera_wanted: Wanted | None = Wanted()
        """What they show of our camera."""
        self._screen_wanted: Wanted | None = Wanted()
        self._fits: int | None = HIGHEST
        """How high a picture of it the path carries."""
        self._limit: int | None = None
        self._trial: asyncio.TimerHandle | None = None
        self._is_over = False
        self._thinning = Thinning(layers.sizes)
        self._clock = clock
        self._screen = screen
        self._video = video
        self._has_place = slot is not None
        self._is_sharing = False

    @property
    def has_place(self) -> bool:
        """Whether both ends, as far as it is known, keep a place for screens."""
        return self._has_place

    def agree(self, streams: Mapping[str, str] | None) -> None:
        """The other end's description says what it sends where: without a word of a screen, it has no place for
        one."""
        self._has_place = self.track is not None and SCREEN in (streams or {}).values()
        self._route()

    def share(self, on: bool) -> None:
        """Our screen is being shared, or no more."""
        self._is_sharing = on
        self._route()

    def show(self, camera: Wanted | None, screen: Wanted | None) -> None:
        """They show so much of our camera and of our screen; None: nothing."""
        self._camera_wanted, self._screen_wanted = camera, screen
        self._route()

    def relieve(self) -> None:
        """What may be sent of the camera has changed."""
        self._route()

    def limit_camera(self, bits_per_second: int) -> None:
        """The path carries so much for what goes where the camera goes."""
        self._limit = bits_per_second
        self._fit(bits_per_second)

    def figures(self) -> VideoFigures:
        return VideoFigures() if self.picture is None else self.picture.figures()

    def stop(self) -> None:
        self._is_over = True
        self._stop_trial()
        if self.track is not None:
            self.track.stop()

    def _fit(self, bits_per_second: int) -> None:
        """While the picture pauses look again by ourselves: nothing is sent that could be reported on."""
        self._fits = self._thinning.height(bits_per_second, self._clock())
        self._route()
        self._stop_trial()
        if self._fits is None and not self._is_over:
            self._trial = asyncio.get_running_loop().call_later(TRY_S, self._fit, bits_per_second)

    def _stop_trial(self) -> None:
        if self._trial is not None:
            self._trial.cancel()
            self._trial = None

    def _route(self) -> None:
        wanted = self._camera_wanted
        if self._is_sharing and not self._has_place:
            out = self._screen
        elif wanted is None or wanted.fps == 0 or self._fits is None:
            out = self._layers.idle
        else:
            out = self._layers.fitting(min(wanted.height, self._fits))
            self._video.want(wanted.fps)
        self._video.follow(out)
        if self.track is not None:
            self._route_screen(self.track)
        if self._limit is not None and self._video.limit != self._limit:
            self._video.set_limit(self._limit)

    def _route_screen(self, track: VideoTrack) -> None:
        wanted = self._screen_wanted
        if wanted is None or not wanted.height or not wanted.fps:
            track.follow(self._layers.idle)
        else:
            track.want(wanted.fps)
            track.follow(self._screen)


def places(sdp: str, streams: Mapping[str, str] | None) -> tuple[StreamKind, ...]:
    """What of ours belongs where, in the order of the offer ``sdp``: tracks are matched to places in that order.

    Only ``streams``, media id → kind, tells a screen from a camera; what it does not name is a camera.
    """
    found: list[StreamKind] = []
    for section in re.split(r"^m=", sdp, flags=re.MULTILINE)[1:]:
        mid = re.search(r"^a=mid:(\S+)", section, re.MULTILINE)
        kind: StreamKind | None = None
        if section.startswith("audio"):
            kind = "microphone"
        elif section.startswith("video"):
            is_screen = mid is not None and (streams or {}).get(mid.group(1)) == SCREEN
            kind = "screen" if is_screen else "camera"
        if kind is not None and kind not in found:
            found.append(kind)
    return tuple(found)
