"""A spoken sentence from one person's microphone to the other's loudspeaker, through virtual sound cards: between two
``participant`` processes of ours, and in the same rig between two of Chromium's.

Each person has a sound card of their own (``tests/media/audio/cards.py``). Both the microphone's cable and the other's
loudspeaker are recorded; the delay lies between the two, so that whatever plays and records does not count. What either
side does to a voice of its own accord (echo, noise, loudness) it does here too.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Generator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.async_api import Playwright, async_playwright

from app.media.audio.sound import MS, RATE, Mono
from bench._chromium import running
from bench._place import Place, meeting_place
from bench._programs import ROOT
from bench._stoi import intelligibility
from bench._talk import sentences
from tests.browser.chromium import FLAGS
from tests.browser.classmate import Person
from tests.media.audio.cards import ALSA_NAME, CABLE, SPEAKER, Card, missing

NAMES = ("Speaks", "Hears")
PAUSE_S, TAIL_S = 0.8, 1.5
LOUD = 300.0
"""RMS of what is surely no noise."""
CONNECT_S = 60.0
LONGEST_S = 0.8
SLACK = RATE // 10
"""A player may stop for a moment."""
LEAVE_S = 15.0
REAL_DEVICES = ("--mute-audio", "--use-fake-device-for-media-stream")
"""What Chromium is not started with here."""


@dataclass(frozen=True)
class Heard:
    """Of each sentence."""

    delays_ms: list[float]
    scores: list[float]

    @property
    def delay_ms(self) -> float:
        return float(np.median(self.delays_ms))

    @property
    def score(self) -> float:
        return float(np.median(self.scores))


def measure() -> dict[str, Any]:
    """Delay in ms and how it and the score compare with Chromium's.

    Raises:
        SystemExit: there is no PulseAudio on this machine.
    """
    if lacking := missing():
        raise SystemExit(f"a sound card needs {', '.join(lacking)}")
    ours, theirs = asyncio.run(_both())
    for side, heard in (("ours", ours), ("chromium", theirs)):
        detail = {"side": side, "delaysMs": heard.delays_ms, "scores": [round(one, 3) for one in heard.scores]}
        print(f"bench audio: {json.dumps(detail)}", file=sys.stderr, flush=True)  # noqa: T201
    return {
        "mouthToEarMs": round(ours.delay_ms, 1),
        "mouthToEarRatio": round(ours.delay_ms / theirs.delay_ms, 3),
        "speechScoreRatio": round(ours.score / theirs.score, 3),
    }


async def _both() -> tuple[Heard, Heard]:
    async with meeting_place() as place, async_playwright() as playwright:
        said = sentences()
        return await ours(place, said), await chromium(place, playwright, said)


async def ours(place: Place, said: Sequence[Mono]) -> Heard:
    with _cards() as cards:
        async with _our_pair(place, [card.environment for card in cards]):
            return await asyncio.to_thread(_talk, *cards, said)


async def chromium(place: Place, playwright: Playwright, said: Sequence[Mono]) -> Heard:
    with _cards() as cards:
        async with _chromium_pair(place, playwright, [card.environment for card in cards]):
            return await asyncio.to_thread(_talk, *cards, said)


@contextmanager
def _cards() -> Generator[tuple[Card, Card]]:
    """The card of who speaks, and that of who hears."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="deskmates-card-"))) for _ in NAMES]
        speaks, hears = [stack.enter_context(Card(folder)) for folder in folders]
        yield speaks, hears


@asynccontextmanager
async def _our_pair(place: Place, cards: list[Mapping[str, str]]) -> AsyncGenerator[None]:
    session = await place.session()
    async with AsyncExitStack() as stack:
        for name, card in zip(NAMES, cards, strict=True):
            account = await place.account(name)
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "app.main", "participant", "--server", place.url, "--session", session),
                *(f"--email={account.email}", f"--password={account.password}"),  # "=": it may begin with "-"
                *("--microphone", f"device:{ALSA_NAME}", "--speaker", "default"),
                env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **card},
                stdin=subprocess.DEVNULL,
            )
            stack.push_async_callback(_leave, process)
        yield


async def _leave(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), LEAVE_S)
    except TimeoutError:
        process.kill()
        await process.wait()


@asynccontextmanager
async def _chromium_pair(place: Place, playwright: Playwright, cards: list[Mapping[str, str]]) -> AsyncGenerator[None]:
    session = await place.session()
    flags = [*(flag for flag in FLAGS if flag not in REAL_DEVICES), "--use-fake-ui-for-media-stream"]
    async with AsyncExitStack() as stack:
        for name, card in zip(NAMES, cards, strict=True):
            browser, _ = await stack.enter_async_context(running(playwright, flags, card))
            page = await browser.contexts[0].new_page()
            await page.goto(place.page)
            who = (await place.account(name)).signed_in
            me = Person(place.url, session, who.id, who.name, token=who.token, camera=False)
            await page.evaluate("me => desk.join(me)", me.to_wire())
        yield


def _talk(speaks: Card, hears: Card, said: Sequence[Mono]) -> Heard:
    """Speak until it is heard, then say all sentences."""
    pause = np.zeros(round(PAUSE_S * RATE), np.int16)
    places: list[int] = []
    parts: list[Mono] = []
    for sentence in said:
        places.append(sum(map(len, parts)) + len(pause))
        parts += [pause, sentence]
    with speaks.recorder(CABLE) as mouth, hears.recorder(SPEAKER) as ear:
        until, heard = time.monotonic() + CONNECT_S, False
        while not heard:
            if time.monotonic() > until:
                raise RuntimeError("what was spoken was never heard")
            since = time.monotonic()
            speaks.say(np.concatenate((pause, said[0]))).wait()
            heard = ear.heard(since, LOUD, 1.0)
        since = time.monotonic()
        speaks.say(np.concatenate(parts)).wait()
        ear.wait_until(time.monotonic() + TAIL_S)
        spoken, begun = mouth.sound, mouth.begun
        played, offset = ear.sound, round((begun - ear.begun) * RATE)
    start = round((since - begun) * RATE)
    start += place_of(parts[1], spoken[start:]) - places[0]
    begins = [found(sentence, spoken, start + place - SLACK) for sentence, place in zip(said, places, strict=True)]
    return judged(said, begins, played, offset)


def judged(said: Sequence[Mono], begins: Sequence[int], played: Mono, offset: int) -> Heard:
    """``begins``: where each of ``said`` begins in a recording that is ``offset`` samples ahead of ``played``."""
    delays: list[float] = []
    scores: list[float] = []
    for sentence, begin in zip(said, begins, strict=True):
        due = begin + offset
        place = found(sentence, played, due, round(LONGEST_S * RATE))
        arrived = played[place : place + len(sentence)]
        delays.append((place - due) / MS)
        scores.append(intelligibility(sentence, arrived))
    return Heard(delays, scores)


def found(sound: Mono, within: Mono, begin: int, span: int = 2 * SLACK) -> int:
    """Where ``sound`` is best found that starts at ``begin`` or up to ``span`` later."""
    return begin + place_of(sound, within[begin : begin + len(sound) + span])


def place_of(sound: Mono, within: Mono) -> int:
    """Where ``sound`` is best found."""
    size = 1 << (len(sound) + len(within)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(within, size) * np.conj(np.fft.rfft(sound, size)), size)
    return int(likeness[: max(1, len(within) - len(sound) + 1)].argmax())
