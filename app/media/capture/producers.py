"""What each kind of source does in its capture thread: open, read, shape, stamp."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Generator
from typing import Any

from av import Packet, VideoFrame
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media import devices
from app.media.capture import clip, opening
from app.media.capture.opening import Input, open_first, open_input
from app.media.capture.pacing import Pace
from app.media.capture.reading import packets
from app.media.capture.shaping import RATE, SAMPLES, Chunker, Shaper
from app.media.capture.worker import Item, Produce
from app.media.devices import Device
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.media.video import stamp

log = logging.getLogger(__name__)

ALSA_DEFAULT = "default"
"""Whatever the desktop has set up, often a sound server that is not in ALSA's list."""
STAND_ALONE = ("rawvideo", "mjpeg")
"""Formats of cameras whose pictures need no other: those that are one too many need not be decoded."""
STALE_S, OTHER_CLOCK_S = 0.15, 10.0
TONE = f"sine=frequency=440:sample_rate={RATE}:samples_per_frame={SAMPLES},volume=-12dB"


def pictures(spec: SourceSpec, wanted: VideoFormat) -> Produce:
    """The producer for a camera ``spec`` that is no clip."""

    def produce(stopping: threading.Event) -> Generator[Item, None, None]:
        if spec.kind is SourceKind.TEST:
            return _stamped(_test_pictures(wanted, stopping))
        frames = _camera(spec, wanted, stopping)
        return _stamped(frames) if wanted.stamped else frames

    return produce


def sounds(spec: SourceSpec) -> Produce:
    """The producer for a microphone ``spec`` that is no clip."""

    def produce(stopping: threading.Event) -> Generator[Item, None, None]:
        return _tone(stopping) if spec.kind is SourceKind.TEST else _microphone(spec, stopping)

    return produce


def clips(path: str, kinds: frozenset[DeviceKind], wanted: VideoFormat) -> Produce:
    def produce(stopping: threading.Event) -> Generator[Item, None, None]:
        items = clip.play(path, kinds, wanted, stopping)
        return _stamped(items) if wanted.stamped else items

    return produce


def _stamped(items: Generator[Item, None, None]) -> Generator[Item, None, None]:
    """Draw the moment of capture into each picture."""
    try:
        for item in items:
            if isinstance(item.content, VideoFrame):
                item.content.make_writable()  # the decoder may still need its own
                stamp.draw(item.content, item.at)
            yield item
    finally:
        items.close()


def _test_pictures(wanted: VideoFormat, stopping: threading.Event) -> Generator[Item, None, None]:
    width, height = wanted.width // 2 * 2, wanted.height // 2 * 2
    described = Input(f"testsrc2=size={width}x{height}:rate={wanted.fps},format=yuv420p", "lavfi")
    with open_input(DeviceKind.CAMERA, described) as container:
        pace = Pace(stopping)
        for index, frame in enumerate(container.decode(video=0)):
            if not pace.waits(index / wanted.fps):
                return
            yield Item(frame, time.monotonic())


def _tone(stopping: threading.Event) -> Generator[Item, None, None]:
    chunker = Chunker()
    with open_input(DeviceKind.MICROPHONE, Input(TONE, "lavfi")) as container:
        pace = Pace(stopping)
        for index, frame in enumerate(container.decode(audio=0)):
            if not pace.waits(index * SAMPLES / RATE):
                return
            for sound in chunker.cut(frame):
                yield Item(sound, time.monotonic())


def _camera(spec: SourceSpec, wanted: VideoFormat, stopping: threading.Event) -> Generator[Item, None, None]:
    kind, known = DeviceKind.CAMERA, devices.cameras
    if spec.kind is SourceKind.SCREEN:
        kind, known = DeviceKind.SCREEN, devices.screens
    spec = _chosen(spec, kind, known)
    shaper = Shaper(wanted.width, wanted.height, wanted.fps)
    with open_first(kind, opening.camera(spec, wanted), lambda: _is_known(spec, known)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        stands_alone = stream.codec_context.name in STAND_ALONE
        freshness = Freshness()
        decoder = Tolerant(stream.codec_context)
        for packet in packets(container, stream, stopping):
            at = time.monotonic()
            if stands_alone and (not freshness.passes(packet, at) or not shaper.passes(at)):
                continue  # before anything was done to it
            for frame in decoder.frames(packet):
                if stands_alone or shaper.passes(at):
                    yield Item(shaper.scaled(frame), at)


class Tolerant:
    """Decodes what a camera sends and passes over what is broken: over USB that is an everyday thing. A camera of which
    nothing can be decoded any more is found out by its silence."""

    def __init__(self, context: VideoCodecContext) -> None:
        self._context = context
        self._is_told = False

    def frames(self, packet: Packet[Any]) -> list[VideoFrame]:
        if not packet.size:
            return []  # Video4Linux's for a buffer that was lost; to the decoder it would be the end of all
        try:
            return self._context.decode(packet)
        except FFmpegError as error:
            if not self._is_told:
                log.warning("a camera sends pictures that are broken; they are left out: %s", error)
            self._is_told = True
            return []


class Freshness:
    """Leaves out a camera's pictures that waited, but not those that only look like it: what waited is read in a
    moment, so where old ones keep coming it is the camera that stamps them so."""

    def __init__(self) -> None:
        self._stale_since: float | None = None

    def passes(self, packet: Packet[Any], now: float) -> bool:
        """Whether ``packet``, read ``now`` (monotonic), is to be shown."""
        if not is_stale(packet, now):
            self._stale_since = None
            return True
        if self._stale_since is None:
            self._stale_since = now
        return now - self._stale_since >= STALE_S


def is_stale(packet: Packet[Any], now: float) -> bool:
    """Whether a camera's picture waited so long for us that a newer one must be there.

    Video4Linux stamps pictures by the monotonic clock; where another clock is used nothing can be said.
    """
    if packet.pts is None:
        return False
    return STALE_S < now - float(packet.pts * packet.time_base) < OTHER_CLOCK_S


def _microphone(spec: SourceSpec, stopping: threading.Event) -> Generator[Item, None, None]:
    kind, known = DeviceKind.MICROPHONE, devices.microphones
    spec = _chosen(spec, kind, known)
    chunker = Chunker()
    with open_input(kind, opening.microphone(spec), lambda: _is_known(spec, known)) as container:
        for packet in packets(container, container.streams.audio[0], stopping):
            for frame in packet.decode():
                for sound in chunker.cut(frame):
                    yield Item(sound, time.monotonic())


def _chosen(spec: SourceSpec, kind: DeviceKind, known: Callable[[], tuple[Device, ...]]) -> SourceSpec:
    """``spec``, or the system's default device where it names none.

    Raises:
        DeviceError: there is no device at all.
    """
    if spec.name:
        return spec
    if kind is DeviceKind.MICROPHONE and sys.platform not in ("win32", "darwin"):
        return SourceSpec(spec.kind, ALSA_DEFAULT)
    found = sorted(known(), key=lambda device: not device.is_default)
    if not found:
        raise DeviceError(kind, DeviceProblem.ABSENT, f"there is no {kind}")
    return SourceSpec(spec.kind, found[0].id)


def _is_known(spec: SourceSpec, known: Callable[[], tuple[Device, ...]]) -> bool:
    return any(device.id == spec.name for device in known())
