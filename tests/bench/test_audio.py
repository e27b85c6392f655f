"""The audio benchmark prints what it promises, and its figures can be wrong."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.media.audio.sound import RATE
from bench import _real_path, audio
from bench._place import meeting_place
from bench._stoi import intelligibility
from bench._talk import sentences
from tests.media.audio.cards import missing
from tests.media.audio.signals import speech

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
    assert "real-path" in capsys.readouterr().err


def test_a_known_delay_and_what_is_understood_are_found() -> None:
    said = [speech(2.0, seed=1), speech(2.5, seed=2)]
    delay, ahead = round(0.0873 * RATE), 700
    begins = [RATE, 4 * RATE]
    played = np.zeros(8 * RATE, np.int16)
    for sound, begin in zip(said, begins, strict=True):
        played[begin + ahead + delay :][: len(sound)] = sound // 2
    heard = _real_path.judged(said, begins, played, ahead)
    assert heard.delay_ms == pytest.approx(87.3, abs=0.1)
    assert heard.score > 0.999
    noise = np.random.default_rng(1).standard_normal(len(played)) * 3000
    worse = _real_path.judged(said, begins, (played + noise).astype(np.int16), ahead)
    assert worse.delay_ms == pytest.approx(87.3, abs=0.1)
    assert worse.score < 0.9


def test_intelligibility_needs_speech() -> None:
    with pytest.raises(ValueError, match="too little"):
        intelligibility(speech(0.2), speech(0.2))


@pytest.mark.timeout(180)
@pytest.mark.skipif(bool(missing()), reason="no PulseAudio on this machine")
async def test_a_sentence_goes_from_a_microphone_to_the_others_loudspeaker() -> None:
    """Two participants, two virtual sound cards, real time. Bounds that a busy machine keeps, too."""
    async with meeting_place() as place:
        heard = await _real_path.ours(place, sentences()[:2])
    assert len(heard.delays_ms) == 2
    assert 20 < heard.delay_ms < 400
    assert heard.score > 0.75
