"""Of a voice everything is sent, of a pause its beginning and then something now and then."""

from __future__ import annotations

from app.media.audio.pauses import APART, FIRST, VOICE, Pause

LONG, SHORT = bytes(60), b"\0"


def sent(pause: Pause, payloads: list[bytes]) -> list[int]:
    return [index for index, payload in enumerate(payloads) if pause.sends(payload)]


def test_a_voice_is_sent_whole() -> None:
    assert sent(Pause(), [LONG] * 50) == list(range(50))


def test_of_a_pause_the_beginning_is_sent_and_then_a_few() -> None:
    pause = Pause()
    assert sent(pause, [LONG] * VOICE + [SHORT] * FIRST) == list(range(VOICE + FIRST))
    assert sent(pause, [SHORT] * 4 * APART) == [APART - 1, 2 * APART - 1, 3 * APART - 1, 4 * APART - 1]


def test_after_refreshed_noise_one_tells_that_the_pause_goes_on() -> None:
    pause = Pause()
    sent(pause, [LONG] * VOICE + [SHORT] * FIRST)
    turn = [LONG] + [SHORT] * (APART - 1)
    assert sent(pause, turn * 3) == [0, 1, APART, APART + 1, 2 * APART, 2 * APART + 1]


def test_each_pause_begins_anew() -> None:
    turn = [LONG] * VOICE + [SHORT] * APART
    assert len(sent(Pause(), turn * 3)) == 3 * (VOICE + FIRST)


def test_what_is_not_to_be_sent_need_not_be_made() -> None:
    due = sent(Pause(), [SHORT] * 5 * APART)
    pause, place = Pause(), 0
    made: list[int] = []
    while place < 5 * APART:
        made.append(place)
        assert pause.sends(SHORT)
        left_out = pause.unsent
        pause.skip(left_out)
        place += 1 + left_out
    assert made == due
    sent(pause, [LONG] * VOICE)
    assert pause.unsent == 0, "somebody speaks"
