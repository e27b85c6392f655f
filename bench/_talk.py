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
PEAK = 12_000


def talk(seconds: float, voice: int = 0) -> Mono:
    """``seconds`` of voice number ``voice``."""
    program = shutil.which("espeak-ng")
    if program is None:
        return speech(seconds, seed=voice + 1, pitch=110 + 40 * voice)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        words = " ".join(SENTENCES[(voice + index) % len(SENTENCES)] for index in range(3))
        subprocess.run([program, "-v", "en-us", "-p", str(35 + 15 * voice), "-w", str(path), words], check=True)
        said = _read(path)
    loud = (said * (PEAK / np.abs(said.astype(int)).max())).astype(np.int16)
    count = round(seconds * RATE)
    return np.tile(loud, -(-count // len(loud)))[:count]


def _read(path: Path) -> Mono:
    chunker = Chunker()
    with av.open(str(path)) as container:
        parts = [part for frame in container.decode(audio=0) for part in chunker.cut(frame)]
    return np.concatenate(parts)
