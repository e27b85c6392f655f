"""An encoder is believed what it shows: each packet at once, key frames when asked for, a picture like its source."""

from __future__ import annotations

import math

import pytest

from app.media.video import hardware
from app.media.video.encoder import context
from app.media.video.h264 import x264
from app.media.video.hardware import BITRATE, FPS, HEIGHT, WIDTH, Trial, choose, tried

SIZE = WIDTH, HEIGHT, FPS, BITRATE


def test_one_that_does_all_of_it_passes() -> None:
    trial = tried(x264(*SIZE))
    assert not trial.problem
    assert 0 < trial.cpu_s < 1


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"preset": "ultrafast", "rc-lookahead": "5", "bf": "0"}, "0 packets"),
        ({"preset": "ultrafast", "tune": "zerolatency", "g": "4"}, "should not be a key frame"),
        ({"preset": "ultrafast", "tune": "zerolatency", "qp": "51"}, "does not look like"),
        ({"preset": "no such thing"}, "does not work"),
    ],
)
def test_one_that_fails_in_any_of_it_is_found_out(options: dict[str, str], problem: str) -> None:
    assert problem in tried(context("libx264", *SIZE, options)).problem


def test_the_cheapest_is_chosen_and_none_that_saves_little_or_is_slow() -> None:
    software = Trial(cpu_s=0.005, wall_s=0.005)
    found = {
        "refused": Trial(problem="it does not work"),
        "slow": Trial(cpu_s=0.0001, wall_s=0.05),
        "dear": Trial(cpu_s=0.0045, wall_s=0.005),
        "good": Trial(cpu_s=0.002, wall_s=0.006),
        "better": Trial(cpu_s=0.001, wall_s=0.008),
    }
    assert choose(found, software) == "better"
    assert choose({"dear": found["dear"], "refused": found["refused"]}, software) is None


def test_what_cannot_be_measured_is_not_called_cheaper() -> None:
    assert choose({"any": Trial(cpu_s=0.0, wall_s=0.001)}, Trial(cpu_s=0.0, wall_s=0.001)) is None


class Ticks:
    """A thread's time as Windows counts it: in whole ticks, of which a frame costs one now and then."""

    TICK_S = 1 / 64

    def __init__(self, frame_s: float, opening_s: float = 0.0) -> None:
        self.asked = 0
        self._frame_s = frame_s
        self._opening_s = opening_s

    def __call__(self) -> float:
        """Before and after each frame."""
        self.asked += 1
        encoded = self.asked // 2
        spent = encoded * self._frame_s + (self._opening_s if encoded else 0)
        return math.floor(spent / self.TICK_S) * self.TICK_S

    @property
    def frames(self) -> int:
        return self.asked // 2


@pytest.mark.parametrize("frame_s", [0.0054, 0.002])
def test_a_clock_that_ticks_slowly_is_asked_for_longer(frame_s: float) -> None:
    ticks = Ticks(frame_s)
    trial = tried(x264(*SIZE), ticks)
    assert trial.cpu_s == pytest.approx(frame_s, abs=2 * Ticks.TICK_S / (ticks.frames - 1))
    assert trial.cpu_s > 0
    dear, cheap = (Trial(cpu_s=cost, wall_s=0.001) for cost in (frame_s, frame_s / 3))
    assert choose({"dear": dear, "cheap": cheap}, trial) == "cheap"
    assert choose({"dear": dear}, trial) is None


def test_one_that_shows_each_frame_is_not_asked_for_longer_nor_is_the_opening_counted() -> None:
    ticks = Ticks(0.02, opening_s=3.0)
    assert tried(x264(*SIZE), ticks).cpu_s == pytest.approx(0.02, rel=0.1)
    assert ticks.frames == hardware.FRAMES


@pytest.mark.parametrize("name", hardware.candidates())
def test_whatever_this_computer_has_it_works_or_says_why_not(name: str) -> None:
    trial = tried(hardware.h264(name, *SIZE))
    assert trial.problem or trial.cpu_s > 0
