"""The newest picture, once, and only for somebody who looks."""

from __future__ import annotations

from app.media.slot import Fit, FrameSlot, Look, Picture


def picture(value: int) -> Picture:
    return Picture(memoryview(bytes([value]) * 16), 2, 2, 8)


def test_the_newest_wins_and_is_taken_once() -> None:
    slot = FrameSlot()
    slot.show(2, 2)
    ready: list[bool] = []
    slot.on_ready = lambda: ready.append(True)
    newest = picture(2)
    slot.put(picture(1))
    slot.put(newest)
    assert ready == [True], "said once, when it went from empty to full"
    assert slot.take() is newest
    assert slot.take() is None
    slot.put(picture(3))
    assert ready == [True, True]


def test_nothing_is_kept_while_nobody_looks() -> None:
    slot = FrameSlot()
    assert slot.look is None
    slot.put(picture(1))
    assert slot.take() is None
    slot.show(4, 3, Fit.CONTAIN)
    assert slot.look == Look(4, 3, Fit.CONTAIN)
    slot.put(picture(1))
    slot.hide()
    assert slot.take() is None
    slot.show(0, 10)
    assert slot.look is None, "a tile of no size is not looked at"
