"""What this desktop could share, screens and windows, and a small living picture of each.

Promises: one surface is looked at at a time, for one picture, in turn, so that a look costs the same however many
there are; scaling happens in a thread of Qt's pool; after ``close`` nothing is captured. Used in Qt's main thread.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtMultimedia import QMediaCaptureSession, QScreenCapture, QVideoFrame, QVideoSink, QWindowCapture

from app.errors import DeviceError
from app.media.capture import qt_screen
from app.media.sources import SourceKind, SourceSpec

GLIMPSE_FPS = 10
GIVE_UP_MS = 1_500
"""A surface that shows nothing by then is passed over."""
PAUSE_MS = 150
DARK = 8
"""Of 255: no pixel of a protected, minimised or forbidden surface is brighter."""


@dataclass(frozen=True, slots=True)
class Surface:
    spec: SourceSpec
    title: str
    """As its program named it: plain text of any length; "" for a screen."""
    width: int = 0
    """Pixels; 0 where it is not known."""
    height: int = 0


class _Post(QObject):
    """Carries what was seen into Qt's main thread. There is one for ever: a look may end after its picker is gone."""

    glimpsed = Signal(object, QImage)
    """The look, and its picture."""

    @staticmethod
    @functools.cache
    def of_all() -> _Post:
        return _Post()


class Surfaces(QObject):
    """The desktop through Qt."""

    def __init__(self, width: int, height: int, parent: QObject | None = None) -> None:
        """The pictures fit into ``width`` × ``height``. With ``parent`` it lives until it is closed."""
        super().__init__(parent)
        self._box = width, height
        self._tell: Callable[[SourceSpec, QImage], None] | None = None
        self._turn = -1
        self._capture: QScreenCapture | QWindowCapture | None = None
        self._session: QMediaCaptureSession | None = None
        self._sink: QVideoSink | None = None
        self._look: _Look | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)
        _Post.of_all().glimpsed.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @property
    def asks_itself(self) -> bool:
        """The desktop asks which screen it may be; nothing can be listed or looked at before."""
        return qt_screen.asks_itself()

    def listed(self) -> tuple[Surface, ...]:
        """Screens first; windows that can be captured now, but our own."""
        screens = [
            Surface(SourceSpec(SourceKind.SCREEN, str(index)), "", *_pixels(one.size().toTuple(), one))
            for index, one in enumerate(QGuiApplication.screens())
        ]
        if self.asks_itself or not qt_screen.is_usable():
            return tuple(screens[:1])
        ours = {window.title() for window in QGuiApplication.topLevelWindows() if window.title()}
        found = [Surface(spec, title) for spec, title in qt_screen.windows.listed() if title and title not in ours]
        return (*screens, *found)

    def watch(self, glimpsed: Callable[[SourceSpec, QImage], None]) -> None:
        """Tell ``glimpsed`` a picture of each surface, again and again. A null picture: there is nothing to be
        seen."""
        self._tell = glimpsed
        if qt_screen.is_usable() and not self.asks_itself:
            self._next()

    def close(self) -> None:
        self._tell = None
        self._timer.stop()
        self._stop()
        if self.parent() is not None:
            self.deleteLater()

    def _next(self) -> None:
        """Look at the one whose turn it is; the last one had its time."""
        self._stop()
        surfaces = self.listed()
        if self._tell is None or not surfaces:
            return
        self._turn = (self._turn + 1) % len(surfaces)
        spec = surfaces[self._turn].spec
        try:
            capture = qt_screen.make_capture(spec, self)
        except DeviceError:
            self._timer.start(PAUSE_MS)  # it went since it was listed
            return
        self._capture = capture
        self._session, self._sink = QMediaCaptureSession(self), QVideoSink(self)
        capture.setMaximumFrameRate(GLIMPSE_FPS)
        qt_screen.attach(self._session, capture)
        self._session.setVideoSink(self._sink)
        look = self._look = _Look(spec, self._box)
        capture.errorOccurred.connect(partial(_Look.fail, look))
        self._sink.videoFrameChanged.connect(partial(_Look.take, look), Qt.ConnectionType.DirectConnection)
        self._timer.start(GIVE_UP_MS)
        capture.start()

    def _stop(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.stop()
            for one in (capture, self._session, self._sink):
                if one is not None:
                    one.deleteLater()
        self._session = self._sink = self._look = None

    def _show(self, look: object, image: QImage) -> None:
        if self._tell is not None and isinstance(look, _Look) and look is self._look:
            self._stop()
            self._timer.start(PAUSE_MS)
            self._tell(look.spec, image)


class _Look:
    """Takes one picture, in whichever thread Qt brings it.

    Connect functions of it, not its methods (``qt_screen``): its end may come in a thread of Qt's pool.
    """

    def __init__(self, spec: SourceSpec, box: tuple[int, int]) -> None:
        self.spec = spec
        self._box = box
        self._post = _Post.of_all()
        self._done = False

    def fail(self, *_: object) -> None:
        """There is nothing to be seen."""
        self._post.glimpsed.emit(self, QImage())

    def take(self, frame: QVideoFrame) -> None:
        if self._done or not frame.isValid():
            return
        self._done = True
        QThreadPool.globalInstance().start(lambda: self._scale(frame))

    def _scale(self, frame: QVideoFrame) -> None:
        image = frame.toImage()
        if not image.isNull():
            aspect, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(*self._box, aspect, smooth).convertToFormat(QImage.Format.Format_RGB32)
        self._post.glimpsed.emit(self, QImage() if is_dark(image) else image)


def is_dark(image: QImage) -> bool:
    """Nothing can be seen on it: what a system gives instead of what it does not want to give."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return max(bytes(grey.constBits()), default=0) <= DARK


def _pixels(size: object, screen: object) -> tuple[int, int]:
    ratio = getattr(screen, "devicePixelRatio", lambda: 1.0)()
    width, height = size if isinstance(size, tuple) else (0, 0)
    return round(width * ratio), round(height * ratio)
