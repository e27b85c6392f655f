"""The picture gets smaller where the path gets thin, at once; larger only where there is room for a while."""

from __future__ import annotations

from itertools import pairwise

from app.media.rtc.rate import SPARE, SPARE_BITS
from app.media.thinning import DOWN, GRACE_S, LEAST, PAUSE, UP, WAIT_S, Thinning

SIZES = [(720, 1_520_000), (360, 540_000), (180, 190_000)]


def test_it_gets_as_small_as_the_path_is_thin_at_once() -> None:
    assert Thinning(SIZES).height(2_000_000, 0.0) == 720
    assert Thinning(SIZES).height(round(DOWN * 1_520_000) + 1, 0.0) == 720
    assert Thinning(SIZES).height(500_000, 0.0) == 360
    assert Thinning(SIZES).height(100_000, 0.0) == 180
    assert Thinning(SIZES).height(LEAST - 1, 0.0) is None


def test_it_gets_larger_a_step_at_a_time_and_not_at_once() -> None:
    thinning = Thinning(SIZES)
    assert thinning.height(100_000, 0.0) == 180
    assert thinning.height(2_000_000, WAIT_S - 0.1) == 180
    assert thinning.height(2_000_000, WAIT_S) == 360
    assert thinning.height(2_000_000, 2 * WAIT_S) == 720


def test_it_does_not_waver_between_two_sizes() -> None:
    thinning = Thinning(SIZES)
    thinning.height(500_000, 0.0)
    between = (DOWN + UP) / 2 * 1_520_000
    assert {thinning.height(round(between), second) for second in range(1, 100)} == {360}


def test_what_was_in_vain_is_tried_again_ever_later() -> None:
    thinning, at, tries = Thinning(SIZES), 0.0, list[float]()
    thinning.height(500_000, at)
    while len(tries) < 4:
        at += 0.1
        if thinning.height(1_000_000, at) == 720:
            tries.append(at)
            assert thinning.height(400_000, at + GRACE_S / 2) == 720, "it is given a moment"
            at += GRACE_S
            assert thinning.height(400_000, at) == 360
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps == sorted(gaps)
    assert gaps[-1] > 3 * gaps[0]


def test_a_pause_ends_by_itself() -> None:
    thinning = Thinning(SIZES)
    assert thinning.height(10_000, 0.0) is None
    assert thinning.height(10_000, PAUSE * WAIT_S - 0.1) is None
    assert thinning.height(10_000, PAUSE * WAIT_S) == 180
    assert thinning.height(10_000, PAUSE * WAIT_S + GRACE_S) is None


def test_what_a_size_sends_proves_room_for_the_next() -> None:
    """Or it would never be found out."""
    for (_, larger), (_, smaller) in pairwise(SIZES):
        assert SPARE * smaller + SPARE_BITS > UP * larger
