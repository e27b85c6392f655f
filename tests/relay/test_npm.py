"""What a folder of tests needs from npm is installed whole or not at all, and what is missing is said in words."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from tests.relay import npm


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    place = tmp_path / "cache"
    monkeypatch.setattr(npm, "user_cache_path", lambda name: place / name)
    return place


def wishes(folder: Path, **dependencies: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text(json.dumps({"name": "wishes", "private": True, "dependencies": dependencies}))
    return folder


def packed(target: Path, name: str) -> Path:
    """A package as npm takes it: a tarball, so that no registry is asked."""
    about = json.dumps({"name": name, "version": "1.0.0"}).encode()
    entry = tarfile.TarInfo("package/package.json")
    entry.size = len(about)
    with tarfile.open(target, "w:gz") as archive:
        archive.addfile(entry, io.BytesIO(about))
    return target


def test_what_is_asked_for_is_installed_once_outside_the_tree(tmp_path: Path) -> None:
    local = packed(tmp_path / "a-package.tgz", "a-package")
    folder = wishes(tmp_path / "wishes", **{"a-package": f"file:{local}"})
    place = npm.installed(folder)
    assert (place / "node_modules" / "a-package" / "package.json").exists()
    assert [one.name for one in folder.iterdir()] == ["package.json"]
    (place / "mark").touch()
    assert (npm.installed(folder) / "mark").exists(), "installed a second time"


def test_other_wishes_get_another_place(tmp_path: Path) -> None:
    folder = wishes(tmp_path / "wishes")
    before = npm.installed(folder)
    local = packed(tmp_path / "a-package.tgz", "a-package")
    assert npm.installed(wishes(folder, **{"a-package": f"file:{local}"})) != before


def test_a_failed_installation_is_told_and_leaves_nothing(tmp_path: Path, cache: Path) -> None:
    local = tmp_path / "a-package.tgz"
    local.write_bytes(b"not a tarball")
    with pytest.raises(RuntimeError, match="npm install failed"):
        npm.installed(wishes(tmp_path / "wishes", **{"a-package": f"file:{local}"}))
    assert [one for one in cache.rglob("*") if one.is_file()] == []


def test_a_missing_program_is_named_with_the_package_that_brings_it() -> None:
    with pytest.raises(npm.MissingToolError, match=r"no-such-browser was not found: install Debian's package chromium"):
        npm.tool("no-such-browser", "chromium")
