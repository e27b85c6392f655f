"""One capture thread: it opens a source, reads it and hands every item on, until it is told to stop or the source dies.

Promises: ``start`` returns with the first item, or raises a ``DeviceError``; a source that opens and delivers nothing
is given up after a while and never closed from outside (a blocked read cannot be interrupted: the daemon thread ends
when the read does); ``on_lost`` is called on the loop, once, if a started source dies or falls silent by itself;
after ``stop`` nothing is handed on.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.error import FFmpegError

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.capture.opening import device_error
from app.media.capture.silence import Silence

log = logging.getLogger(__name__)

SILENT_AFTER_S = 5.0
JOIN_S = 2.0

Sound = npt.NDArray[np.int16]
"""20 ms of one channel at 48 kHz: 960 samples."""


@dataclass(frozen=True, slots=True)
class Item:
    """A picture or 20 ms of sound, and when it was captured (monotonic seconds)."""

    content: VideoFrame | Sound
    at: float


Produce = Callable[[threading.Event], Generator[Item, None, None]]
"""Opens the source and yields what it delivers, until the event is set. Raises DeviceError."""


class CaptureWorker:
    def __init__(
        self,
        kind: DeviceKind,
        produce: Produce,
        deliver: Callable[[Item], None],
        on_lost: Callable[[DeviceError], None],
        *,
        silent_after_s: float = SILENT_AFTER_S,
    ) -> None:
        """``deliver`` is called in the capture thread."""
        self._kind = kind
        self._produce = produce
        self._deliver = deliver
        self._on_lost = on_lost
        self._silent_after_s = silent_after_s
        self._loop = asyncio.get_running_loop()
        self._stopping = threading.Event()
        self._first: asyncio.Future[None] = self._loop.create_future()
        self._watch: asyncio.Task[None] | None = None
        self._silence = Silence(silent_after_s, time.monotonic())
        self._thread = threading.Thread(target=self._run, name=f"capture-{kind}", daemon=True)

    async def start(self) -> None:
        """Wait until the first item is there.

        Raises:
            DeviceError: it could not be opened, or it delivers nothing.
        """
        self._thread.start()
        try:
            await asyncio.wait_for(asyncio.shield(self._first), self._silent_after_s)
        except TimeoutError:
            self._stopping.set()
            self._first.cancel()
            raise DeviceError(self._kind, DeviceProblem.SILENT) from None
        except BaseException:
            self._stopping.set()
            raise
        self._watch = asyncio.create_task(self._watch_silence())

    async def stop(self) -> None:
        """Release the source. Returns when it is released, or after two seconds."""
        self._stopping.set()
        if self._watch is not None:
            self._watch.cancel()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join, JOIN_S)

    def _run(self) -> None:
        error: DeviceError | None = None
        items: Generator[Item, None, None] | None = None
        try:
            items = self._produce(self._stopping)
            for item in items:
                if self._stopping.is_set():
                    break
                self._silence.delivered(time.monotonic())
                self._deliver(item)
                if not self._first.done():
                    self._tell(self._started)
        except DeviceError as problem:
            error = problem
        except FFmpegError as problem:
            error = device_error(self._kind, problem)
        except Exception as problem:
            log.exception("a capture thread failed")
            error = DeviceError(self._kind, DeviceProblem.FAILED, str(problem))
        finally:
            if items is not None:
                items.close()
        if not self._stopping.is_set():
            self._tell(self._ended, error or DeviceError(self._kind, DeviceProblem.FAILED, "the source ended"))

    def _tell[*Args](self, callback: Callable[[*Args], None], *arguments: *Args) -> None:
        try:
            self._loop.call_soon_threadsafe(callback, *arguments)
        except RuntimeError:
            self._stopping.set()  # the loop is closed: nobody wants this source any more

    def _started(self) -> None:
        if not self._first.done():
            self._first.set_result(None)

    def _ended(self, error: DeviceError) -> None:
        if not self._first.done():
            self._first.set_exception(error)
        elif not self._stopping.is_set():
            self._lost(error)

    async def _watch_silence(self) -> None:
        while True:
            left = self._silence.left(time.monotonic())
            if not left:
                self._lost(DeviceError(self._kind, DeviceProblem.SILENT))
                return
            await asyncio.sleep(left)

    def _lost(self, error: DeviceError) -> None:
        self._stopping.set()
        if self._watch is not None:
            self._watch.cancel()
        self._on_lost(error)
