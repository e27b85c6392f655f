"""What is heard after a bad network and with clocks that differ: real Opus, simulated time."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest

from app.media.audio.jitter import JitterBuffer, Packet
from app.media.audio.opus import OpusDecoder
from app.media.audio.opus_packet import DTX_BYTES
from app.media.audio.pauses import Pause
from app.media.audio.playout import COUNTED_GAP, Playout
from app.media.audio.sound import FRAME, MS, RATE, Mono, Sound, stillness
from tests.media.audio.signals import Wave, speech, tone
from tests.media.audio.traces import Way, arrivals, encoded, libopus, packet, play

SECONDS = 20.0
STILL_ON_BOTH_SIDES = bytes.fromhex("fcfffe")
"""An Opus packet of 20 ms of silence with two channels, and not yet one that says "as before"."""


@pytest.fixture(scope="module")
def spoken() -> list[bytes]:
    return encoded(speech(SECONDS))


def silent_frames(sound: Sound) -> int:
    whole = sound[: len(sound) // FRAME * FRAME, 0].reshape(-1, FRAME).astype(int)
    return int((np.abs(whole).mean(axis=1) < 10).sum())


@pytest.mark.parametrize(("loss", "least", "most_holes"), [(0.05, 0.99, 0.02), (0.1, 0.98, 0.05), (0.2, 0.95, 0.1)])
def test_loss_and_jitter_leave_no_holes(spoken: list[bytes], loss: float, least: float, most_holes: float) -> None:
    heard = play(arrivals(spoken, Way(loss=loss, jitter_s=0.03)), SECONDS)
    clean = play(arrivals(spoken, Way()), SECONDS)
    filled = heard.playout.played + heard.playout.concealed
    assert filled >= least * (SECONDS - 0.15) * RATE
    assert heard.playout.concealed <= 1.1 * loss * filled
    assert heard.playout.recovered > 0.2 * loss * filled
    later = (heard.delays_ms[-1] - clean.delays_ms[-1]) / 20
    assert silent_frames(heard.sound) - silent_frames(clean.sound) - later <= most_holes * SECONDS * 50
    assert heard.p95() <= 160


def test_delay_goes_back_when_the_network_is_clean(spoken: list[bytes]) -> None:
    heard = play(arrivals(spoken, Way(jitter_s=0.03, loss=0.05, clean_after_s=10)), SECONDS)
    assert max(heard.delays_ms) > 80
    assert max(heard.delays_ms[round((15 + 0.1) * 50) :]) <= 80


def test_a_clean_network_is_played_as_it_was_sent(spoken: list[bytes]) -> None:
    heard = play(arrivals(spoken, Way()), SECONDS)
    assert heard.playout.concealed == heard.playout.recovered == 0
    assert heard.playout.buffer.accepted >= SECONDS * 50 - 3
    assert max(heard.delays_ms[100:]) <= 40


@pytest.mark.parametrize("pull", [480, 960, 1024, 2048])
def test_speakers_may_fetch_in_pieces_of_any_size(spoken: list[bytes], pull: int) -> None:
    heard = play(arrivals(spoken, Way()), SECONDS, pull=lambda index: pull)
    assert heard.playout.concealed <= 5 * FRAME
    assert heard.delays_ms[-1] <= 20 + 2 * pull / MS


@pytest.mark.parametrize("ppm", [-200, -100, 100, 200])
def test_clocks_may_differ_for_a_long_time(ppm: int) -> None:
    """A tone for a minute at 30 times the difference: as far apart as the clocks are after half an hour."""
    sound = tone(60, peak=8000)
    heard = play(arrivals(encoded(sound), Way(clock_ppm=ppm * 30)), 59)
    assert heard.playout.concealed == 0
    delays = heard.delays_ms[100:]
    assert max(delays) - min(delays) <= 40
    assert loudest_click(heard.sound[2 * RATE :, 0].astype(float)) < 327.67, "-40 dBFS"


def loudest_click(sound: Wave) -> float:
    """The largest that is left of a tone after it is predicted from its own past."""
    turn = 2 * np.cos(2 * np.pi * 440 / RATE)
    return float(np.abs(sound[2:] - turn * sound[1:-1] + sound[:-2]).max())


def test_what_nobody_sends_is_silent_and_not_counted_for_ever(spoken: list[bytes]) -> None:
    heard = play(arrivals(spoken[:100], Way()), 10)
    assert heard.playout.concealed <= COUNTED_GAP
    assert not heard.sound[round(3.5 * RATE) :].any()
    assert heard.playout.take(FRAME, 10.0) is None


def test_garbage_is_made_up_for(spoken: list[bytes]) -> None:
    coming = [(at, one) for at, one in arrivals(spoken[:100], Way())]
    coming[50] = (coming[50][0], packet(50, b"\xff\xff\xff"))
    heard = play(coming, 2)
    assert heard.playout.played > 90 * FRAME


def test_every_sample_is_what_was_asked_for() -> None:
    playout = Playout(lambda sound, now: None)
    playout.decoder = OpusDecoder(libopus())
    for index, payload in enumerate(encoded(speech(1))):
        playout.insert(packet(index, payload), index * 0.02)
        sound = playout.take(777, index * 0.02 + 0.01)
        assert sound is None or sound.shape == (777, 1)


def test_a_stall_in_a_pause_of_somebody_with_two_channels_is_bridged() -> None:
    """After sound with two channels the bridge has two, while a pause that nobody hears has one."""
    playout = Playout(lambda sound, now: None)
    playout.decoder = OpusDecoder(libopus())
    now = 100.0
    for number in range(40):
        playout.insert(packet(number, STILL_ON_BOTH_SIDES if number < 10 else STILL_ON_BOTH_SIDES[:1]), now)
        playout.take(FRAME, now)
        now += FRAME / RATE
    for number in range(40, 70):  # held up, and all of them at once
        playout.insert(packet(number, STILL_ON_BOTH_SIDES[:1]), now)
    heard = [playout.take(FRAME, now + 0.5 + turn * FRAME / RATE) for turn in range(30)]
    assert [len(sound) for sound in heard if sound is not None] == [FRAME], "the bridge; then nobody hears anything"


def with_pauses(said: Mono) -> list[tuple[int, Packet]]:
    """What is sent of ``said``: the turn of 20 ms it belongs to, and the packet."""
    pause = Pause()
    sent = [(turn, payload) for turn, payload in enumerate(encoded(said)) if pause.sends(payload)]
    return [(turn, Packet(number, turn * FRAME, payload, FRAME)) for number, (turn, payload) in enumerate(sent)]


def played(sent: list[tuple[float, Packet]], seconds: float, pull: int = FRAME) -> tuple[list[Sound | None], Playout]:
    """What is fetched when each packet comes at its turn."""
    playout = Playout(lambda sound, now: None)
    playout.decoder = OpusDecoder(libopus())
    coming = deque(sent)
    parts: list[Sound | None] = []
    for number in range(round(seconds * RATE) // pull):
        now = 100 + number * pull / RATE
        while coming and coming[0][0] * FRAME / RATE <= now - 100:
            playout.insert(coming.popleft()[1], now)
        parts.append(playout.take(pull, now + 0.005))
    return parts, playout


def room(seconds: float, rms: float) -> Mono:
    return np.random.default_rng(1).normal(0, rms, round(seconds * RATE)).astype(np.int16)


def test_a_pause_that_nobody_hears_is_handed_out_as_nothing_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = with_pauses(np.concatenate((speech(3), room(3, 0), speech(3))))
    quick, resting = played([*sent], 9)
    monkeypatch.setattr(JitterBuffer, "rests", lambda buffer, samples, pending: False)
    slow, deciding = played([*sent], 9)
    assert sum(part is None for part in quick) > 2 * RATE / FRAME
    for part, same in zip(quick, slow, strict=True):
        first, second = (stillness(FRAME) if one is None else one for one in (part, same))
        assert np.array_equal(first, second)
    assert (resting.played, resting.concealed) == (deciding.played, deciding.concealed)
    assert resting.buffer.delay == deciding.buffer.delay


def test_a_pause_with_the_noise_of_a_room_is_whole_though_little_of_it_is_sent() -> None:
    said = np.concatenate((speech(3), room(6, 100), speech(1)))
    sent = with_pauses(said)
    assert len(sent) < 0.7 * len(said) / FRAME
    assert any(len(packet.payload) > DTX_BYTES for turn, packet in sent if 200 < turn < 440), "the noise is refreshed"
    _, playout = played([*sent], 10)
    assert playout.concealed == 0
    assert playout.buffer.accepted + playout.buffer.withheld // FRAME == len(said) // FRAME


@pytest.mark.parametrize("pull", [480, 960, 1024])
def test_the_noise_of_a_room_is_heard_without_a_gap(pull: int) -> None:
    parts, _ = played([*with_pauses(np.concatenate((speech(1), room(4, 100))))], 4.5, pull)
    pause = parts[round(2.5 * RATE / pull) :]
    loud = [0.0 if part is None else float(np.sqrt(np.mean(part**2))) for part in pause]
    assert min(loud) > 10
    assert max(loud) < 10 * min(loud)


def test_a_path_that_became_slower_in_a_pause_does_not_cut_the_words_after_it() -> None:
    sent = with_pauses(np.concatenate((speech(3), room(8, 0), speech(3))))
    changed = 3 + 2
    late: list[tuple[float, Packet]] = [(turn + (12.5 if turn > changed * 50 else 0), packet) for turn, packet in sent]
    _, playout = played(late, 13.5)
    _, whole = played([*sent], 13.5)
    assert playout.concealed <= whole.concealed + 3 * FRAME
    assert playout.buffer.delay < 60 * MS


def test_a_silent_pause_fetched_in_small_pieces_makes_nothing_wait_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = with_pauses(np.concatenate((speech(1), room(5, 0))))
    _, resting = played([*sent], 6, 480)
    monkeypatch.setattr(JitterBuffer, "rests", lambda buffer, samples, pending: False)
    _, deciding = played([*sent], 6, 480)
    assert resting.buffer.target <= deciding.buffer.target


def test_who_vanishes_in_a_silent_pause_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = with_pauses(np.concatenate((speech(1), room(2, 0))))
    parts, resting = played([*sent], 6)
    monkeypatch.setattr(JitterBuffer, "rests", lambda buffer, samples, pending: False)
    _, deciding = played([*sent], 6)
    assert not any(part is not None for part in parts[round(4 * RATE / FRAME) :])
    assert (resting.played, resting.concealed, resting.buffer.rest_left) == (
        deciding.played,
        deciding.concealed,
        deciding.buffer.rest_left,
    )
    assert resting.buffer.position is None


def test_a_silence_that_is_told_later_is_the_same_for_a_speaker_that_fetches_unevenly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = with_pauses(np.concatenate((speech(1), room(2, 0))))

    def left_after_each() -> list[int]:
        playout = Playout(lambda sound, now: None)
        playout.decoder = OpusDecoder(libopus())
        coming, now, left = deque(sent), 0.0, list[int]()
        for turn in range(200):
            while coming and coming[0][0] * FRAME / RATE <= now:
                playout.insert(coming.popleft()[1], now)
                left.append(playout.buffer.rest_left)
            count = (2048, 480, 441)[turn % 3]
            playout.take(count, now)
            now += count / RATE
        return left

    later = left_after_each()
    monkeypatch.setattr("app.media.audio.playout.UNTOLD", 0)
    assert later == left_after_each(), "what is stored is handed out before more is made up"
