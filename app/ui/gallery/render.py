"""``deskmates screens --out DIR``: a picture of every screen, in every look and size, from the real widgets.

Runs without a screen (``QT_QPA_PLATFORM=offscreen``). Pictures are named SCREEN[-WAY]-LOOK-WIDTHxHEIGHT.png, and
``index.html`` shows them all. The work is shared out among processes of its own: Qt paints in one thread, and takes its
scale once, when it starts.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from app.paths import resources
from app.ui.gallery import devices, entrance, pages, room_parts, rooms
from app.ui.gallery.index import write_index
from app.ui.gallery.screens import SCREENS, Screen
from app.ui.gallery.shots import SCALED, WAYS, Shot, shots, take_all

PLACES = (entrance, pages, devices, rooms, room_parts)
"""The modules that hold screens: importing them is what puts their screens on the list."""
_PLAIN = tuple(way for way in WAYS if way != SCALED)
_FAILED = "!"
"""Begins the line of a worker that names a screen which failed."""
_INTERRUPTED = 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the pictures go")
    parser.add_argument("--only", default="", metavar="PART", help="only screens whose names have this in them")
    parser.add_argument("--share", nargs=3, metavar=("WAYS", "N", "OF"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)


def main(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = [one for one in SCREENS.values() if arguments.only in one.name]
    if not wanted:
        sys.stderr.write(f"no screen is called {arguments.only!r}\n")
        return 2
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.share:
        return _work(wanted, arguments)
    begun = time.monotonic()
    expected = [name for shot in shots(wanted, tuple(WAYS)) for name in shot.names]
    with tempfile.TemporaryDirectory() as folder:
        crew = _Crew(arguments, Path(folder), len(expected))
        try:
            failed = crew.run()
        except KeyboardInterrupt:
            crew.end()
            sys.stderr.write("\ninterrupted\n")
            return _INTERRUPTED
    write_index(arguments.out, wanted)
    missing = [name for name in expected if not (arguments.out / f"{name}.png").is_file()]
    print(f"{len(expected) - len(missing)} pictures in {arguments.out} after {time.monotonic() - begun:.0f} s")  # noqa: T201
    if failed or missing:
        names = ", ".join(sorted(set(failed)) or missing[:3])
        sys.stderr.write(f"not painted: {names}\n")
        return 1
    return 0


# ---- the processes -------------------------------------------------------------------------------------------------


class _Crew:
    """As many workers at once as there are processors, and what they say."""

    def __init__(self, arguments: argparse.Namespace, folder: Path, expected: int) -> None:
        self._arguments = arguments
        self._folder = folder
        self._expected = expected
        self._lock = threading.Lock()
        self._done = 0
        self._failed: list[str] = []
        self._workers: list[subprocess.Popen[str]] = []
        self._shown = -1

    def run(self) -> list[str]:
        """The screens that failed."""
        hands = max(2, min(4, os.cpu_count() or 2))
        waiting = [(ways, number, hands) for ways in ("plain", SCALED) for number in range(hands)]
        listeners: list[threading.Thread] = []
        while waiting or self._workers:
            self._workers = [one for one in self._workers if not self._is_over(one)]
            if waiting and len(self._workers) < hands:
                worker = self._start(*waiting.pop(0))
                self._workers.append(worker)
                assert worker.stdout is not None
                listener = threading.Thread(target=self._listen, args=(worker.stdout,), daemon=True)
                listener.start()
                listeners.append(listener)
            else:
                time.sleep(0.05)
        for listener in listeners:
            listener.join()
        return self._failed

    def end(self) -> None:
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.wait()

    def _is_over(self, worker: subprocess.Popen[str]) -> bool:
        code = worker.poll()
        if code not in (None, 0, 1):
            with self._lock:
                self._failed.append(f"a worker that ended with {code}")
        return code is not None

    def _start(self, ways: str, number: int, of: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-P", "-m", "app.main", "screens", "--share", ways, str(number), str(of)]
        command += ["--out", str(self._arguments.out), "--only", self._arguments.only]
        command += ["--folder", str(self._folder / f"{ways}-{number}")]
        env = {**os.environ, "PYTHONPATH": str(resources().parent)}
        if ways == SCALED:
            env["QT_SCALE_FACTOR"] = "2"
        return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)

    def _listen(self, said: IO[str]) -> None:
        with said:
            for line in said:
                with self._lock:
                    self._hear(line)

    def _hear(self, line: str) -> None:
        if line.startswith(_FAILED):
            self._failed.append(line[1:].strip())
        else:
            self._done += 1
            self._show()

    def _show(self) -> None:
        """How far it is: on a terminal in one line, else now and then."""
        tenths = 10 * self._done // max(1, self._expected)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{self._done} of {self._expected} pictures")
            sys.stderr.write("\n" if self._done == self._expected else "")
        elif tenths != self._shown:
            self._shown = tenths
            sys.stderr.write(f"{self._done} of {self._expected} pictures\n")
        sys.stderr.flush()


def _work(wanted: list[Screen], arguments: argparse.Namespace) -> int:
    """One worker's share."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # at once, also while Qt paints
    ways, number, of = arguments.share[0], int(arguments.share[1]), int(arguments.share[2])
    mine: list[Shot] = shots(wanted, (SCALED,) if ways == SCALED else _PLAIN)[number::of]
    mine.sort(key=lambda shot: list(WAYS).index(shot.way))
    failures = take_all(mine, arguments.out, arguments.folder, took=_say)
    for name, why in failures:
        sys.stderr.write(f"\n{name}: {why}\n")
        _say(f"{_FAILED} {name}")
    return 1 if failures else 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
