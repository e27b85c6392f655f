"""What the parts of ``bench.audio`` measure, but for those over real connections (``_real_path``, ``_lossy_path``).

Echo and drift run in simulated time: they do not depend on the machine. Their rigs are the tests'.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from aiortc.codecs import CODECS
from aiortc.rtp import RtpPacket

from app.media.audio.encoders import new_encoder
from app.media.audio.incoming import AudioIn
from app.media.audio.jitter import Packet
from app.media.audio.mixer import Mixer
from app.media.audio.opus import OpusDecoder
from app.media.audio.opus_packet import samples_of
from app.media.audio.playout import Playout
from app.media.audio.processing import processor
from app.media.audio.settings import SoundSettings
from app.media.audio.sound import FRAME, MS, RATE
from app.media.audio.voice import Voice
from app.rubbish import EVERY_S, Rubbish
from bench import _voices
from bench._talk import talk
from tests.media.audio.rooms import at_the_microphone, echo_of, power_db
from tests.media.audio.signals import frames
from tests.media.audio.traces import encoded, libopus

ECHO_S, JUMP_AT_S, JUMP_S, DELAY_S = 14.0, 8.0, 0.02, 0.06
HISS = 3.0
"""RMS of the microphone's own noise."""
DRIFT_PPM, DRIFT_S, SETTLED_S = 200, 1800.0, 60.0
CORES_S = 20.0
TIDY_EACH = round(EVERY_S * RATE / FRAME)
PEERS = 3


def echo() -> dict[str, Any]:
    """dB by which the echo is less, from 2 s on, and from 1 s after its delay has jumped by 20 ms."""
    played = talk(ECHO_S)
    hiss = np.random.default_rng(1).standard_normal(len(played)) * HISS
    still = echo_of(played, DELAY_S) + hiss
    moved = np.where(np.arange(len(played)) < JUMP_AT_S * RATE, still, echo_of(played, DELAY_S + JUMP_S) + hiss)
    figures: dict[str, Any] = {}
    for name, captured, begin in (("erleDb", still, 2.0), ("erleAfterJumpDb", moved, JUMP_AT_S + 1)):
        left = at_the_microphone(SoundSettings(), played, captured, DELAY_S)
        figures[name] = round(power_db(captured, begin, ECHO_S) - power_db(left, begin, ECHO_S), 1)
    return figures


def drift() -> dict[str, Any]:
    """How far the delay leaves its middle in 30 minutes with clocks 200 ppm apart, the worse of both directions."""
    said = encoded(talk(60.0))
    return {"driftMs": round(max(_drifted(said, ppm) for ppm in (-DRIFT_PPM, DRIFT_PPM)), 1)}


def _drifted(said: Sequence[bytes], ppm: int) -> float:
    playout = Playout(lambda sound, now: None)
    playout.decoder = OpusDecoder(libopus())
    rng = random.Random(ppm)
    delays: list[float] = []
    sent = 0
    for turn in itertools.count():
        now = 0.005 + turn * FRAME / RATE
        if now >= DRIFT_S:
            break
        while (at := sent * FRAME / RATE * (1 + ppm * 1e-6)) <= now:
            payload = said[sent % len(said)]
            packet = Packet(sent % 2**16, sent * FRAME % 2**32, payload, samples_of(payload))
            playout.insert(packet, at + rng.uniform(0, 0.002))
            sent += 1
        playout.take(FRAME, now)
        if now > SETTLED_S:
            delays.append(playout.buffer.delay / MS)
    middle = float(np.median(delays))
    return max(max(delays) - middle, middle - min(delays))


def cores() -> dict[str, Any]:
    """CPU seconds a second of everything that is done to sound: our voice processed and encoded, three peers' decoded,
    mixed and played. Without capture, the sound card and the network; whole rooms of 8 go to standard error.
    """
    found = {"cores3Peers": _cores()}
    print(f"bench audio: {json.dumps(_voices.room_of(8))}", file=sys.stderr, flush=True)  # noqa: T201
    return found


def _cores() -> float:
    rubbish = Rubbish()
    rubbish.settle()
    try:
        return _spent(rubbish)
    finally:
        rubbish.stop()


def _spent(rubbish: Rubbish) -> float:
    codec = CODECS["audio"][0]
    own = frames(talk(CORES_S))
    coming = [_packets(encoded(talk(CORES_S, 1 + index))) for index in range(PEERS)]
    voice = Voice(lambda: None, lambda dead: None)
    voice.use(processor(SoundSettings()), evens=True)
    mixer = Mixer(voice.heard)
    peers = [AudioIn() for _ in coming]
    for peer in peers:
        mixer.add(peer)
    encoder = new_encoder()
    before = time.process_time()
    start = time.monotonic()
    for turn, sound in enumerate(own):
        time.sleep(max(0.0, start + turn * FRAME / RATE - time.monotonic()))  # the peers keep real time
        now = time.monotonic()
        for peer, packets in zip(peers, coming, strict=True):
            peer.packet(packets[turn], codec, now)
        mixer.pull(FRAME)
        encoder.encode(voice.sent(sound, now, now, muted=False))
        if turn % TIDY_EACH == 0:
            rubbish.tidy()
    return round((time.process_time() - before) / CORES_S, 4)


def _packets(payloads: Sequence[bytes]) -> list[RtpPacket]:
    """As the connection hands them on: taking them off the wire is no part of the sound."""
    found: list[RtpPacket] = []
    for number, payload in enumerate(payloads):
        packet = RtpPacket(payload_type=96, sequence_number=number, timestamp=number * FRAME)
        packet.payload = payload
        found.append(packet)
    return found
