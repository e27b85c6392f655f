"""Screens and windows captured through Qt.

Qt's capture objects live in Qt's main thread and deliver there or in threads of their own; a capture thread of ours
waits for the newest picture and does all work on it. Whoever hears of a picture in Qt's threads is connected by a
function, not by a method: PySide takes a method's connection back when its object goes, in whichever thread that is,
while Qt's own thread destroys the other end, and the program dies of it.

Promises: the frame rate is set before the capture begins (Qt ignores it later); a picture that is not fetched is
replaced by the next; where nothing changes and so nothing comes (Wayland), the last one is given again.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from functools import partial

import numpy as np
from av import VideoFrame
from av.video.reformatter import VideoReformatter
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import (
    QCapturableWindow,
    QMediaCaptureSession,
    QScreenCapture,
    QVideoFrame,
    QVideoFrameFormat,
    QVideoSink,
    QWindowCapture,
)

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.media.video.scale import copied

log = logging.getLogger(__name__)

BLIND = ("offscreen", "minimal", "linuxfb", "eglfs", "vnc")
"""Platforms of Qt without a desktop."""
AGAIN_S = 0.2
"""The last picture is given again where no new one came for so long."""
RETRY_MS = 1_000
"""A window that was minimised is looked for so often; X11 has no picture of it meanwhile."""
PIXELS = QVideoFrameFormat.PixelFormat
FORMATS = {
    PIXELS.Format_BGRA8888: "bgra",
    PIXELS.Format_BGRX8888: "bgra",
    PIXELS.Format_BGRA8888_Premultiplied: "bgra",
    PIXELS.Format_RGBA8888: "rgba",
    PIXELS.Format_RGBX8888: "rgba",
}
"""What is read as it lies in memory; anything else goes through QImage."""


def is_usable() -> bool:
    """A Qt with a desktop to capture runs in this process."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.platformName() not in BLIND


def asks_itself() -> bool:
    """The desktop asks the person what may be seen, and what is named beforehand counts for nothing (Wayland)."""
    return QGuiApplication.platformName().startswith("wayland")


def frames(spec: SourceSpec, wanted: VideoFormat, stopping: threading.Event) -> Iterator[VideoFrame]:
    """Pictures of ``spec`` as yuv420p, in the calling thread, which is not Qt's.

    Raises:
        DeviceError: absent, denied or failed.
    """
    box = _Mailbox()
    grabber = _Grabber(spec, wanted.fps, box)
    try:
        last: VideoFrame | None = None
        while not stopping.is_set():
            frame = box.fetch(AGAIN_S)
            if frame is not None:
                last = frame
            elif last is not None:
                last = copied(last)  # whoever has the other one may still be at work on it
            if last is not None:
                yield last
    finally:
        grabber.end()


class _Mailbox:
    """Newest wins; filled in Qt's threads."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._frame: QVideoFrame | None = None
        self._error: DeviceError | None = None
        self.was_filled = False
        """A picture has come."""
        self._reformatter = VideoReformatter()

    def put(self, frame: QVideoFrame) -> None:
        if frame.isValid():
            with self._news:
                self._frame = frame
                self.was_filled = True
                self._news.notify()

    def fail(self, error: DeviceError) -> None:
        with self._news:
            self._error = error
            self._news.notify()

    def fetch(self, timeout_s: float) -> VideoFrame | None:
        """The newest, converted in the calling thread, or None if none came in time.

        Raises:
            DeviceError: the capture failed.
        """
        with self._news:
            if self._frame is None and self._error is None:
                self._news.wait(timeout_s)
            if self._error is not None:
                raise self._error
            frame, self._frame = self._frame, None
        return None if frame is None else read(frame, self._reformatter)


class _Grabber(QObject):
    """Lives in Qt's main thread, whichever thread makes it."""

    _wanted = Signal()
    _unwanted = Signal()
    _alive: dict[int, _Grabber] = {}  # noqa: RUF012 - of the class
    """Until Qt's own thread has destroyed them: a wrapper that went earlier would destroy Qt's object a second time, in
    whichever thread it went."""

    def __init__(self, spec: SourceSpec, fps: int, box: _Mailbox) -> None:
        super().__init__()
        self._spec = spec
        self._fps = fps
        self._box = box
        self._capture: QScreenCapture | QWindowCapture | None = None
        self._session: QMediaCaptureSession | None = None
        self._sink: QVideoSink | None = None
        app = QGuiApplication.instance()
        assert app is not None
        self._alive[id(self)] = self
        self.destroyed.connect(partial(self._alive.pop, id(self)), Qt.ConnectionType.DirectConnection)
        self._wanted.connect(self._start, Qt.ConnectionType.QueuedConnection)
        self._unwanted.connect(self._stop, Qt.ConnectionType.QueuedConnection)
        self.moveToThread(app.thread())
        self._wanted.emit()

    def end(self) -> None:
        """Any thread."""
        self._unwanted.emit()

    def _start(self) -> None:
        try:
            capture = make_capture(self._spec, self)
        except DeviceError as error:
            self._box.fail(error)
            return
        self._capture = capture
        self._session, self._sink = QMediaCaptureSession(self), QVideoSink(self)
        capture.setMaximumFrameRate(self._fps)
        capture.errorOccurred.connect(self._failed)
        attach(self._session, capture)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(partial(_Mailbox.put, self._box), Qt.ConnectionType.DirectConnection)
        capture.start()

    def _retry(self) -> None:
        capture = self._capture
        if not isinstance(capture, QWindowCapture):
            return
        if capture.window().isValid():
            capture.stop()
            capture.start()
        else:
            self._box.fail(DeviceError(DeviceKind.SCREEN, DeviceProblem.ABSENT, "the window is gone"))

    def _stop(self) -> None:
        if self._capture is not None:
            self._capture.stop()
        self.deleteLater()

    def _failed(self, error: object, words: str) -> None:
        """A window that is still there was minimised, say: its last picture stays until it is shown again."""
        if isinstance(self._capture, QWindowCapture) and self._box.was_filled:
            QTimer.singleShot(RETRY_MS, self, self._retry)
            return
        self._box.fail(DeviceError(DeviceKind.SCREEN, problem_of(error), words))


def make_capture(spec: SourceSpec, parent: QObject) -> QScreenCapture | QWindowCapture:
    """Qt's capture of ``spec``, not yet begun. In Qt's main thread.

    Raises:
        DeviceError: there is no such screen or window (any more), or Qt has nothing to capture with.
    """
    if spec.kind is SourceKind.WINDOW:
        window = windows.find(spec)
        if window is None or not window.isValid():
            raise DeviceError(DeviceKind.SCREEN, DeviceProblem.ABSENT, "the window is gone")
        by_window = _able(QWindowCapture(parent))
        by_window.setWindow(window)
        return by_window
    screens = QGuiApplication.screens()
    if int(spec.name or 0) >= len(screens):
        raise DeviceError(DeviceKind.SCREEN, DeviceProblem.ABSENT, f"there is no screen {spec.name}")
    by_screen = _able(QScreenCapture(parent))
    by_screen.setScreen(screens[int(spec.name or 0)])
    return by_screen


def _able[C: (QScreenCapture, QWindowCapture)](capture: C) -> C:
    """``capture`` as it was made. One without a backend says so now, and never begins nor fails later."""
    if capture.error().name == "CapturingNotSupported":
        words = capture.errorString()
        capture.deleteLater()
        raise DeviceError(DeviceKind.SCREEN, DeviceProblem.FAILED, words or "Qt has nothing to capture with")
    return capture


def attach(session: QMediaCaptureSession, capture: QScreenCapture | QWindowCapture) -> None:
    if isinstance(capture, QScreenCapture):
        session.setScreenCapture(capture)
    else:
        session.setWindowCapture(capture)


def problem_of(error: object) -> DeviceProblem:
    """What Qt's ``error`` of either kind of capture means to a person."""
    name = getattr(error, "name", "")
    if name == "NotFound":
        return DeviceProblem.ABSENT
    if name == "CaptureFailed" and (sys.platform == "darwin" or asks_itself()):
        return DeviceProblem.DENIED  # not allowed in the system's settings, or "no" was the answer
    return DeviceProblem.FAILED


def read(frame: QVideoFrame, reformatter: VideoReformatter) -> VideoFrame | None:
    """``frame`` as yuv420p of its own memory; None where it cannot be read."""
    layout = FORMATS.get(frame.pixelFormat())
    if layout is None or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return _read_image(frame.toImage(), reformatter)
    try:
        stride, height = frame.bytesPerLine(0), frame.height()
        pixels = np.frombuffer(frame.bits(0), np.uint8)[: stride * height].reshape(height, stride)
        return _convert(pixels[:, : frame.width() * 4], layout, reformatter)
    finally:
        frame.unmap()


def _read_image(image: QImage, reformatter: VideoReformatter) -> VideoFrame | None:
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return _convert(pixels[:, : image.width() * 4], "bgra", reformatter)


def _convert(pixels: np.ndarray, layout: str, reformatter: VideoReformatter) -> VideoFrame:
    height, width = pixels.shape[0], pixels.shape[1] // 4
    source = VideoFrame.from_ndarray(np.ascontiguousarray(pixels).reshape(height, width, 4), format=layout)
    return reformatter.reformat(source, width // 2 * 2, height // 2 * 2, "yuv420p", interpolation="BICUBIC", threads=1)


class Windows:
    """The windows of this desktop, each with an id for as long as it is there. Used in Qt's main thread."""

    def __init__(self) -> None:
        self._known: dict[str, QCapturableWindow] = {}
        self._count = 0

    def listed(self) -> list[tuple[SourceSpec, str]]:
        """What can be captured now, with the windows' titles; ids of before stay."""
        now: dict[str, QCapturableWindow] = {}
        for window in QWindowCapture.capturableWindows():
            name = next((name for name, one in self._known.items() if one == window), None)
            if name is None:
                self._count += 1
                name = str(self._count)
            now[name] = window
        self._known = now
        return [(SourceSpec(SourceKind.WINDOW, name), window.description()) for name, window in now.items()]

    def find(self, spec: SourceSpec) -> QCapturableWindow | None:
        return self._known.get(spec.name)


windows = Windows()
