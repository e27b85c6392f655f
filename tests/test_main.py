"""What the command line does before any command."""

from __future__ import annotations

import os
import sys

import pytest

from app.main import main


@pytest.mark.parametrize(
    ("frozen", "platform", "before", "after"),
    [
        (True, "linux", {"LD_LIBRARY_PATH": "/bundle"}, {}),
        (
            True,
            "linux",
            {"LD_LIBRARY_PATH": "/bundle:/opt", "LD_LIBRARY_PATH_ORIG": "/opt"},
            {"LD_LIBRARY_PATH": "/opt"},
        ),
        (True, "darwin", {"LD_LIBRARY_PATH": "/opt"}, {"LD_LIBRARY_PATH": "/opt"}),
        (False, "linux", {"LD_LIBRARY_PATH": "/opt"}, {"LD_LIBRARY_PATH": "/opt"}),
    ],
)
def test_other_programs_do_not_inherit_the_bundles_libraries(
    monkeypatch: pytest.MonkeyPatch, frozen: bool, platform: str, before: dict[str, str], after: dict[str, str]
) -> None:
    environment = dict(before)
    monkeypatch.setattr(os, "environ", environment)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    assert main(["--version"]) == 0
    assert environment == after
