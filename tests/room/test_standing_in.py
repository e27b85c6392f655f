"""Covers app/room/standing_in.py: what stands in for what, step by step."""

from __future__ import annotations

from app.media.devices import Device, DeviceKind
from app.room.standing_in import Looked, Turn, Use, looked


def plugged(*names: str, default: str) -> list[Device]:
    return [Device(one.lower(), one, DeviceKind.MICROPHONE, one == default) for one in names]


def test_the_default_stands_in_until_the_chosen_one_is_back() -> None:
    use = looked(Use().choosing("headset"), plugged("Headset", "Built-in", default="Built-in")).use
    gone = looked(use, plugged("Built-in", default="Built-in"))
    assert (gone.turn, gone.gone, gone.now, gone.use.used) == (Turn.REPLACED, "Headset", "Built-in", "")
    assert looked(gone.use, plugged("Built-in", default="Built-in")).turn is Turn.NOTHING, "told once"
    back = looked(gone.use, plugged("Headset", "Built-in", default="Built-in"))
    assert (back.turn, back.now, back.use.used) == (Turn.BACK, "Headset", "headset")


def test_one_that_was_never_there_is_replaced_at_the_first_look() -> None:
    found = looked(Use().choosing("headset"), plugged("Built-in", default="Built-in"))
    assert (found.turn, found.gone, found.now) == (Turn.REPLACED, "", "Built-in")


def test_where_nothing_is_there_nothing_stands_in() -> None:
    use = Use().choosing("headset")
    assert looked(use, []) == Looked(use)
    assert looked(use, plugged("Headset", default="Headset")).turn is Turn.NOTHING


def test_the_default_is_followed_where_it_was_chosen() -> None:
    use = looked(Use(), plugged("Headset", "Built-in", default="Built-in")).use
    other = looked(use, plugged("Headset", "Built-in", default="Headset"))
    assert (other.turn, other.now, other.use.used) == (Turn.FOLLOWED, "Headset", "")
    gone = looked(other.use, plugged("Built-in", default="Built-in"))
    assert (gone.turn, gone.gone, gone.now) == (Turn.REPLACED, "Headset", "Built-in")


def test_a_new_default_is_nothing_to_a_device_that_was_chosen() -> None:
    use = looked(Use().choosing("headset"), plugged("Headset", "Built-in", default="Built-in")).use
    assert looked(use, plugged("Headset", "Built-in", "Desk", default="Desk")).turn is Turn.NOTHING


def test_a_stand_in_follows_the_default_too() -> None:
    use = looked(Use().choosing("headset"), plugged("Built-in", default="Built-in")).use
    other = looked(use, plugged("Built-in", "Desk", default="Desk"))
    assert (other.turn, other.now, other.use.used) == (Turn.FOLLOWED, "Desk", "")


def test_the_name_of_what_was_chosen_before_is_not_said_of_what_is_missing_now() -> None:
    use = looked(Use().choosing("headset"), plugged("Headset", "Built-in", default="Built-in")).use
    found = looked(use.choosing("desk"), plugged("Headset", "Built-in", default="Built-in"))
    assert (found.turn, found.gone, found.now) == (Turn.REPLACED, "", "Built-in")
