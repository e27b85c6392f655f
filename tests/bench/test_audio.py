"""The audio benchmark prints what it promises, and its figures can be wrong."""

from __future__ import annotations

import json

import numpy as np
import pytest

from app.media.audio.sound import FRAME, RATE
from bench import _lossy_path, _real_path, audio
from bench._place import meeting_place
from bench._stoi import intelligibility
from bench._talk import sentences
from tests.media.audio.cards import missing
from tests.media.audio.signals import speech, tone

KEYS = (
    *("erleDb", "erleAfterJumpDb", "mouthToEarMs", "mouthToEarRatio", "speechScoreRatio"),
    *("lossPlayed", "bufferP95Ms", "lipSyncMs", "driftMs", "cores3Peers"),
)


def test_the_echo_part_fills_its_figures_and_leaves_the_others_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert audio.main(["--only", "echo"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert tuple(printed) == KEYS
    assert printed["erleDb"] >= 35
    assert printed["erleAfterJumpDb"] >= 30
    assert printed["driftMs"] is printed["mouthToEarRatio"] is None
    assert printed["lipSyncMs"] == {"held": None, "atOnce": None}
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
    assert 20 < heard.delay_ms < 700
    assert heard.score > 0.45, "another sentence scores 0.2"


def test_silence_and_clicks_in_a_tone_are_found() -> None:
    sound = tone(2.0, _lossy_path.FREQUENCY, _lossy_path.PEAK)
    assert _lossy_path.broken(sound) == 0.0
    hurt = sound.copy()
    hurt[RATE // 2 : RATE // 2 + 5 * FRAME] = 0
    hurt[RATE:] = sound[100 : RATE + 100]
    frames = len(sound) // FRAME
    assert 6 / frames <= _lossy_path.broken(hurt) <= 9 / frames


async def test_a_tone_comes_over_a_bad_path() -> None:
    """Real sockets; bounds that a busy machine keeps, too. Delay is held where time is simulated (test_playout.py)."""
    passage = await _lossy_path.passage(10, 4.0)
    assert passage.played >= 0.95
    assert passage.broken < 0.25, "played and made up, but not silent or clicking"
