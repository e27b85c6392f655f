"""The npm packages that a test folder asks for, installed once into a cache outside the tree.

Promises: a folder of the cache is whole or absent (it is filled aside and renamed into place), and is named by the hash
of the ``package.json`` it was made from, so that a changed one is installed anew. What is missing is said in words.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

INSTALL_S = 180.0


class MissingToolError(RuntimeError):
    """A program that these tests stand on is not on this machine."""

    def __init__(self, program: str, package: str) -> None:
        super().__init__(f"{program} was not found: install Debian's package {package} (./dev test does)")


def tool(program: str, package: str) -> Path:
    """Where ``program`` is.

    Raises:
        MissingToolError: it is not on this machine; ``package`` would bring it.
    """
    found = shutil.which(program)
    if found is None:
        raise MissingToolError(program, package)
    return Path(found)


def installed(folder: Path) -> Path:
    """The folder, outside the tree, whose ``node_modules`` holds what ``folder/package.json`` names.

    Raises:
        MissingToolError: there is no npm.
        RuntimeError: npm could not install; its own words are in the message.
    """
    wanted = (folder / "package.json").read_bytes()
    place = user_cache_path("deskmates-tests") / "npm" / hashlib.sha256(wanted).hexdigest()[:20]
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        _install(wanted, place)
    return place


def _install(wanted: bytes, place: Path) -> None:
    npm = tool("npm", "npm")
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="new-") as aside:
        fresh = Path(aside) / "whole"
        fresh.mkdir()
        (fresh / "package.json").write_bytes(wanted)
        command = [str(npm), "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=fresh, capture_output=True, text=True, timeout=INSTALL_S, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"npm install failed:\n{done.stdout}\n{done.stderr}")
        try:
            fresh.rename(place)
        except OSError:
            if not place.exists():  # else another test run was faster, and its folder is as good
                raise
