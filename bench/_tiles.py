"""What one painted frame costs: a process of its own with one, four or nine tiles, ours or a naive way.

All ways get the same decoded frames (720p, yuv420p) from the same threads at the same times, in tiles of the same
places, and the processor time of the whole process is counted: scaling, colours, painting, and what Qt hands to its own
threads; decoding is in none.

The *naive* way is a QLabel that shows a QPixmap of an RGB array and fits it by its own means, ``setScaledContents``.
Qt then scales smoothly (``QLabel::paintEvent`` asks for ``Qt::SmoothTransformation``: a checkerboard of black and white
comes out grey), as ours does. *naive-fast* is for comparison: ``QPixmap.scaled`` without a word about quality takes the
nearest pixel, which is cheap and looks it. Both naive ways stretch or hang over where ours cuts, which makes them no
dearer.

    python -m bench._tiles ours 4 5.0      prints {"cpuMsPerFrame": …, "frames": …}
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from av import VideoFrame
from PySide6.QtCore import QEventLoop, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.media.slot import FrameSlot
from app.media.video.scale import TileScaler
from app.ui.room import grid
from app.ui.room.face import Face, Show
from app.ui.room.tile import VideoTile
from bench._film import FPS, Player, decoded

WINDOW = (1080, 776)
"""The stage of a room's window of 1440x900 with the side panel open."""
SETTLE_S = 1.0


class Tile(Protocol):
    @property
    def painted(self) -> int: ...

    def show_frame(self, frame: VideoFrame) -> None:
        """Called in a decoder's thread."""
        ...


class OurTile:
    """The app's own tile, fed as the app feeds it."""

    def __init__(self, number: int, place: QRect, parent: QWidget) -> None:
        self._slot = FrameSlot()
        self._scaler = TileScaler()
        name = f"Person {number}"
        self.widget = VideoTile(Face(str(number), str(number), name, name, Show.PICTURE), self._slot, parent)
        self.widget.setGeometry(place)

    @property
    def painted(self) -> int:
        return self.widget.frames_painted

    def show_frame(self, frame: VideoFrame) -> None:
        look = self._slot.look
        if look is not None:
            self._slot.put(self._scaler.picture(frame, look))


class _Bell(QObject):
    rang = Signal()


class NaiveTile(QLabel):
    """What tutorials do: an RGB array of the newest frame, a QPixmap of it, and the label fits it."""

    fits_by_itself = True

    def __init__(self, number: int, place: QRect, parent: QWidget) -> None:
        super().__init__(parent)
        self.setGeometry(place)
        self.setScaledContents(self.fits_by_itself)
        self.painted = 0
        self._frame: VideoFrame | None = None
        self._is_new = False
        self._bell = _Bell()
        self._bell.rang.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def show_frame(self, frame: VideoFrame) -> None:
        self._frame = frame
        self._bell.rang.emit()

    def _take(self) -> None:
        frame, self._frame = self._frame, None
        if frame is None:
            return  # an earlier ring has brought it already
        array = frame.to_ndarray(format="rgb24")
        image = QImage(array.data, frame.width, frame.height, 3 * frame.width, QImage.Format.Format_RGB888)
        self.setPixmap(self.fitted(QPixmap.fromImage(image)))
        self._is_new = True

    def fitted(self, picture: QPixmap) -> QPixmap:
        return picture

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        super().paintEvent(arg__1)
        self.painted += self._is_new
        self._is_new = False


class NaiveFastTile(NaiveTile):
    """As the naive one, fitted to the label before, by the nearest pixel."""

    fits_by_itself = False

    def fitted(self, picture: QPixmap) -> QPixmap:
        return picture.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)


WAYS: dict[str, Callable[[int, QRect, QWidget], Tile]] = {
    "ours": OurTile,
    "naive": NaiveTile,
    "naive-fast": NaiveFastTile,
}


def measure(way: str, count: int, seconds: float) -> dict[str, float]:
    """Processor milliseconds for each painted frame, and how many were."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    frames = decoded()
    window = QWidget()
    window.resize(*WINDOW)
    window.setStyleSheet("background: #14171C")
    places = [QRect(*cell) for cell in grid.cells(count, *WINDOW)]
    tiles = [WAYS[way](number, place, window) for number, place in enumerate(places)]
    window.show()
    players = [Player(frames, tile.show_frame, offset=number / FPS / count) for number, tile in enumerate(tiles)]
    for player in players:
        player.start()
    _turn(SETTLE_S)
    before, used = sum(tile.painted for tile in tiles), time.process_time()
    _turn(seconds)
    painted, spent = sum(tile.painted for tile in tiles) - before, time.process_time() - used
    for player in players:
        player.stop()
    window.close()
    app.processEvents()
    return {"cpuMsPerFrame": spent * 1000 / max(1, painted), "frames": painted}


def _turn(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def main(argv: Sequence[str]) -> int:
    way, count, seconds = argv
    print(json.dumps(measure(way, int(count), float(seconds))))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
