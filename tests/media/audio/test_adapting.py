"""The voice costs less where the path carries less, and is protected more where more is lost."""

from __future__ import annotations

from app.media.audio.adapting import HIGHEST_LOSS, LEAST, WHOLE, Adaptation, Effort
from app.media.audio.encoders import BITRATE, EXPECTED_LOSS


def test_a_clean_network_gets_the_best_voice() -> None:
    adaptation = Adaptation()
    assert adaptation.effort() == Effort(BITRATE, EXPECTED_LOSS)
    adaptation.reported("a", 0.0, WHOLE)
    adaptation.limited("a", 5_000_000)
    assert adaptation.effort() == Effort(BITRATE, EXPECTED_LOSS)


def test_the_worst_receiver_decides_until_it_goes() -> None:
    adaptation = Adaptation()
    adaptation.reported("a", 0.0, WHOLE)
    for _ in range(30):
        adaptation.reported("b", 0.2, WHOLE)
    assert adaptation.effort() == Effort(32_000, 20)
    adaptation.gone("b")
    assert adaptation.effort() == Effort()


def test_one_bad_report_is_no_bad_network_and_everything_has_a_limit() -> None:
    adaptation = Adaptation()
    adaptation.reported("a", 0.0, WHOLE)
    adaptation.reported("a", 0.3, WHOLE)
    assert adaptation.effort().bitrate == BITRATE
    for _ in range(50):
        adaptation.reported("a", 2.0, WHOLE)
    assert adaptation.effort() == Effort(24_000, HIGHEST_LOSS)
    adaptation.limited("a", 1)
    assert adaptation.effort().bitrate == LEAST


def test_a_thin_path_is_shared_with_the_pictures() -> None:
    adaptation = Adaptation()
    adaptation.limited("a", 100_000)
    adaptation.limited("b", 1_000_000)
    assert adaptation.effort().bitrate == 25_000


def test_a_thin_path_that_is_gone_costs_nobody_anything() -> None:
    adaptation = Adaptation()
    adaptation.limited("far", 40_000)
    assert adaptation.effort() == Effort(LEAST)
    adaptation.gone("far")
    assert adaptation.effort() == Effort()


def test_what_is_lost_of_a_pause_tells_little() -> None:
    adaptation = Adaptation()
    for turn in range(60):
        adaptation.reported("a", 0.2 if turn % 10 == 0 else 0.0, 5)
    assert adaptation.effort() == Effort()
