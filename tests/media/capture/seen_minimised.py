"""Run with a desktop (QT_QPA_PLATFORM=xcb): captures a window that is minimised, shown again in another colour, and
closed, and prints what came of it as JSON."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import sys
import threading
import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import DeviceError
from app.media.capture import qt_screen, screen
from app.media.sources import SourceSpec, VideoFormat

LONGEST_S = 60.0
DARK, LIGHT = 100, 200


class Watched:
    """What is captured, in a thread of its own."""

    def __init__(self, spec: SourceSpec) -> None:
        self.luma = -1
        """Of the newest picture."""
        self.count = 0
        self.problem = ""
        self._spec = spec
        self._stopping = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        items = screen.pictures(self._spec, VideoFormat(640, 480, 15))(self._stopping)
        try:
            for item in items:
                plane = bytes(item.content.planes[0])  # type: ignore[union-attr]
                self.luma, self.count = plane[len(plane) // 2 + 20], self.count + 1
        except DeviceError as error:
            self.problem = str(error.problem)
        finally:
            items.close()


def list_as_a_window_manager_does(window: int) -> None:
    """Without one, nobody tells which windows there are."""
    x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    name = ctypes.c_ulong(x11.XInternAtom(display, b"_NET_CLIENT_LIST", 0))
    windows = (ctypes.c_ulong * 1)(window)
    kind_window, replace = ctypes.c_ulong(33), 0
    x11.XChangeProperty(display, root, name, kind_window, 32, replace, ctypes.byref(windows), 1)
    x11.XSync(display, 0)


def main() -> None:
    app = QApplication(sys.argv[:1])
    paper = QWidget(None, Qt.WindowType.FramelessWindowHint)
    paper.setWindowTitle("A sheet of paper")
    paper.setStyleSheet("background: black")
    paper.setGeometry(40, 40, 400, 300)
    paper.show()
    list_as_a_window_manager_does(int(paper.winId()))
    [(spec, _)] = qt_screen.windows.listed()
    watched = Watched(spec)
    told: dict[str, object] = {}
    ends = time.monotonic() + LONGEST_S
    steps = iter(("minimise", "show", "close", "end"))
    step = next(steps)
    before = 0

    def look() -> None:
        nonlocal step, before
        if time.monotonic() > ends:
            app.exit(1)
        elif step == "minimise" and 0 <= watched.luma < DARK:
            paper.hide()
            before, step = watched.count, next(steps)
        elif step == "show" and (watched.count > before + 15 or watched.problem):
            told["minimised"] = watched.problem
            paper.setStyleSheet("background: white")
            paper.show()
            step = next(steps)
        elif step == "close" and (watched.luma > LIGHT or watched.problem):
            told["shown"] = watched.problem
            paper.destroy()
            step = next(steps)
        elif step == "end" and watched.problem:
            told["closed"] = watched.problem
            app.quit()

    clock = QTimer(interval=20)
    clock.timeout.connect(look)
    clock.start()
    app.exec()
    print(json.dumps(told))  # noqa: T201


main()
