"""What the interface costs: ``./dev run bench ui --json -``.

Prints the processor time for each painted frame with 1, 4 and 9 tiles, ours and two naive ways (``bench/_tiles.py``
says which; all in one run, by turns); the longest time that the main thread does not answer while a room is busy
(``bench/_block.py``); and the time from the start of the process to the first paint (median, warm). On Linux every
window is shown by an X server of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import _xvfb

ROOT = Path(__file__).resolve().parent.parent
TILES = (1, 4, 9)
WAYS = ("ours", "naive", "naive-fast")
FIRST_PAINTS = 5
LONGEST_S = 120
UNTIL_PAINTED = """
import os
from app.ui.opening import OpeningWindow
first = OpeningWindow.__init__
def painted():
    os.write(1, b"painted")
    os._exit(0)
def init(window, tokens):
    first(window, tokens)
    window.painted.connect(painted)
OpeningWindow.__init__ = init
from app.main import main
main([])
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev run bench ui", description=__doc__)
    parser.add_argument("--json", default="-", metavar="FILE", help='where the figures go; "-" is standard output')
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each number of tiles is measured")
    parser.add_argument("--runs", type=int, default=3, help="how often; medians are printed")
    arguments = parser.parse_args()
    figures = asyncio.run(_measured(arguments.seconds, arguments.runs))
    text = json.dumps(figures, indent=1) + "\n"
    if arguments.json == "-":
        sys.stdout.write(text)
    else:
        Path(arguments.json).write_text(text, encoding="utf-8")
    return 0


async def _measured(seconds: float, runs: int) -> dict[str, Any]:
    if not sys.platform.startswith("linux"):
        return _figures({}, seconds, runs)
    async with _xvfb.screen() as screen:
        return await asyncio.to_thread(_figures, {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}, seconds, runs)


def _figures(place: Mapping[str, str], seconds: float, runs: int) -> dict[str, Any]:
    costs: dict[str, dict[str, list[float]]] = {way: {str(count): [] for count in TILES} for way in WAYS}
    for run in range(runs):
        for count in TILES:
            for way in WAYS if run % 2 == 0 else reversed(WAYS):
                answer = _ask(place, "bench._tiles", way, str(count), str(seconds))
                costs[way][str(count)].append(answer["cpuMsPerFrame"])
    blocks = [_ask(place, "bench._block") for _ in range(runs)]
    return {
        "cpuMsPerFrame": _medians(costs["ours"]),
        "naiveCpuMsPerFrame": _medians(costs["naive"]),
        "naiveFastCpuMsPerFrame": _medians(costs["naive-fast"]),
        "longestBlockMs": round(statistics.median(one["longestBlockMs"] for one in blocks), 1),
        "firstPaintMs": round(_first_paint(place), 1),
    }


def _medians(costs: Mapping[str, list[float]]) -> dict[str, float]:
    return {count: round(statistics.median(found), 3) for count, found in costs.items()}


def _first_paint(place: Mapping[str, str]) -> float:
    """Median of several starts, after one that nobody counts."""
    found: list[float] = []
    for _ in range(FIRST_PAINTS + 1):
        begun = time.perf_counter()
        command = [sys.executable, "-P", "-c", UNTIL_PAINTED]
        with subprocess.Popen(command, env=_environment(place), stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            said = process.stdout.read(len("painted"))
            found.append((time.perf_counter() - begun) * 1000)
        if said != b"painted":
            raise RuntimeError("the first window was not painted")
    return statistics.median(found[1:])


def _ask(place: Mapping[str, str], module: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-P", "-m", module, *arguments]
    done = subprocess.run(command, env=_environment(place), stdout=subprocess.PIPE, timeout=LONGEST_S, check=True)
    return json.loads(done.stdout)


def _environment(place: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "QT_LOGGING_RULES": "qt.multimedia*=false", **place}


if __name__ == "__main__":
    sys.exit(main())
