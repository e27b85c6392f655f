"""The sound of a call in figures: ``./dev run bench audio --json -``, or some of them with ``--only echo,drift``.

Prints one JSON object; what was not asked for is null. Echo and drift are simulated, faster than real time and
alike on every machine; ``mouthToEarMs`` and the ratios to Chromium (``mouthToEarRatio``, ``speechScoreRatio``) are
taken between real processes with virtual sound cards, loss between real sockets with a relay between them, lips and
words between real sockets, in real time; ``cores3Peers`` is CPU time on this machine. Details, and stock aiortc's
share beside ours, go to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import _lips, _lossy_path, _real_path, _sound_path

PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "echo": _sound_path.echo,
    "loss": _lossy_path.measure,
    "real-path": _real_path.measure,
    "lips": _lips.measure,
    "drift": _sound_path.drift,
    "cores": _sound_path.cores,
}
NOTHING: dict[str, Any] = {
    "erleDb": None,
    "erleAfterJumpDb": None,
    "mouthToEarMs": None,
    "mouthToEarRatio": None,
    "speechScoreRatio": None,
    "lossPlayed": {"5": None, "10": None, "20": None},
    "bufferP95Ms": None,
    "lipSyncMs": {"held": None, "atOnce": None},
    "driftMs": None,
    "cores3Peers": None,
}


def parts(text: str) -> list[str]:
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [part for part in wanted if part not in PARTS]
    if unknown or not wanted:
        raise argparse.ArgumentTypeError(f"one or more of {', '.join(PARTS)}, separated by commas")
    return wanted


def figures(wanted: list[str]) -> dict[str, Any]:
    found = dict(NOTHING)
    for part in wanted:
        print(f"bench audio: {part} …", file=sys.stderr, flush=True)  # noqa: T201
        found.update(PARTS[part]())
    return found


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench audio", description="The sound of a call in figures.")
    parser.add_argument("--only", type=parts, default=list(PARTS), metavar="PARTS", help=", ".join(PARTS))
    parser.add_argument("--json", default="-", metavar="FILE", help="write the figures there; - for standard output")
    arguments = parser.parse_args(argv)
    text = json.dumps(figures(arguments.only))
    if arguments.json == "-":
        print(text, flush=True)  # noqa: T201
    else:
        Path(arguments.json).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
