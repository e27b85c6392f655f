"""The sound that the benchmarks say: a spoken sentence where espeak-ng is installed, else a speech-like signal."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import av
import numpy as np

from app.media.audio.sound import RATE, Mono
from app.media.capture.shaping import Chunker
from tests.media.audio.signals import speech

SENTENCES = (
    "The quick brown fox jumps over the lazy dog. She sells sea shells by the sea shore.",
    "Every evening we meet to study for the exam together, question by question, until it is late.",
    "What if an eigenvalue repeats? Then count its eigenvectors, and write them down one below the other.",
)
HARVARD = (
    "The birch canoe slid on the smooth planks.",
    "Glue the sheet to the dark blue background.",
    "It is easy to tell the depth of a well.",
    "These days a chicken leg is a rare dish.",
    "Rice is often served in round bowls.",
    "The juice of lemons makes fine punch.",
    "The box was thrown beside the parked truck.",
    "The hogs were fed chopped corn and garbage.",
    "Four hours of steady work faced us.",
    "A large size in stockings is hard to sell.",
)
"""List 1 of the IEEE's sentences for measuring speech (1969)."""
PEAK = 12_000


def talk(seconds: float, voice: int = 0) -> Mono:
    """``seconds`` of voice number ``voice``."""
    if shutil.which("espeak-ng") is None:
        return speech(seconds, seed=voice + 1, pitch=110 + 40 * voice)
    loud = _said(" ".join(SENTENCES[(voice + index) % len(SENTENCES)] for index in range(3)), voice)
    count = round(seconds * RATE)
    return np.tile(loud, -(-count // len(loud)))[:count]


def sentences() -> list[Mono]:
    """Ten of them, of two to three seconds, in turn by two voices."""
    if shutil.which("espeak-ng") is None:
        return [speech(2.5, seed=number + 1, pitch=110 + 40 * (number % 2)) for number in range(len(HARVARD))]
    return [_said(words, number % 2) for number, words in enumerate(HARVARD)]


def _said(words: str, voice: int) -> Mono:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-p", str(35 + 15 * voice), "-w", str(path), words], check=True)
        said = _read(path)
    return (said * (PEAK / np.abs(said.astype(int)).max())).astype(np.int16)


def _read(path: Path) -> Mono:
    chunker = Chunker()
    with av.open(str(path)) as container:
        parts = [part for frame in container.decode(audio=0) for part in chunker.cut(frame)]
    return np.concatenate(parts)
