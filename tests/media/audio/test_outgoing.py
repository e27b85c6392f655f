"""Fifty frames a second, whatever the microphone does."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from itertools import pairwise

import numpy as np
import pytest
import pytest_asyncio
from av import AudioFrame
from av.packet import Packet

from app.media.audio import outgoing
from app.media.audio.captured import CaptureClock
from app.media.audio.encoders import AvEncoder
from app.media.audio.opus import OpusDecoder
from app.media.audio.opus_packet import DTX_BYTES
from app.media.audio.outgoing import PERIOD_S, QUEUE, AudioOut, AudioTrack
from app.media.audio.pauses import APART, FIRST
from app.media.audio.sound import FRAME, Mono
from tests.media.audio.signals import frames as cut
from tests.media.audio.signals import speech
from tests.media.audio.traces import libopus
from tests.media.calls import until


@pytest_asyncio.fixture
async def out() -> AsyncIterator[AudioOut]:
    out = AudioOut()
    yield out
    await out.close()


def raw(out: AudioOut) -> AudioTrack:
    track = out.track()
    track.wants_packets = False
    return track


async def frames(track: AudioTrack, count: int) -> list[AudioFrame]:
    received = [await track.recv() for _ in range(count)]
    return [frame for frame in received if isinstance(frame, AudioFrame)]


async def test_silence_on_the_clock_without_a_microphone(out: AudioOut) -> None:
    track = raw(out)
    await track.recv()
    received: list[AudioFrame] = []
    moments: list[float] = []
    for _ in range(25):
        received += await frames(track, 1)
        moments.append(time.monotonic())
    assert np.median(np.diff(moments)) == pytest.approx(PERIOD_S, rel=0.25), "a busy machine is late now and then"
    assert not any(frame.to_ndarray().any() for frame in received)
    places = [frame.pts or 0 for frame in received]
    assert all(later > earlier and (later - earlier) % FRAME == 0 for earlier, later in pairwise(places))


async def test_a_microphone_that_stops_is_filled_in_for(out: AudioOut) -> None:
    out.set_has_source(True)
    out.set_muted(False)
    track = raw(out)
    waiting = asyncio.create_task(frames(track, 4))
    await asyncio.sleep(0)
    out.put(np.full(960, 7, np.int16), time.monotonic())
    received = await waiting
    loud = [frame for frame in received if frame.to_ndarray().any()]
    assert len(loud) <= 1
    assert len(received) == 4


async def test_a_frame_that_cannot_be_made_is_silence_and_the_next_one_is_sent(
    out: AudioOut, caplog: pytest.LogCaptureFixture
) -> None:
    out.set_has_source(True)
    out.set_muted(False)
    track = raw(out)
    waiting = asyncio.create_task(frames(track, 6))
    await asyncio.sleep(0)
    for sound in (np.zeros((2, 2, 2), np.int16), np.full(FRAME, 4000, np.int16)):
        out.put(sound, time.monotonic())
    assert any(frame.to_ndarray().any() for frame in await waiting)
    assert [record.message[:28] for record in caplog.records] == ["our voice could not be made:"]
    caplog.clear()


async def test_what_a_peer_does_not_take_is_dropped_oldest_first(out: AudioOut) -> None:
    slow, quick = raw(out), raw(out)
    await slow.recv()
    newest = (await frames(quick, QUEUE * 2))[-1]
    waiting = await frames(slow, QUEUE)
    assert (waiting[-1].pts or 0) >= (newest.pts or 0) - 960
    assert (waiting[0].pts or 0) > 960


async def test_two_share_one_encoding(out: AudioOut) -> None:
    first, second = out.track(), out.track()
    waiting = [asyncio.create_task(track.recv()) for track in (first, second)]
    one, other = await asyncio.gather(*waiting)
    assert one is other


async def test_who_takes_packets_as_they_come_is_given_each_at_once(out: AudioOut) -> None:
    track, other = out.track(), out.track()
    taken: list[tuple[bytes, int]] = []
    track.hand_to(lambda payload, position: taken.append((payload, position)))
    for _ in range(3):
        packet = await other.recv()
        assert isinstance(packet, Packet)
        assert (bytes(packet), packet.pts) in taken
    assert [position for _, position in taken] == [FRAME * number for number in range(len(taken))]
    track.hand_to(None)
    count = len(taken)
    for _ in range(3):
        await other.recv()
    assert len(taken) == count
    assert await frames(track, 1) == [], "what is not handed on waits, as a packet"


async def packets(out: AudioOut, sounds: list[Mono]) -> list[bytes]:
    """What a peer gets while the microphone hears ``sounds``, one each turn."""
    track = out.track()
    got: list[bytes] = []
    for sound in sounds:
        out.put(sound, time.monotonic())
        packet = await track.recv()
        assert isinstance(packet, Packet)
        got.append(bytes(packet))
    track.stop()
    return got


async def test_mute_is_true_on_the_wire(out: AudioOut) -> None:
    out.set_has_source(True)
    spoken = cut(speech(2))
    for _ in range(20):
        out.set_muted(False)
        await packets(out, spoken[:6])
        out.set_muted(True)
        decoder = OpusDecoder(libopus())
        heard = [decoder.decode(payload) for payload in await packets(out, spoken[6:12])]
        assert max(int(np.abs(sound.astype(int)).max()) for sound in heard) <= 3


class Counted(CaptureClock):
    """Tells when so many packets have been made."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.moments: list[float] = []
        self._wanted = wanted

    def add(self, place: float, at: float) -> None:
        super().add(place, at)
        self.moments.append(at)
        if len(self.moments) >= self._wanted:
            self.reached.set()


async def test_what_was_made_before_the_mute_and_not_handed_out_yet_never_is(out: AudioOut) -> None:
    out.captured = made = Counted(4)
    out.set_has_source(True)
    out.set_muted(False)
    taken: list[int] = []
    for sound in cut(speech(1))[:6]:
        out.put(sound, time.monotonic())
    out.track().hand_to(lambda _, position: taken.append(position))
    assert made.reached.wait(5)  # nothing of it came through the loop, which stands still meanwhile
    out.set_muted(True)
    await until(lambda: len(taken) > 2)
    assert min(taken) >= 3 * FRAME


async def test_what_waited_for_a_slow_peer_at_the_mute_is_not_sent(out: AudioOut) -> None:
    slow, quick = out.track(), out.track()
    taken: list[int] = []
    await slow.recv()
    quick.hand_to(lambda _, position: taken.append(position))
    await until(lambda: len(taken) > 2)
    out.set_muted(False)
    out.set_muted(True)
    packet = await slow.recv()
    assert (packet.pts or 0) > taken[2]


async def test_what_came_from_the_microphone_while_muted_is_not_sent_afterwards(out: AudioOut) -> None:
    out.set_has_source(True)
    track = raw(out)
    await track.recv()
    for _ in range(QUEUE):
        out.put(np.full(FRAME, 4000, np.int16), time.monotonic())
    out.set_muted(False)
    assert not any(frame.to_ndarray().any() for frame in await frames(track, 2 * QUEUE))


async def test_what_is_sent_bears_the_moment_of_its_capture(out: AudioOut) -> None:
    out.captured = made = Counted(1)
    out.set_has_source(True)
    out.put(np.ones(FRAME, np.int16), 123.0)
    await raw(out).recv()
    assert made.moments[0] == 123.0


async def test_of_a_pause_few_packets_are_sent_and_their_places_say_so(out: AudioOut) -> None:
    out.set_has_source(True)
    out.set_muted(False)
    track, each = out.track(), raw(out)
    taken: list[tuple[bytes, int]] = []
    track.hand_to(lambda payload, position: taken.append((payload, position)))
    for sound in [np.zeros(FRAME, np.int16)] * 60 + cut(speech(1)):
        out.put(sound, time.monotonic())
        await each.recv()
    pauses = [position for payload, position in taken if len(payload) <= DTX_BYTES]
    gaps = [later - earlier for earlier, later in pairwise(pauses)]
    assert 5 <= len(pauses) < 12
    assert gaps[: FIRST - 1] == [FRAME] * (FIRST - 1)
    assert max(gaps[FIRST - 1 :]) == APART * FRAME
    voice = [position for payload, position in taken if len(payload) > DTX_BYTES and position > pauses[-1]]
    assert {later - earlier for earlier, later in pairwise(voice)} == {FRAME}


async def rested(taken: list[int]) -> None:
    """Wait until of the silence only a few are sent: libopus takes a while to call it that."""
    await until(lambda: len(taken) > 2 and taken[-1] - taken[-2] == APART * FRAME)


async def test_without_a_microphone_only_what_is_sent_is_made(out: AudioOut) -> None:
    out.captured = made = Counted(1_000)
    taken: list[int] = []
    out.track().hand_to(lambda _, position: taken.append(position))
    await rested(taken)
    begun, at, moments = len(taken), time.monotonic(), len(made.moments)
    await until(lambda: len(taken) >= begun + 4)
    assert {later - earlier for earlier, later in pairwise(taken[begun - 1 :])} == {APART * FRAME}
    assert len(made.moments) - moments < 2 * APART, "a busy machine makes some more, but not each of the 40"
    assert (taken[begun + 3] - taken[begun - 1]) / 48_000 == pytest.approx(time.monotonic() - at, abs=0.5)


async def test_a_microphone_is_heard_at_once_after_a_rest(out: AudioOut) -> None:
    track = out.track()
    taken: list[tuple[bytes, int]] = []
    track.hand_to(lambda payload, position: taken.append((payload, position)))
    await until(lambda: len(taken) > 2 and taken[-1][1] - taken[-2][1] == APART * FRAME)
    out.set_has_source(True)
    out.set_muted(False)
    begun = len(taken)
    for sound in cut(speech(1))[10:20]:
        out.put(sound, time.monotonic())
    await until(lambda: len(taken) >= begun + 10)
    voice = [position for payload, position in taken[begun:] if len(payload) > DTX_BYTES]
    assert len(voice) > 5
    assert {later - earlier for earlier, later in pairwise(voice)} == {FRAME}


async def test_who_wants_every_frame_gets_every_frame_after_a_rest(out: AudioOut) -> None:
    taken: list[int] = []
    out.track().hand_to(lambda _, position: taken.append(position))
    await rested(taken)
    last, at = taken[-1], time.monotonic()
    await until(lambda: time.monotonic() - at > 5 * PERIOD_S)
    places = [frame.pts or 0 for frame in await frames(raw(out), 20)]
    assert {later - earlier for earlier, later in pairwise(places)} == {FRAME}
    assert places[0] >= last + 4 * FRAME, "what was left out is not made afterwards, all at once"


async def test_what_receivers_report_reaches_the_encoder(out: AudioOut) -> None:
    out.set_has_source(True)
    out.set_muted(False)
    spoken = cut(speech(1))
    usual = sum(map(len, await packets(out, spoken)))
    bad = out.track()
    bad.set_limit(40_000)
    assert sum(map(len, await packets(out, spoken))) < 0.6 * usual
    bad.stop()
    assert sum(map(len, await packets(out, spoken))) > 0.8 * usual
    bad.set_limit(40_000)  # what was under way when they left
    bad.report_loss(1.0, 1000)
    assert sum(map(len, await packets(out, spoken))) > 0.8 * usual


async def test_the_encoder_is_told_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []

    class Noted(AvEncoder):
        def set_expected_loss(self, percent: int) -> None:
            told.append(percent)

    monkeypatch.setattr(outgoing, "new_encoder", Noted)
    out = AudioOut()
    track = out.track()
    await track.recv()
    track.report_loss(1.0, 1000)
    await until(lambda: bool(told))
    await out.close()
    assert told == [30]


async def test_who_speaks_while_muted_is_told_and_so_is_a_dead_microphone(out: AudioOut) -> None:
    told: list[str] = []
    out.on_talking_while_muted = lambda: told.append("muted")
    out.on_dead_microphone = lambda dead: told.append(f"dead {dead}")
    out.set_has_source(True)
    track = out.track()
    waiting = asyncio.create_task(track.recv())
    for index, sound in enumerate(cut(speech(6))):
        out.voice.sent(sound, 0.0, index * 0.02, muted=True)
    for index in range(260):
        out.voice.sent(np.zeros(FRAME, np.int16), 0.0, 10 + index * 0.02, muted=False)
    out.voice.use(None, evens=False)
    await until(lambda: told == ["muted", "dead True", "dead False"])
    await waiting
