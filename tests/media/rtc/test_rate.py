"""The sender's estimator against simulated paths: both halves of the wire are the real ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from app.media.rtc.feedback import Arrivals
from app.media.rtc.rate import HIGHEST, LOWEST, START, RateEstimator

NATURAL = 1_520_000
"""What our encoder makes of 720p30."""
PACKET = 1200
VOICE = 130
"""Bytes of a packet."""
VOICE_BITS = (VOICE + 40) * 8 * 50
CLOCKS_APART = 1234.5


@dataclass
class Path:
    """A bottleneck with a queue that drops at its end, then a delay, then a receiver that may be late."""

    kbps: Callable[[float], float]
    queue_s: float = 0.4
    delay_s: Callable[[float], float] = lambda _: 0.02
    loss: float = 0.0
    busy: Callable[[float], float] = lambda at: at
    """When a receiver that is busy reads what comes at ``at``."""
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    _free_at: float = 0.0
    dropped: int = 0

    def arrival(self, at: float, size: int) -> float | None:
        if self.chance.random() < self.loss:
            return None
        rate = self.kbps(at) * 1000
        start = max(at, self._free_at)
        if rate <= 0 or start - at > self.queue_s:
            self.dropped += 1
            return None
        self._free_at = start + size * 8 / rate
        return self.busy(self._free_at + self.delay_s(at))


@dataclass
class Moment:
    at: float
    rate: float
    sent_kbps: float
    queue_s: float


def run(
    path: Path, seconds: float, wanted: float = NATURAL, fps: int = 30, late: Callable[[float], float] = lambda at: at
) -> list[Moment]:
    """A picture ``fps`` times a second at the rate found, and sound, in steps of a millisecond; ``late``: when a busy
    sender gets to what it wanted to do."""
    estimator, arrivals = RateEstimator(), Arrivals()
    underway: list[tuple[float, int]] = []
    moments: list[Moment] = []
    events = sorted([(number / fps, True) for number in range(int(seconds * fps))] + list(_voice(seconds)))
    report_at, index = 0.05, 0
    sent_bits = 0.0
    for step in range(int(seconds * 1000)):
        now = step / 1000
        while index < len(events) and late(events[index][0]) <= now:
            is_picture = events[index][1]
            index += 1
            size = max(40, int(min(estimator.rate * 0.95 - VOICE_BITS, wanted) / fps / 8)) if is_picture else VOICE
            while size > 0:
                part = min(size, PACKET) + 40
                size -= PACKET
                number = estimator.sent(part, now)
                sent_bits += part * 8
                at = path.arrival(now, part)
                if at is not None:
                    underway.append((at, number))
        due = [one for one in underway if one[0] <= now]
        underway = [one for one in underway if one[0] > now]
        for at, number in sorted(due):
            arrivals.add(number, at + CLOCKS_APART)
        if path.busy(now) <= now and now >= report_at:
            report_at = now + 0.05
            for report in arrivals.reports(1, 2):
                estimator.heard(report, now + path.delay_s(now))
            moments.append(Moment(now, estimator.rate, sent_bits / 50, estimator.queue_s))
            sent_bits = 0.0
    return moments


def _voice(seconds: float) -> Iterator[tuple[float, bool]]:
    return ((number / 50 + 0.003, False) for number in range(int(seconds * 50)))


def lowest(moments: list[Moment], start: float, end: float = 1e9) -> float:
    return min(one.rate for one in moments if start <= one.at < end)


def highest(moments: list[Moment], start: float, end: float = 1e9) -> float:
    return max(one.rate for one in moments if start <= one.at < end)


def mean(moments: list[Moment], start: float, end: float = 1e9) -> float:
    rates = [one.rate for one in moments if start <= one.at < end]
    return sum(rates) / len(rates)


def pauses(every: float, length: float, seed: int = 3) -> Callable[[float], float]:
    """Somebody who is busy now and then for up to ``length`` seconds, and then catches up."""
    chance = random.Random(seed)
    spans: list[tuple[float, float]] = []
    at = 0.0
    while at < 120:
        at += chance.uniform(0.2, 1.8) * every
        spans.append((at, at + chance.uniform(0.2, 1.0) * length))

    def later(when: float) -> float:
        for start, end in spans:
            if start <= when < end:
                return end
            if start > when:
                break
        return when

    return later


def test_a_clean_path_has_room_for_720p_from_the_start() -> None:
    moments = run(Path(lambda _: 20_000), 20)
    assert lowest(moments, 0) > 1.05 * NATURAL


def test_a_bottleneck_is_found_at_once_and_held() -> None:
    path = Path(lambda _: 700)
    moments = run(path, 30)
    assert highest(moments, 1.5) < 900_000
    assert lowest(moments, 0) > 350_000
    assert 520_000 < mean(moments, 3) < 700_000
    assert sum(one.queue_s > 0.2 for one in moments if one.at > 3) < 0.05 * len(moments)


def test_a_path_that_is_a_little_too_thin_is_found_before_its_queue_overflows() -> None:
    path = Path(lambda _: 700)
    moments = run(path, 20, wanted=780_000, fps=15)
    assert highest(moments, 4) < 1_100_000
    assert path.dropped < 5
    assert sum(one.queue_s > 0.2 for one in moments if one.at > 4) < 0.05 * len(moments)


@pytest.mark.parametrize(("every", "length"), [(0.3, 0.06), (0.5, 0.2), (2.0, 0.5)])
def test_a_busy_receiver_is_no_queue(every: float, length: float) -> None:
    moments = run(Path(lambda _: 20_000, busy=pauses(every, length)), 30)
    assert lowest(moments, 0) > NATURAL


def test_a_busy_sender_is_no_queue() -> None:
    moments = run(Path(lambda _: 20_000), 30, late=pauses(0.4, 0.15))
    assert lowest(moments, 0) > NATURAL


def test_a_busy_receiver_behind_a_bottleneck() -> None:
    moments = run(Path(lambda _: 700, busy=pauses(0.4, 0.1)), 30)
    assert highest(moments, 2) < 900_000
    assert 400_000 < mean(moments, 3) < 720_000


def test_random_loss_of_5_percent_is_no_queue() -> None:
    moments = run(Path(lambda _: 20_000, loss=0.05), 30)
    assert lowest(moments, 0) > NATURAL


def test_much_loss_lowers_the_rate() -> None:
    moments = run(Path(lambda _: 20_000, loss=0.3), 20)
    assert 100_000 < lowest(moments, 0) < 600_000


def test_a_sudden_drop_and_the_way_back() -> None:
    path = Path(lambda at: 400 if 10 <= at < 20 else 3_000)
    moments = run(path, 40)
    assert lowest(moments, 0, 10) > NATURAL
    assert highest(moments, 11.5, 20) < 550_000
    assert mean(moments, 12, 20) > 250_000
    assert highest(moments, 20, 30) > NATURAL, "ten seconds later"


def test_a_shallow_queue_is_found_by_its_losses() -> None:
    moments = run(Path(lambda _: 700, queue_s=0.02), 30)
    assert highest(moments, 3) < 900_000
    assert 300_000 < mean(moments, 5) < 800_000


def test_who_sends_little_is_not_taken_for_a_thin_path() -> None:
    path = Path(lambda _: 20_000, busy=pauses(0.4, 0.15))
    moments = run(path, 40, wanted=150_000)
    assert lowest(moments, 0) > 600_000


def test_what_is_not_sent_proves_nothing() -> None:
    assert highest(run(Path(lambda _: 20_000), 8, wanted=150_000), 0) == START


def test_the_rate_has_a_highest_and_a_lowest() -> None:
    assert highest(run(Path(lambda _: 40_000), 6, wanted=20_000_000), 0) == HIGHEST
    assert lowest(run(Path(lambda _: 30), 20), 0) == LOWEST


def test_a_queue_seen_once_costs_who_sends_little_no_more_than_what_is_not_sent() -> None:
    path = Path(lambda _: 20_000, delay_s=lambda at: 0.02 + (0.12 * (at - 4) if 4 < at < 4.45 else 0))
    moments = run(path, 6, wanted=150_000)
    assert 150_000 + VOICE_BITS < lowest(moments, 0) < 0.2 * START


def test_a_path_that_closes_all_at_once_is_noticed_before_its_queue_is_full() -> None:
    path = Path(lambda at: 400 if at > 5 else 3_000, queue_s=2.0)
    moments = run(path, 6)
    assert highest(moments, 5.8) < 400_000, "no trend is waited for"
    assert path.dropped == 0


@pytest.mark.parametrize("told", [True, False])
def test_packets_that_went_out_later_than_said_are_no_queue(told: bool) -> None:
    estimator, arrivals = RateEstimator(), Arrivals()
    for step in range(400):
        at = step / 50
        late = 0.002 * max(0, step - 200)
        number = estimator.sent(PACKET * 5, at)
        if late and told:
            estimator.delayed()
        arrivals.add(number, at + late + 0.02)
        for report in arrivals.reports(1, 2):
            estimator.heard(report, at + late + 0.04)
    assert (estimator.rate >= START) is told


def test_a_longer_way_is_no_queue() -> None:
    moments = run(Path(lambda _: 20_000, delay_s=lambda at: 0.02 if at < 10 else 0.27), 30)
    assert lowest(moments, 20) > NATURAL


def test_an_outage_is_no_queue() -> None:
    path = Path(lambda at: 0 if 10 <= at < 13 else 20_000)
    moments = run(path, 20)
    assert lowest(moments, 14) > 1.0 * NATURAL
