"""Two short notes on the speaker of one's choice, by the way that the others' voices take: "Did you hear it?" """

from __future__ import annotations

import asyncio

import numpy as np
import numpy.typing as npt

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media.audio.speaker import Speaker
from app.media.capture.shaping import RATE

Stereo = npt.NDArray[np.int16]
"""(samples, 2) at 48 kHz."""

NOTES = ((659.26, 0.0), (987.77, 0.16))
"""Hertz and when each begins, in seconds: E5 and B5."""
LENGTH_S = 1.0
FALL_S = 0.22
"""In so long a note falls to 1/e."""
RISE_S = 0.008
LOUDNESS = 0.22
"""Of full scale, for each note and its octave together."""
TAIL_S = 0.3
"""What a device may still hold when the last sample was taken."""
PATIENCE_S = 4.0


def chime() -> Stereo:
    """The sound: ``LENGTH_S`` of stereo at 48 kHz."""
    at = np.arange(round(LENGTH_S * RATE)) / RATE
    sound = np.zeros(len(at))
    for frequency, begin in NOTES:
        since = at - begin
        shape = np.where(since > 0, np.minimum(since / RISE_S, 1) * np.exp(-since / FALL_S), 0)
        turn = 2 * np.pi * frequency * since
        sound += LOUDNESS * shape * (0.8 * np.sin(turn) + 0.2 * np.sin(2 * turn))
    mono: npt.NDArray[np.int16] = np.rint(np.clip(sound, -1, 1) * 32767).astype(np.int16)
    return np.stack((mono, mono), axis=1)


async def play_chime(speaker: Speaker) -> None:
    """Play it once; returns when it has been heard and the device is released.

    Raises:
        DeviceError: the speaker takes no sound.
    """
    sound = chime()
    loop = asyncio.get_running_loop()
    played = asyncio.Event()
    taken = 0

    def pull(samples: int) -> Stereo:
        nonlocal taken
        part = sound[taken : taken + samples]
        before, taken = taken, taken + samples
        end = len(sound) + TAIL_S * RATE
        if before < end <= taken:
            loop.call_soon_threadsafe(played.set)
        return np.concatenate((part, np.zeros((samples - len(part), 2), np.int16)))

    speaker.start(pull)
    try:
        async with asyncio.timeout(PATIENCE_S):
            await played.wait()
    except TimeoutError as error:
        raise DeviceError(DeviceKind.SPEAKER, DeviceProblem.SILENT, "it takes no sound") from error
    finally:
        await asyncio.to_thread(speaker.stop)
