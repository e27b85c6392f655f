"""How good a connection is, from traces of what was measured."""

from __future__ import annotations

import pytest

from app.media.figures import AudioFigures, PeerFigures, VideoFigures
from app.room.quality import QualityWatch
from app.room.state import Quality


def trace(watch: QualityWatch, seconds: float, *, concealed: float = 0.0, frozen: float = 0.0) -> Quality:
    """Feed a steady connection; ``concealed`` and ``frozen`` are shares of the time."""
    verdict = Quality.UNKNOWN
    for step in range(round(seconds * 5) + 1):
        now = step / 5
        figures = PeerFigures(
            VideoFigures(freeze_ms=1000 * now * frozen), AudioFigures(frames_concealed=round(50 * now * concealed))
        )
        verdict = watch.seen(figures, now, has_sound=True, has_picture=True)
    return verdict


@pytest.mark.parametrize(
    ("concealed", "frozen", "verdict"),
    [
        (0.0, 0.0, Quality.GOOD),
        (0.01, 0.02, Quality.GOOD),
        (0.04, 0.0, Quality.FAIR),
        (0.0, 0.1, Quality.FAIR),
        (0.2, 0.0, Quality.POOR),
        (0.0, 0.3, Quality.POOR),
    ],
)
def test_the_verdict_follows_what_is_missing(concealed: float, frozen: float, verdict: Quality) -> None:
    assert trace(QualityWatch(), 6, concealed=concealed, frozen=frozen) is verdict


def test_a_moment_is_too_short_to_judge() -> None:
    assert trace(QualityWatch(), 1, concealed=0.5) is Quality.UNKNOWN


def test_what_was_bad_is_forgotten() -> None:
    watch = QualityWatch()
    assert trace(watch, 6, concealed=0.2) is Quality.POOR
    bad = PeerFigures(audio=AudioFigures(frames_concealed=60))
    verdicts = [watch.seen(bad, 6 + step / 5, has_sound=True, has_picture=True) for step in range(30)]
    assert verdicts[-1] is Quality.GOOD


def test_a_rebuilt_connection_is_judged_anew() -> None:
    watch = QualityWatch()
    trace(watch, 6, concealed=0.2)
    assert watch.seen(PeerFigures(), 6.2, has_sound=True, has_picture=True) is Quality.UNKNOWN


def test_who_sends_nothing_is_not_judged() -> None:
    figures = PeerFigures(audio=AudioFigures(frames_concealed=900))
    watch = QualityWatch()
    trace(watch, 6)
    assert watch.seen(figures, 7, has_sound=False, has_picture=False) is Quality.UNKNOWN
    assert watch.seen(None, 7, has_sound=True, has_picture=True) is Quality.UNKNOWN


def test_sound_that_is_not_sent_is_not_missed() -> None:
    watch = QualityWatch()
    verdicts = [
        watch.seen(
            PeerFigures(audio=AudioFigures(frames_concealed=10 * step)), step / 5, has_sound=False, has_picture=True
        )
        for step in range(31)
    ]
    assert verdicts[-1] is Quality.GOOD


def test_a_picture_that_is_not_sent_is_not_missed() -> None:
    watch = QualityWatch()
    frozen = [PeerFigures(VideoFigures(freeze_ms=200.0 * step)) for step in range(31)]
    verdicts = [watch.seen(one, step / 5, has_sound=True, has_picture=False) for step, one in enumerate(frozen)]
    assert verdicts[-1] is Quality.GOOD


def test_a_rebuilt_connection_is_known_by_its_pictures_too() -> None:
    watch = QualityWatch()
    trace(watch, 6, frozen=0.3)
    assert watch.seen(PeerFigures(), 6.2, has_sound=True, has_picture=True) is Quality.UNKNOWN


def test_who_begins_to_send_again_is_judged_anew() -> None:
    watch, figures = QualityWatch(), PeerFigures(audio=AudioFigures(frames_concealed=60))
    trace(watch, 6, concealed=0.2)
    watch.seen(figures, 6.2, has_sound=False, has_picture=False)
    assert watch.seen(figures, 6.4, has_sound=True, has_picture=True) is Quality.UNKNOWN


def test_however_often_it_is_asked_the_last_seconds_count() -> None:
    watch, verdict = QualityWatch(), Quality.UNKNOWN
    for step in range(80):  # four seconds, of which the first was bad
        figures = PeerFigures(audio=AudioFigures(frames_concealed=min(step, 20)))
        verdict = watch.seen(figures, step / 20, has_sound=True, has_picture=True)
    assert verdict is Quality.POOR
