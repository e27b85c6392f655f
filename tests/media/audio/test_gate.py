"""Pauses become quieter, words do not, and nothing clicks."""

from __future__ import annotations

import numpy as np

from app.media.audio.gate import AUDIBLE_DB, CALM, FAINT_DB, FAINT_FRAMES, NOTHING, VOICE, Gate, QuietRoom
from app.media.audio.sound import FRAME

STEADY = np.full(FRAME, 4000, np.int16)


def test_it_closes_and_opens_without_a_step() -> None:
    gate = Gate()
    turns = [True, True, False, False, True, True]
    out = np.concatenate([gate.apply(STEADY, VOICE if speaks else CALM) for speaks in turns]).astype(int)
    assert (out[: 2 * FRAME] == 4000).all()
    assert (out[3 * FRAME : 4 * FRAME] == 4000 * CALM).all()
    assert (out[5 * FRAME :] == 4000).all()
    assert np.abs(np.diff(out)).max() < 25


def test_a_room_is_quiet_after_a_while_and_until_it_is_clearly_louder() -> None:
    room = QuietRoom()
    faint, between = FAINT_DB - 1, (FAINT_DB + AUDIBLE_DB) / 2
    assert [room.add(faint, speaks=False) for _ in range(FAINT_FRAMES)] == [False] * (FAINT_FRAMES - 1) + [True]
    assert room.add(between, speaks=False)
    assert not room.add(AUDIBLE_DB + 1, speaks=False)
    assert not any(room.add(between, speaks=False) for _ in range(2 * FAINT_FRAMES))


def test_who_speaks_softly_is_no_quiet_room() -> None:
    room = QuietRoom()
    for _ in range(2 * FAINT_FRAMES):
        room.add(FAINT_DB - 1, speaks=False)
    assert not room.add(FAINT_DB - 1, speaks=True)
    assert not room.add(FAINT_DB - 1, speaks=False), "the end of a word"


def test_it_becomes_nothing_without_a_step() -> None:
    gate = Gate()
    out = np.concatenate([gate.apply(STEADY, wanted) for wanted in (CALM, CALM, NOTHING, NOTHING, CALM)]).astype(int)
    assert not out[3 * FRAME : 4 * FRAME].any()
    assert np.abs(np.diff(out[FRAME:])).max() < 25


def test_what_is_made_far_too_loud_does_not_wrap_around() -> None:
    gate, loud = Gate(), np.full(FRAME, 30_000, np.int16)
    gliding, steady = gate.apply(loud, 4.0), gate.apply(loud, 4.0)
    assert gliding.min() > 25_000
    assert steady.min() > 30_000
