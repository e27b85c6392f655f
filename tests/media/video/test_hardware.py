"""An encoder is believed what it shows: each packet at once, key frames when asked for, a picture like its source."""

from __future__ import annotations

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


@pytest.mark.parametrize("name", hardware.candidates())
def test_whatever_this_computer_has_it_works_or_says_why_not(name: str) -> None:
    trial = tried(hardware.h264(name, *SIZE))
    assert trial.problem or trial.cpu_s > 0
