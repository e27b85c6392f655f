"""A loudspeaker and a microphone in one simulated room."""

from __future__ import annotations

import numpy as np

from app.media.audio.processing import PIECE, processor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import MS, RATE, Mono
from app.media.audio.voice import Voice
from tests.media.audio.signals import Wave

DECAY_S = 0.08


def room(seed: int = 5) -> Wave:
    """Its impulse response: the direct sound, and reflections that die away; the echo is 12 dB below what is played."""
    random = np.random.default_rng(seed)
    count = round(2 * DECAY_S * RATE)
    response = random.standard_normal(count) * np.exp(-np.arange(count) / (DECAY_S / 3 * RATE)) * 0.15
    response[0] = 1.0
    return response * 0.25 / np.sqrt(np.sum(response**2))


def echo_of(played: Mono, delay_s: float) -> Wave:
    """What of ``played`` arrives at the microphone after ``delay_s``."""
    response = room()
    size = 1 << (len(played) + len(response)).bit_length()
    reverberant = np.fft.irfft(np.fft.rfft(played.astype(float), size) * np.fft.rfft(response, size), size)
    delay = round(delay_s * RATE)
    return np.concatenate((np.zeros(delay), reverberant))[: len(played)]


def at_the_microphone(settings: SoundSettings, played: Mono, captured: Wave, delay_s: float) -> Mono:
    """What is sent of ``captured`` while ``played`` is played, both on one clock."""
    found = processor(settings)
    assert found is not None or not settings.takes_anything_out, "livekit is not installed"
    voice = Voice(lambda: None, lambda dead: None)
    voice.use(found, evens=settings.gain_control)
    voice.speaker_delay = lambda: delay_s
    left: list[Mono] = []
    heard = np.repeat(played[:, None], 2, axis=1)
    microphone = np.clip(np.rint(captured), -32768, 32767).astype(np.int16)
    for begin in range(0, len(played) - 2 * PIECE + 1, 2 * PIECE):
        end = begin + 2 * PIECE
        voice.heard(heard[begin:end])
        left.append(voice.sent(microphone[begin:end], end / RATE, end / RATE, muted=False))
    return np.concatenate(left)


def power_db(sound: Wave | Mono, begin_s: float, end_s: float) -> float:
    part = sound[round(begin_s * 1000) * MS : round(end_s * 1000) * MS].astype(float)
    return float(10 * np.log10(np.mean(part**2) + 1e-3))
