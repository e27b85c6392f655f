"""Decoded pictures are held until they are due, a few of them, and only while somebody looks."""

from __future__ import annotations

import time

from av import VideoFrame

from app.media.slot import FrameSlot
from app.media.sync import LipSync
from app.media.video.incoming import HELD, VideoIn

DARKEST, STEP = 40, 10


class Timetable(LipSync):
    """Holds each picture for as long as it is told."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.hold_s = 0.0

    def due(self, timestamp: int, now: float) -> float:
        return now + self.hold_s


class Rig:
    def __init__(self, hold_s: float) -> None:
        self.slot = FrameSlot()
        self.slot.show(16, 16)
        self.times = Timetable()
        self.times.hold_s = hold_s
        self.incoming = VideoIn(self.slot, self.times)

    def decode(self, *numbers: int, more: bool = False) -> None:
        """Pictures whose gray says their number."""
        for number in numbers:
            frame = VideoFrame(64, 64, "yuv420p")
            for plane, value in zip(frame.planes, (DARKEST + STEP * number, 128, 128), strict=True):
                plane.update(bytes([value]) * plane.buffer_size)
            frame.pts = number * 3000
            self.incoming.frame(frame, more=more)

    def shown(self) -> int | None:
        """The number of the picture in the slot; None: there is no new one."""
        picture = self.slot.take()
        return None if picture is None else round((picture.data[0] * 219 / 255 + 16 - DARKEST) / STEP)

    def wait_until_due(self) -> None:
        due = self.incoming.due()
        assert due is not None
        while time.monotonic() < due:
            time.sleep(max(0.0, due - time.monotonic()))


def test_what_is_due_now_is_shown_now() -> None:
    rig = Rig(0.0)
    rig.decode(1)
    assert rig.shown() == 1
    assert rig.incoming.due() is None


def test_without_sound_to_wait_for_nothing_is_held() -> None:
    slot = FrameSlot()
    slot.show(16, 16)
    incoming = VideoIn(slot)
    incoming.frame(VideoFrame(64, 64, "yuv420p"), more=False)
    assert slot.take() is not None
    assert incoming.due() is None


def test_a_picture_is_shown_when_it_is_due_and_counted_when_it_is_decoded() -> None:
    rig = Rig(0.5)
    rig.decode(1)
    assert rig.incoming.figures().frames == 1
    assert rig.incoming.figures().held_ms is None
    rig.incoming.show()
    assert rig.shown() is None, "not yet"
    rig.wait_until_due()
    rig.incoming.show()
    assert rig.shown() == 1
    assert rig.incoming.due() is None
    held = rig.incoming.figures().held_ms
    assert held is not None
    assert held[0] >= 500


def test_of_what_is_due_only_the_newest_is_shown() -> None:
    rig = Rig(0.02)
    rig.decode(1, 2, more=True)
    rig.wait_until_due()
    rig.wait_until_due()
    time.sleep(0.001)
    rig.incoming.show()
    assert rig.shown() == 2
    assert rig.incoming.due() is None


def test_pictures_do_not_overtake_each_other() -> None:
    rig = Rig(600.0)
    rig.decode(1)
    rig.times.hold_s = 0.0
    rig.decode(2)
    assert rig.shown() is None


def test_more_than_a_few_are_not_held_and_the_oldest_goes_first() -> None:
    rig = Rig(600.0)
    rig.decode(*range(HELD))
    assert rig.shown() is None
    rig.decode(HELD)
    assert rig.shown() == 0
    rig.decode(HELD + 1)
    assert rig.shown() == 1


def test_nothing_is_held_while_nobody_looks() -> None:
    rig = Rig(600.0)
    rig.decode(1)
    rig.slot.hide()
    rig.decode(2)
    assert rig.incoming.due() is None
    assert rig.incoming.figures().frames == 2


def test_who_looks_away_meanwhile_is_shown_nothing_old() -> None:
    rig = Rig(0.01)
    rig.decode(1)
    rig.slot.hide()
    rig.wait_until_due()
    rig.incoming.show()
    rig.slot.show(16, 16)
    assert rig.shown() is None


def test_what_comes_while_more_wait_is_not_shown_where_nothing_is_held() -> None:
    rig = Rig(0.0)
    rig.decode(1, more=True)
    assert rig.shown() is None
