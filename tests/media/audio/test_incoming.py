"""What is heard just now, as time stamps: the place in the sound that lips are put together with."""

from __future__ import annotations

import time

import numpy as np
import pytest
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtp import RtpPacket

from app.media.audio.incoming import AudioIn
from app.media.audio.opus import OpusDecoder
from app.media.audio.playout import Playout
from app.media.audio.sound import FRAME, MS, RATE, Mono
from tests.media.audio.signals import tone
from tests.media.audio.traces import FIRST_TIMESTAMP, Way, arrivals, encoded, libopus

LOUD = 3000
OPUS = RTCRtpCodecParameters("audio/opus", RATE, 2, payloadType=96)
PCMU = RTCRtpCodecParameters("audio/PCMU", 8_000, 1, payloadType=0)


def beeps(seconds: int) -> Mono:
    """A tone for the second half of each second."""
    sound = tone(seconds, 1000)
    return np.where(np.arange(len(sound)) % RATE < RATE // 2, 0, sound).astype(np.int16)


@pytest.mark.parametrize("pull", [480, 960, 1024])
@pytest.mark.parametrize("way", [Way(), Way(jitter_s=0.015), Way(loss=0.05, jitter_s=0.015)])
def test_the_place_in_the_sound_that_is_handed_out_is_known(pull: int, way: Way) -> None:
    """Where a tone begins in what is heard, it began in what was sent; time stamps wrap around meanwhile."""
    playout = Playout(lambda sound, now: None)
    playout.decoder = OpusDecoder(libopus())
    coming = arrivals(encoded(beeps(10)), way)
    off: list[float] = []
    was_loud = -RATE
    for turn in range(10 * RATE // pull):
        now = turn * pull / RATE
        while coming and coming[0][0] <= now:
            at, one = coming.pop(0)
            playout.insert(one, at)
        sound = playout.take(pull, now)
        if sound is None or not (np.abs(sound[:, 0]) > LOUD).any():
            continue
        begins = turn * pull - was_loud > RATE // 4
        was_loud = turn * pull
        if begins and playout.cue is not None and playout.cue[1] == now:
            begun = playout.cue[0] + int(np.argmax(np.abs(sound[:, 0]) > LOUD)) - FIRST_TIMESTAMP
            off.append((begun % RATE - RATE // 2) / MS)
    assert len(off) >= 5
    assert abs(np.median(off)) < 10, "Opus looks 6.5 ms ahead"


def packet(codec: RTCRtpCodecParameters, number: int, samples: int, payload: bytes) -> RtpPacket:
    found = RtpPacket(payload_type=codec.payloadType or 0, sequence_number=number, timestamp=7000 + number * samples)
    found.payload = payload
    return found


def fed(codec: RTCRtpCodecParameters, samples: int, payloads: list[bytes]) -> AudioIn:
    """Everything came, and about half of it was played, in no time."""
    voice = AudioIn()
    now = time.monotonic()
    for number, payload in enumerate(payloads):
        voice.packet(packet(codec, number, samples, payload), codec, now)
    for _ in range(len(payloads) // 2):
        voice.take(FRAME)
    return voice


@pytest.mark.parametrize(
    ("codec", "samples", "payload"),
    [(OPUS, FRAME, encoded(tone(0.04))[-1]), (PCMU, 160, bytes([0x10, 0x90] * 80))],
    ids=["opus", "pcmu"],
)
def test_what_is_heard_is_told_in_the_senders_own_time_stamps(
    codec: RTCRtpCodecParameters, samples: int, payload: bytes
) -> None:
    begun = time.monotonic()
    voice = fed(codec, samples, [payload] * 60)
    heard = voice.heard(0.05)
    assert heard is not None
    assert heard.rate == codec.clockRate
    assert begun <= heard.at - 0.05 <= time.monotonic(), "when it was fetched, and as long as the speaker takes"
    assert 7000 <= heard.timestamp < 7000 + 60 * samples


def test_silence_has_no_place() -> None:
    assert AudioIn().heard(0.0) is None
    quiet = fed(OPUS, FRAME, encoded(np.zeros(RATE, np.int16)))
    assert quiet.playout.cue is not None, "it is played all the same"
    assert quiet.heard(0.0) is None


def test_who_is_turned_off_has_none() -> None:
    voice = fed(OPUS, FRAME, [encoded(tone(0.04))[-1]] * 60)
    assert voice.heard(0.0) is not None
    voice.volume = 0.0
    assert voice.heard(0.0) is None
