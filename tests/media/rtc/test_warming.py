"""What the first handshake needs is ready before it, and nobody waits for that."""

from __future__ import annotations

import logging

import pytest

from app.media.rtc import names
from app.media.rtc.warming import warm_up


def test_it_is_done_once_and_ends_by_itself() -> None:
    first = warm_up()
    first.join(30)
    assert not first.is_alive()
    assert warm_up() is first


def test_what_cannot_be_prepared_is_told_and_no_more(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    warm_up.cache_clear()
    monkeypatch.setattr(names, "DTLS_CONTEXT", "of_no_such_name")
    with caplog.at_level(logging.ERROR):
        warm_up().join(30)
    assert [one.message for one in caplog.records] == ["could not prepare for connections"]
    caplog.clear()
    warm_up.cache_clear()
