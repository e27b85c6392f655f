"""Every codec that a call may agree on is heard."""

from __future__ import annotations

import numpy as np
import pytest
from aiortc.codecs import CODECS, get_encoder
from aiortc.codecs.base import Encoder
from av import AudioFrame

from app.media.audio import opus
from app.media.audio.decoders import AvDecoder, decoder_for, duration_by
from app.media.audio.opus import OpusDecoder
from app.media.audio.sound import FRAME, RATE
from tests.media.audio.signals import frames, tone


def payloads(encoder: Encoder, seconds: float) -> list[bytes]:
    found: list[bytes] = []
    for index, sound in enumerate(frames(tone(seconds))):
        frame = AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, index * FRAME
        found += encoder.encode(frame)[0]
    return found


@pytest.mark.parametrize("codec", CODECS["audio"], ids=lambda codec: codec.name)
def test_each_codec_gives_the_sound_that_its_packets_hold(codec: object) -> None:
    assert isinstance(codec, type(CODECS["audio"][0]))
    decoder = decoder_for(codec)
    sent = payloads(get_encoder(codec), 1.0)
    heard = np.concatenate([decoder.decode(payload) for payload in sent])
    held = sum(map(duration_by(codec), sent))
    assert held == pytest.approx(RATE, abs=3 * FRAME)
    assert len(heard) == pytest.approx(held, abs=FRAME)
    spectrum = np.abs(np.fft.rfft(heard[-RATE // 2 :, 0].astype(float)))
    assert spectrum.argmax() * 2 == pytest.approx(440, abs=4)


def test_without_libopus_pyav_decodes_and_what_is_lost_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    codec = CODECS["audio"][0]
    assert isinstance(decoder_for(codec), OpusDecoder)
    monkeypatch.setattr(opus, "library", lambda: None)
    decoder = decoder_for(codec)
    assert isinstance(decoder, AvDecoder)
    sent = payloads(get_encoder(codec), 0.5)
    heard = np.concatenate([decoder.decode(payload) for payload in sent])
    assert heard.astype(float).std() > 1000
    assert not decoder.conceal(480).any()
    assert decoder.recover(sent[0], FRAME) is None
