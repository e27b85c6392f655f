"""A queue is told from a receiver that is late, from noise, and from a path that is simply long."""

from __future__ import annotations

import random
from collections.abc import Callable

from app.media.rtc.queueing import BUCKET_S, BUCKETS, STANDING_S, QueueDetector, Usage

EVERY_S = 0.01
SHORTEST_S = 0.02
CLOCKS_APART = 1234.5


class Path:
    """Packets go out evenly and are noted as they come."""

    def __init__(self) -> None:
        self.detector = QueueDetector()
        self.at = 0.0

    def run(self, seconds: float, waiting: Callable[[float], float] = lambda after: 0.0) -> list[Usage]:
        """What was found after each packet; ``waiting``: how long a packet waits that goes out so long after now."""
        found: list[Usage] = []
        for number in range(round(seconds / EVERY_S)):
            after = number * EVERY_S
            sent = self.at + after
            self.detector.add(sent, sent + SHORTEST_S + waiting(after) + CLOCKS_APART)
            found.append(self.detector.usage)
        self.at += seconds
        return found


def test_a_queue_that_grows_slowly_is_found_and_its_end_as_well() -> None:
    path = Path()
    assert set(path.run(5)) == {Usage.NORMAL}
    assert Usage.OVER in path.run(2, lambda after: 0.025 * after)
    assert Usage.UNDER in path.run(2, lambda after: max(0.0, 0.05 - 0.1 * after))
    assert path.run(5)[-1] is Usage.NORMAL


def test_a_queue_that_does_not_grow_any_more_is_one_for_as_long_as_it_stands() -> None:
    path = Path()
    path.run(5)
    assert path.run(5, lambda _: 1.5 * STANDING_S)[-1] is Usage.OVER
    assert abs(path.detector.queue_s - 1.5 * STANDING_S) < 0.001
    assert path.run(5, lambda _: 0.5 * STANDING_S)[-1] is Usage.NORMAL


def test_what_is_read_in_one_go_is_no_queue() -> None:
    path = Path()
    assert set(path.run(30, lambda after: max(0.0, 0.12 - after % 0.3))) == {Usage.NORMAL}


def test_noise_is_no_queue() -> None:
    path, chance = Path(), random.Random(1)
    assert set(path.run(60, lambda _: chance.uniform(0.0, 0.06))) == {Usage.NORMAL}


def test_a_path_that_is_longer_for_good_has_no_queue_after_a_while() -> None:
    path = Path()
    path.run(5)
    path.run(5, lambda _: 0.05)
    assert abs(path.detector.queue_s - 0.05) < 0.001
    path.run(BUCKETS * BUCKET_S, lambda _: 0.05)
    assert path.detector.queue_s == 0


def test_of_another_path_nothing_is_known() -> None:
    path = Path()
    path.run(5)
    path.run(2, lambda after: 0.2 * after)
    assert path.detector.usage is Usage.OVER
    path.detector.forget()
    assert (path.detector.usage, path.detector.queue_s) == (Usage.NORMAL, 0.0)
    assert set(path.run(5, lambda _: 0.2)) == {Usage.NORMAL}
