from __future__ import annotations

from dataclasses import replace

import pytest

from app.room.state import Link, Participant, Phase, RoomState, Switch
from app.ui.room.face import Face, Own, Show, face_of, own_face
from tests.ui.room.own_room import LENA, SESSION, somebody

ADA = somebody("Ada Okoye")


def seen(participant: Participant) -> Face:
    return face_of(participant, RoomState(me=LENA, session=SESSION), Own())


@pytest.mark.parametrize(
    ("known", "show"),
    [
        (ADA, Show.PICTURE),
        (replace(ADA, has_picture=False), Show.PICTURE),
        (replace(ADA, video=False), Show.AVATAR),
        (replace(ADA, video=None, has_picture=False), Show.AVATAR),
        (replace(ADA, video=None), Show.PICTURE),
        (replace(ADA, phase=Phase.NEW, has_picture=False), Show.CONNECTING),
        (replace(ADA, phase=Phase.CANDIDATES, has_picture=False, attempt=1), Show.CONNECTING),
        (replace(ADA, phase=Phase.OFFER_SENT, has_picture=False, attempt=2), Show.RECONNECTING),
        (replace(ADA, phase=Phase.RECONNECTING, attempt=2), Show.RECONNECTING),
        (replace(ADA, phase=Phase.FAILED), Show.FAILED),
    ],
)
def test_what_fills_the_tile(known: Participant, show: Show) -> None:
    assert seen(known).show is show


def test_it_is_said_in_words() -> None:
    face = seen(somebody("Ada Okoye", audio=False, video=False, is_tutor=True))
    assert face.spoken == "Ada Okoye · tutor, microphone off, camera off"
    assert seen(replace(ADA, speaking=True)).spoken == "Ada Okoye, speaking, camera on"
    assert "not" not in seen(replace(ADA, audio=None)).spoken


def test_a_guest_is_marked_and_never_as_tutor() -> None:
    assert seen(replace(ADA, verified=False, is_tutor=True)).label == "Ada Okoye · guest"


def test_reconnecting_counts_from_the_second_try() -> None:
    assert seen(replace(ADA, phase=Phase.RECONNECTING, attempt=1)).try_words == ""
    assert seen(replace(ADA, phase=Phase.RECONNECTING, attempt=2)).try_words == "Try 2"


def test_nobody_speaks_with_the_microphone_off() -> None:
    assert not seen(replace(ADA, speaking=True, audio=False)).speaking


def test_names_are_made_harmless() -> None:
    assert seen(replace(ADA, name="  <b>\u202eAda</b>\n ")).name == "<b>Ada</b>"
    assert seen(replace(ADA, name="\u200b")).name == "Somebody"


def test_our_own_shows_what_is_not_what_was_asked_for() -> None:
    state = RoomState(
        me=LENA, session=SESSION, link=Link.ONLINE, camera=Switch(True, False), microphone=Switch(True, True)
    )
    face = own_face(replace(state, speaking=True), Own())
    assert (face.label, face.show, face.camera_off, face.muted, face.speaking) == (
        "You",
        Show.AVATAR,
        True,
        False,
        True,
    )
    assert own_face(replace(state, camera=Switch(True, True)), Own()).show is Show.PICTURE
