"""The one command that sets everything up: two at once, and where nobody may install anything."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).parents[1] / "dev"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project that needs nothing."""
    shutil.copy(DEV, tmp_path / "dev")
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.py").write_text("import sys; print('ran with', *sys.argv[1:])")
    return tmp_path


@pytest.fixture
def dev(checkout: Path) -> ModuleType:
    loader = SourceFileLoader("dev", str(checkout / "dev"))
    spec = spec_from_loader("dev", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_two_terminals_may_set_up_one_folder_at_once(checkout: Path) -> None:
    command = [sys.executable, "dev", "run", "server"]
    both = [
        subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    ends = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], ends
    assert [out for out, _ in ends] == ["ran with server\n"] * 2
    assert sum("Making a virtual environment" in said for _, said in ends) == 1


def test_a_stamp_that_is_none_and_a_folder_that_was_moved_are_seen(dev: ModuleType) -> None:
    dev.VENV.mkdir()
    for written in ("null", "[1, 2]", "{"):
        dev.STAMP.write_text(written)
        assert dev.read_stamp() == {}
    dev.PYTHON.parent.mkdir()
    dev.PYTHON.touch()
    stamp = {"python": "3.13", "root": str(dev.ROOT)}
    assert dev.is_made(json.loads(json.dumps(stamp)))
    assert not dev.is_made({**stamp, "root": "/elsewhere"})


def test_who_may_install_nothing_may_start_the_app(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    refusing = tmp_path / "bin" / "sudo"
    refusing.parent.mkdir()
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", str(refusing.parent), prepend=":")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(dev, "missing_packages", lambda purpose: ["fonts-noto-color-emoji"])
    assert not dev.install_system_packages("run")
    assert "Please install with your administrator's rights" in capfd.readouterr().err
    with pytest.raises(SystemExit):
        dev.install_system_packages("test")
