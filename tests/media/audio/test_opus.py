"""libopus as PyAV carries it: found, and able to do what FFmpeg's wrapper cannot."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from app.media.audio import opus
from app.media.audio.opus import OpusDecoder, OpusEncoder, OpusError
from app.media.audio.opus_packet import samples_of
from app.media.audio.sound import FRAME, RATE, Sound, stillness
from tests.media.audio.signals import frames, speech
from tests.media.audio.traces import libopus


def encoder(expected_loss: int = 10) -> OpusEncoder:
    return OpusEncoder(libopus(), bitrate=48_000, expected_loss=expected_loss)


def likeness(one: Sound, other: Sound) -> float:
    return float(np.corrcoef(one[:, 0], other[:, 0])[0, 1])


def test_what_is_lost_comes_back_from_the_next_packet() -> None:
    coder, whole, holed = encoder(), OpusDecoder(libopus()), OpusDecoder(libopus())
    recovered: list[float] = []
    original = stillness(FRAME)
    for index, frame in enumerate(frames(speech(4))):
        payload = coder.encode(frame)
        if index % 10 == 5:
            original = whole.decode(payload)
            continue
        if index % 10 == 6:
            sound = holed.recover(payload, FRAME)
            if sound is None:
                holed.conceal(FRAME)
            elif original[:, 0].astype(float).std() > 200:
                recovered.append(likeness(sound, original))
        whole.decode(payload)
        holed.decode(payload)
    assert len(recovered) >= 5
    assert float(np.median(recovered)) > 0.8


def test_what_is_made_up_goes_on_as_before_and_fades() -> None:
    coder, decoder = encoder(), OpusDecoder(libopus())
    spoken = frames(speech(2.5))
    loudest = max(range(10, 100), key=lambda n: float(np.abs(spoken[n].astype(int)).mean()))
    last = [decoder.decode(coder.encode(frame)) for frame in spoken[: loudest + 1]][-1]
    first = decoder.conceal(FRAME)
    assert first.shape == (FRAME, 1)
    assert first.astype(float).std() > 0.3 * last.astype(float).std()
    late = [decoder.conceal(FRAME) for _ in range(30)][-1]
    assert late.astype(float).std() < 0.2 * first.astype(float).std()
    assert decoder.conceal(100).shape == (100, 1)


def test_pauses_cost_next_to_nothing_and_nothing_said_before_runs_on() -> None:
    coder, decoder = encoder(), OpusDecoder(libopus())
    for frame in frames(speech(1)):
        coder.encode(frame)
    coder.forget()
    silent = [coder.encode(np.zeros(FRAME, np.int16)) for _ in range(50)]
    assert not any(np.abs(decoder.decode(payload)).max() > 2.5 for payload in silent)
    assert sum(len(payload) <= 2 for payload in silent) > 30


def test_two_channels_are_heard_from_the_first_packet_that_holds_them() -> None:
    coder, decoder = encoder(), OpusDecoder(libopus())
    spoken = frames(speech(2))
    both_sides = [np.stack((frame, -frame // 2), axis=1) for frame in frames(speech(2, seed=7))]
    alone = [decoder.decode(coder.encode(frame)) for frame in spoken]
    assert {sound.shape for sound in alone} == {(FRAME, 1)}
    wide = [decoder.decode(payload) for payload in in_stereo(both_sides)]
    assert {sound.shape for sound in wide} == {(FRAME, 2)}
    left, right = np.concatenate(wide).T
    assert np.corrcoef(left, right)[0, 1] < -0.9
    assert left.std() == pytest.approx(2 * right.std(), rel=0.1)
    assert decoder.decode(coder.encode(spoken[0])).shape == (FRAME, 2), "it stays so"


def test_no_click_where_two_channels_begin() -> None:
    low = (3000 * np.sin(2 * np.pi * 200 * np.arange(20 * FRAME) / RATE)).astype(np.int16)
    coder, decoder = encoder(), OpusDecoder(libopus())
    alone = np.concatenate([decoder.decode(coder.encode(frame)) for frame in frames(low)])
    wide = np.concatenate([decoder.decode(one) for one in in_stereo([np.stack((f, f), 1) for f in frames(low)])])
    heard = np.concatenate((alone[:, 0], wide[:, 0]))
    steps = np.abs(np.diff(heard))
    assert steps[len(alone) - FRAME : len(alone) + FRAME].max() < 1.5 * steps[FRAME : len(alone) - FRAME].max()


def in_stereo(sides: list[np.ndarray]) -> list[bytes]:
    lib, out, found = libopus(), ctypes.create_string_buffer(1275), list[bytes]()
    state = lib.opus_encoder_create(RATE, 2, opus.APPLICATION_VOIP, ctypes.byref(ctypes.c_int()))
    for frame in sides:
        size = lib.opus_encode(state, np.ascontiguousarray(frame).tobytes(), len(frame), out, 1275)
        found.append(out.raw[:size])
    lib.opus_encoder_destroy(state)
    return found


def test_a_long_pause_costs_nothing_and_what_is_said_then_is_heard_as_ever() -> None:
    said, pause = frames(speech(2)), [np.zeros(FRAME, np.int16)] * 100
    coder = encoder()
    payloads = [coder.encode(frame) for frame in (*said, *pause, *said)]
    lib = Counted(libopus())
    decoder, always = OpusDecoder(cast(ctypes.CDLL, lib)), Always(libopus())
    heard = np.concatenate([decoder.decode(payload) for payload in payloads])
    in_full = np.concatenate([always.decode(payload) for payload in payloads])
    assert lib.decoded < len(payloads) - 80
    assert heard.shape == in_full.shape
    difference = heard - in_full
    assert np.abs(difference).max() < 16
    assert np.sqrt(np.mean(difference**2)) < 3.2, "-80 dBFS"


class Always(OpusDecoder):
    """Asks libopus about every packet."""

    def decode(self, payload: bytes) -> Sound:
        return self._decode(payload, FRAME, 0)


def test_who_is_muted_for_long_costs_nothing_and_is_heard_at_once_after_that() -> None:
    said, silent = frames(speech(2)), [np.zeros(FRAME, np.int16)] * 200
    lib = Counted(libopus())
    coder, decoder = OpusEncoder(cast(ctypes.CDLL, lib), bitrate=48_000, expected_loss=10), OpusDecoder(libopus())
    heard = np.concatenate([decoder.decode(coder.encode(frame)) for frame in (*said, *silent, *said)])
    assert lib.encoded < len(said) * 2 + 20
    assert np.abs(heard[(len(said) + 20) * FRAME : (len(said) + 200) * FRAME]).max() <= 2.5
    whole, again = encoder(), OpusDecoder(libopus())
    expected = np.concatenate([again.decode(whole.encode(frame)) for frame in said])
    assert likeness(heard[-len(expected) :], expected) > 0.95


class Counted:
    """libopus, and how often it encodes and decodes."""

    def __init__(self, lib: ctypes.CDLL) -> None:
        self.encoded = self.decoded = 0
        self._lib = lib

    def opus_encode(self, *arguments: object) -> int:
        self.encoded += 1
        return self._lib.opus_encode(*arguments)

    def opus_decode_float(self, *arguments: object) -> int:
        self.decoded += 1
        return self._lib.opus_decode_float(*arguments)

    def __getattr__(self, name: str) -> object:
        return getattr(self._lib, name)


def test_the_bit_rate_can_follow_the_network() -> None:
    sizes: list[int] = []
    for bitrate in (16_000, 32_000, 64_000):
        coder = encoder()
        coder.set_bitrate(bitrate)
        coder.set_expected_loss(20)
        sizes.append(sum(len(coder.encode(frame)) for frame in frames(speech(2))))
    assert sizes[0] < sizes[1] < sizes[2]


def test_garbage_is_refused() -> None:
    with pytest.raises(OpusError):
        OpusDecoder(libopus()).decode(b"\xff\xff\xff")
    with pytest.raises(OpusError):
        encoder().encode(np.zeros(123, np.int16))


def test_a_packet_says_how_long_it_is() -> None:
    assert samples_of(b"") == 0
    assert samples_of(encoder().encode(speech(0.02))) == FRAME
    assert samples_of(bytes([0 << 3])) == 480
    assert samples_of(bytes([3 << 3])) == 2880
    assert samples_of(bytes([16 << 3])) == 120
    assert samples_of(bytes([(31 << 3) | 1])) == 2 * FRAME
    assert samples_of(bytes([(31 << 3) | 3, 3])) == 3 * FRAME
    assert samples_of(bytes([(31 << 3) | 3, 63])) == 0, "longer than 120 ms is garbage"
    assert samples_of(bytes([(31 << 3) | 3])) == 0


def test_it_is_found_in_a_bundle_and_missed_without_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = Path(str(libopus()._name))
    monkeypatch.setattr(opus.av, "__file__", str(tmp_path / "elsewhere" / "av" / "__init__.py"))
    opus.library.cache_clear()
    try:
        assert opus.library() is None
        assert opus.library() is None
        assert caplog.text.count("libopus was not found") == 1
        folder = tmp_path / "bundle" / "av.libs"
        folder.mkdir(parents=True)
        (folder / real.name).symlink_to(real)
        monkeypatch.setattr(opus.sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
        opus.library.cache_clear()
        assert opus.library() is not None
    finally:
        opus.library.cache_clear()
