"""The comparison of codecs measures what the app uses, and tells a good picture from a bad one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.media.video.codecs import CAMERA
from app.media.video.h264 import x264
from app.media.video.vp8 import COARSEST, vp8
from bench import _clip, codecs

FORM = _clip.Format(320, 180, 10)


def test_the_stars_are_what_the_app_uses() -> None:
    for name, ours in (("x264 *", x264(320, 180, 10, 200_000)), ("VP8 *", vp8(320, 180, 10, 200_000, COARSEST, {}))):
        theirs = codecs.CANDIDATES[name].make(FORM, 200_000)
        assert (theirs.name, theirs.options, theirs.qmax) == (ours.name, ours.options, ours.qmax)
    assert {one.codec for one in codecs.CANDIDATES.values()} == set(CAMERA)


def test_more_bits_are_a_better_picture(tmp_path: Path) -> None:
    noise = np.random.default_rng(1)
    pictures = [noise.integers(90, 160, FORM.frame_bytes, dtype=np.uint8) for _ in range(10)]
    count = _clip.write_pictures(tmp_path / "a.y4m", FORM, pictures)
    film = _clip.Film(FORM, tmp_path / "a.y4m", tmp_path / "none.wav", count)
    for name in ("x264 *", "VP8 *"):
        low, high = (codecs.compare(codecs.Comparison(film, rate, 1.0), [name], 1)[name] for rate in (60_000, 600_000))
        assert 10 < low.psnr < high.psnr
        assert low.kbps < high.kbps
        assert min(low.encode_ms, low.decode_ms) > 0
    assert name in codecs.table({name: high})
