"""Of a voice everything is sent, of a pause its beginning and then something now and then."""

from __future__ import annotations

from app.media.audio.pauses import FIRST, ONE_IN, Pause

VOICE, REST = bytes(60), b"\0"


def sent(pause: Pause, payloads: list[bytes]) -> list[int]:
    return [index for index, payload in enumerate(payloads) if pause.sends(payload)]


def test_a_voice_is_sent_whole() -> None:
    assert sent(Pause(), [VOICE] * 50) == list(range(50))


def test_of_a_pause_the_beginning_is_sent_and_then_a_few() -> None:
    places = sent(Pause(), [VOICE] + [REST] * 40)
    assert places == [0, *range(1, FIRST + 1), ONE_IN, 2 * ONE_IN, 3 * ONE_IN, 4 * ONE_IN]


def test_each_pause_begins_anew() -> None:
    turn = [VOICE] + [REST] * (ONE_IN - 1)
    assert len(sent(Pause(), turn * 3)) == 3 * (1 + FIRST)
