"""The local side's sources: one for pictures and one for sound, and by themselves one for a screen, each opened,
changed or released by itself.

A clip that is both camera and microphone is played by one thread; opening its second half starts it over, so that
lips and words stay together.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import numpy as np
from av import VideoFrame

from app.errors import DeviceError, DeviceKind
from app.media import permission
from app.media.capture import producers, screen
from app.media.capture.worker import SILENT_AFTER_S, CaptureWorker, Item, Produce, Sound
from app.media.sources import SourceKind, SourceSpec, VideoFormat


@dataclass(slots=True)
class _Feed:
    spec: SourceSpec
    worker: CaptureWorker


class Feeds:
    def __init__(
        self,
        wanted: VideoFormat,
        on_picture: Callable[[VideoFrame, float], None],
        on_sound: Callable[[Sound, float], None],
        on_lost: Callable[[DeviceKind, DeviceError], None],
        *,
        silent_after_s: float = SILENT_AFTER_S,
        ask: Callable[[DeviceKind], Awaitable[None]] = permission.ask,
    ) -> None:
        """``on_picture`` and ``on_sound`` are called in capture threads, ``on_lost`` on the loop. ``ask`` returns once
        the system lets devices of a kind be used, which may take a person's answer, or raises ``DeviceError``."""
        self._wanted = wanted
        self._on_picture = on_picture
        self._on_sound = on_sound
        self._on_lost = on_lost
        self._silent_after_s = silent_after_s
        self._ask = ask
        self._feeds: dict[DeviceKind, _Feed] = {}
        self._turns = {kind: asyncio.Lock() for kind in DeviceKind}
        """One for each kind: a camera that is to be off does not wait for a microphone that is slow to open."""
        self._clips = asyncio.Lock()
        """For whoever changes a clip, since it may be shared: only so does one kind change another's feed."""

    def is_open(self, kind: DeviceKind) -> bool:
        return kind in self._feeds

    async def open(self, kind: DeviceKind, spec: SourceSpec) -> None:
        """Replace what feeds ``kind`` by ``spec``.

        Raises:
            DeviceError: ``spec`` does not open; then nothing feeds ``kind``.
        """
        async with self._turn(kind, spec):
            await self._close(kind)
            await self._open(kind, spec)

    async def close(self, kind: DeviceKind) -> None:
        """Release what feeds ``kind``."""
        async with self._turn(kind):
            await self._close(kind)

    async def close_all(self) -> None:
        """Release everything; what is just being opened is released as soon as it is."""
        await asyncio.gather(*(self._release(kind) for kind in DeviceKind))

    async def _release(self, kind: DeviceKind) -> None:
        async with self._turn(kind):
            feed = self._feeds.pop(kind, None)
            if feed is not None:
                await feed.worker.stop()

    @asynccontextmanager
    async def _turn(self, kind: DeviceKind, spec: SourceSpec | None = None) -> AsyncGenerator[None]:
        """To change what feeds ``kind``, into ``spec``."""
        async with self._turns[kind]:
            present = self._feeds.get(kind)
            specs = (spec, None if present is None else present.spec)
            if any(one is not None and one.kind is SourceKind.FILE for one in specs):
                async with self._clips:
                    yield
            else:
                yield

    async def _open(self, kind: DeviceKind, spec: SourceSpec) -> None:
        if spec.kind is SourceKind.DEVICE:
            await self._ask(kind)
        kinds = frozenset({kind})
        if spec.kind is SourceKind.FILE:
            twins = {other for other, feed in self._feeds.items() if feed.spec == spec}
            kinds |= twins
            for twin in twins:
                await self._feeds[twin].worker.stop()
        worker = self._worker(kind, kinds, spec, self._produce(kind, kinds, spec))
        try:
            await worker.start()
        except DeviceError:
            if len(kinds) > 1:
                await self._reopen(kinds - {kind}, spec)
            raise
        except BaseException:
            await worker.stop()
            raise
        for one in kinds:
            self._feeds[one] = _Feed(spec, worker)

    async def _close(self, kind: DeviceKind) -> None:
        feed = self._feeds.pop(kind, None)
        if feed is None:
            return
        await feed.worker.stop()
        twins = {other for other, one in self._feeds.items() if one.worker is feed.worker}
        if twins:
            await self._reopen(frozenset(twins), feed.spec)

    async def _reopen(self, kinds: frozenset[DeviceKind], spec: SourceSpec) -> None:
        """Play a clip on with fewer streams."""
        worker = self._worker(min(kinds), kinds, spec, self._produce(min(kinds), kinds, spec))
        for kind in kinds:
            self._feeds[kind] = _Feed(spec, worker)
        try:
            await worker.start()
        except DeviceError as error:
            self._forget(worker, error)

    def _worker(
        self, kind: DeviceKind, kinds: frozenset[DeviceKind], spec: SourceSpec, produce: Produce
    ) -> CaptureWorker:
        def lost(error: DeviceError) -> None:
            self._forget(worker, error)

        worker = CaptureWorker(kind, produce, self._deliver, lost, silent_after_s=self._silent_after_s)
        return worker

    def _produce(self, kind: DeviceKind, kinds: frozenset[DeviceKind], spec: SourceSpec) -> Produce:
        if kind is DeviceKind.SCREEN:
            return screen.pictures(spec, self._wanted)
        if spec.kind is SourceKind.FILE:
            return producers.clips(spec.name, kinds, self._wanted)
        if kind is DeviceKind.CAMERA:
            return producers.pictures(spec, self._wanted)
        return producers.sounds(spec)

    def _deliver(self, item: Item) -> None:
        if isinstance(item.content, np.ndarray):
            self._on_sound(item.content, item.at)
        else:
            self._on_picture(item.content, item.at)

    def _forget(self, worker: CaptureWorker, error: DeviceError) -> None:
        for kind in [kind for kind, feed in self._feeds.items() if feed.worker is worker]:
            del self._feeds[kind]
            self._on_lost(kind, error)


def screen_feeds(
    wanted: VideoFormat,
    on_picture: Callable[[VideoFrame, float], None],
    on_lost: Callable[[DeviceKind, DeviceError], None],
) -> Feeds:
    """For screens and windows: some desktops ask the person first, which must keep neither camera nor microphone
    waiting."""

    def no_sound(_sound: Sound, _at: float) -> None:
        raise AssertionError("a screen makes no sound")

    return Feeds(wanted, on_picture, no_sound, on_lost, silent_after_s=screen.PATIENCE_S)
