"""The film that every fake camera plays: the same frames for ours and for Chromium, as raw pictures and sound.

A Y4M file of numbered frames (``bench/_mark.py``) in the size and at the rate of the camera, and a WAV file of its
sound. Raw, so that neither side pays for decoding its own camera. Chromium's fake device and FFmpeg both read Y4M,
and both start over at its end.
"""

from __future__ import annotations

import wave
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from av import AudioResampler
from av.video.reformatter import Interpolation

from bench import _mark, _psnr

RATE = 48_000
HEADER = b"FRAME\n"


@dataclass(frozen=True, slots=True)
class Format:
    width: int
    height: int
    fps: int

    def __str__(self) -> str:
        return f"{self.height}p{self.fps}"

    @property
    def frame_bytes(self) -> int:
        return self.width * self.height * 3 // 2


HD = Format(1280, 720, 30)
MEDIUM = Format(640, 360, 15)
SMALL = Format(320, 180, 15)


@dataclass(frozen=True)
class Film:
    """``pictures`` (Y4M) and ``sound`` (WAV) on disk; ``count`` frames."""

    format: Format
    pictures: Path
    sound: Path
    count: int

    @classmethod
    def of(cls, described: dict[str, Any]) -> Film:
        """From what ``to_json`` wrote."""
        form, pictures, sound = Format(**described["format"]), Path(described["pictures"]), Path(described["sound"])
        return cls(form, pictures, sound, described["count"])

    def to_json(self) -> dict[str, Any]:
        files = {"pictures": str(self.pictures), "sound": str(self.sound)}
        return {"format": asdict(self.format), **files, "count": self.count}

    def frame(self, number: int) -> _psnr.Planes:
        """What the camera showed as frame ``number``."""
        size = self.format.frame_bytes
        with self.pictures.open("rb") as file:
            start = len(file.readline())
            file.seek(start + number * (len(HEADER) + size) + len(HEADER))
            flat = np.frombuffer(file.read(size), np.uint8)
        return _psnr.split(flat, self.format.width, self.format.height)


def make_film(source: Path, wanted: Format, folder: Path, longest_s: float = 12.0) -> Film:
    """Cut ``source`` (any film that FFmpeg reads) to the size and rate ``wanted``, at most ``longest_s`` of it.

    Raises:
        FFmpegError: it cannot be read.
        ValueError: it has no picture.
    """
    pictures, sound = folder / f"{wanted}.y4m", folder / f"{wanted}.wav"
    most = min(round(longest_s * wanted.fps), _mark.NUMBERS)
    count = write_pictures(pictures, wanted, _pictures(source, wanted, most))
    if not count:
        raise ValueError(f"{source.name} has no picture")
    _make_sound(source, sound, count / wanted.fps)
    return Film(wanted, pictures, sound, count)


def write_pictures(target: Path, wanted: Format, pictures: Iterable[npt.NDArray[np.uint8]]) -> int:
    """Number the pictures (I420 samples, one after the other) and write them as Y4M; how many they were."""
    count = 0
    with target.open("wb") as file:
        file.write(f"YUV4MPEG2 W{wanted.width} H{wanted.height} F{wanted.fps}:1 Ip A1:1 C420jpeg\n".encode())
        for flat in pictures:
            _mark.draw(_psnr.split(flat, wanted.width, wanted.height)[0], count)
            file.write(HEADER)
            file.write(flat.tobytes())
            count += 1
    return count


def _pictures(source: Path, wanted: Format, most: int) -> Iterator[npt.NDArray[np.uint8]]:
    """Frames at an even rate: each the first that is due or past."""
    sent = 0
    with av.open(str(source)) as container:
        if not container.streams.video:
            return
        for frame in container.decode(video=0):
            if sent >= most:
                return
            if (frame.time or 0.0) + 1e-3 < sent / wanted.fps:
                continue
            scaled = frame.reformat(wanted.width, wanted.height, "yuv420p", interpolation=Interpolation.AREA)
            sent += 1
            yield scaled.to_ndarray().astype(np.uint8).reshape(-1)


def _make_sound(source: Path, target: Path, seconds: float) -> None:
    """Mono at 48 kHz, exactly as long as the pictures; silence where the source has none."""
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    parts: list[npt.NDArray[np.int16]] = []
    with av.open(str(source)) as container:
        if container.streams.audio:
            for frame in container.decode(audio=0):
                parts += [one.to_ndarray().reshape(-1).astype(np.int16) for one in resampler.resample(frame)]
    samples = np.zeros(round(seconds * RATE), np.int16)
    heard = np.concatenate(parts)[: samples.size] if parts else samples[:0]
    samples[: heard.size] = heard
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
