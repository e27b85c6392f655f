"""The audio benchmark prints what it promises, and its figures can be wrong."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.media.audio.sound import RATE
from bench import _mouth_to_ear, audio

KEYS = (
    *("erleDb", "erleAfterJumpDb", "mouthToEarMs", "mouthToEarRatio", "speechScoreRatio"),
    *("lossPlayed", "bufferP95Ms", "driftMs", "cores3Peers"),
)


def test_the_echo_part_fills_its_figures_and_leaves_the_others_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert audio.main(["--only", "echo"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert tuple(printed) == KEYS
    assert printed["erleDb"] >= 35
    assert printed["erleAfterJumpDb"] >= 30
    assert printed["driftMs"] is printed["mouthToEarRatio"] is None
    assert printed["lossPlayed"] == {"5": None, "10": None, "20": None}


def test_an_unknown_part_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        audio.main(["--only", "echo,smell"])
    assert "mouth-to-ear" in capsys.readouterr().err


def test_a_known_delay_is_found() -> None:
    said = (np.random.default_rng(1).standard_normal(6 * RATE) * 3000).astype(np.int16)
    heard = np.concatenate((np.zeros(RATE + round(0.0873 * RATE), np.int16), said))
    found = _mouth_to_ear.delay_of(said, heard, 2 * RATE, RATE)
    assert found == pytest.approx(87.3, abs=0.1)
    assert _mouth_to_ear.delay_of(said, np.zeros_like(heard), 2 * RATE, RATE) is None
