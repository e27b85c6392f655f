"""Covers app/forgetting.py."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from app.forgetting import delete


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("words")
    return folder


def test_all_is_deleted_besides_one_folder(tmp_path: Path) -> None:
    data = filled(tmp_path / "Deskmates", "settings.json", "server/chat.db", "Logs/deskmates.log")
    config = filled(tmp_path / "config", "settings.json")
    delete((data, config), besides=data / "Logs")
    assert sorted(tmp_path.rglob("*")) == [data, data / "Logs", data / "Logs" / "deskmates.log"]


def test_where_it_stands_elsewhere_nothing_is_left(tmp_path: Path) -> None:
    data, log = filled(tmp_path / "data", "a/b"), filled(tmp_path / "log", "deskmates.log")
    delete((data, data, tmp_path / "never made"), besides=log)
    assert sorted(tmp_path.rglob("*")) == [log, log / "deskmates.log"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_a_link_leads_to_is_not_ours(tmp_path: Path) -> None:
    other = filled(tmp_path / "other", "thesis")
    data = filled(tmp_path / "data", "a")
    (data / "link").symlink_to(other)
    delete((data,), besides=tmp_path / "log")
    assert sorted(tmp_path.rglob("*")) == [other, other / "thesis"]


def test_what_cannot_be_deleted_does_not_keep_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = filled(tmp_path / "data", "a/free", "b/open", "c/free", "d")
    unlink = os.unlink

    def refuse_open(path: str | Path, **where: Any) -> None:
        """As Windows does."""
        if os.fspath(path).endswith("open"):
            raise PermissionError("in use")
        unlink(path, **where)

    monkeypatch.setattr(os, "unlink", refuse_open)
    with pytest.raises(PermissionError):
        delete((data,), besides=tmp_path / "log")
    assert sorted(tmp_path.rglob("*")) == [data, data / "b", data / "b" / "open"]
