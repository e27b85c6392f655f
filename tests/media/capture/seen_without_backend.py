"""Run with a desktop (QT_QPA_PLATFORM=xcb): captures its screen where Qt has no backend, and prints what came of it as
JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, Signal
from PySide6.QtWidgets import QApplication

from app import selftest
from app.errors import DeviceError
from app.media.capture import screen
from app.media.sources import SourceSpec, VideoFormat


class Ended(QObject):
    told = Signal(str)


def capture(ended: Ended) -> None:
    """In a thread of its own, as a capture thread does it."""
    try:
        for _ in screen.pictures(SourceSpec.parse("screen:0"), VideoFormat(640, 480, 15))(threading.Event()):
            pass
    except DeviceError as error:
        ended.told.emit(str(error.problem))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
        (Path(folder) / "platforms").symlink_to(plugins / "platforms")
        QCoreApplication.setLibraryPaths([folder])
        app = QApplication(sys.argv[:1])
        told: list[str] = []
        ended = Ended()
        ended.told.connect(told.append)
        ended.told.connect(app.quit)
        threading.Thread(target=capture, args=(ended,), daemon=True).start()
        app.exec()
        try:
            selftest.capturing()
        except DeviceError as error:
            told.append(str(error.problem))
    print(json.dumps(told))  # noqa: T201


main()
