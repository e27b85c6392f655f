"""Run with a desktop (QT_QPA_PLATFORM=xcb): paints it, captures it through Qt, and prints what came of it as JSON."""

from __future__ import annotations

import json
import sys
import threading
import time
from itertools import pairwise
from statistics import median
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import DeviceError
from app.media.capture import qt_screen, screen
from app.media.capture.surfaces import Surfaces
from app.media.sources import SourceSpec, VideoFormat

ENOUGH = 12
LONGEST_S = 20.0


def capture(spec: str, told: dict[str, Any]) -> None:
    """In a thread of its own, as a capture thread does it."""
    stopping = threading.Event()
    items = screen.pictures(SourceSpec.parse(spec), VideoFormat(640, 480, 15))(stopping)
    seen: list[tuple[float, int]] = []
    try:
        for item in items:
            picture = item.content
            luma = bytes(picture.planes[0])  # type: ignore[union-attr]
            seen.append((item.at, luma[len(luma) // 2 + 100]))
            told["size"] = (picture.width, picture.height)  # type: ignore[union-attr]
            if len(seen) >= ENOUGH or time.monotonic() - seen[0][0] > LONGEST_S:
                break
    except DeviceError as error:
        told["problem"] = str(error.problem)
    finally:
        items.close()
    told["luma"] = seen[-1][1] if seen else None
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(seen)]
    told["fps"] = 1 / median(gaps) if gaps else 0  # of most of them: a desktop that is just painted changes at first


def main() -> None:
    app = QApplication(sys.argv[:1])
    paper = QWidget(None, Qt.WindowType.FramelessWindowHint)
    paper.setStyleSheet("background: white")
    paper.setGeometry(app.primaryScreen().geometry())
    paper.show()
    told: dict[str, Any] = {"usable": qt_screen.is_usable()}
    surfaces = Surfaces(160, 90)
    told["surfaces"] = [str(one.spec) for one in surfaces.listed()]

    def glimpsed(spec: SourceSpec, image: QImage) -> None:
        if image.isNull():
            return  # before the paper is painted, all is black
        told["glimpse"] = (str(spec), image.width(), image.height(), image.pixelColor(80, 40).lightness())
        surfaces.close()
        working = threading.Thread(target=work, daemon=True)
        working.start()

    def work() -> None:
        for name in ("screen:0", "screen:7", "window:5"):
            told[name] = {}
            capture(name, told[name])
        QTimer.singleShot(0, app, app.quit)

    surfaces.watch(glimpsed)
    app.exec()
    print(json.dumps(told))  # noqa: T201


main()
