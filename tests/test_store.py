"""Covers app/store.py."""

from __future__ import annotations

import pytest

from app.store import Store


def test_subscribers_hear_changes_only_and_in_order() -> None:
    store = Store(1)
    heard: list[tuple[str, int]] = []
    store.subscribe(lambda state: heard.append(("first", state)))
    end = store.subscribe(lambda state: heard.append(("second", state)))
    store.set(1)
    store.apply(lambda state: state + 1)
    end()
    store.set(3)
    assert heard == [("first", 2), ("second", 2), ("first", 3)]


@pytest.mark.expects_log("a subscriber failed")
def test_a_failing_subscriber_does_not_deafen_the_others(caplog: pytest.LogCaptureFixture) -> None:
    store = Store("")
    heard: list[str] = []

    def fail(_: str) -> None:
        raise ZeroDivisionError

    store.subscribe(fail)
    store.subscribe(heard.append)
    store.set("on")
    assert heard == ["on"]
    assert "a subscriber failed" in caplog.text
