"""The film is cut as both fake cameras need it."""

from __future__ import annotations

import math
import wave
from pathlib import Path

import av
import pytest

from bench import _clip, _mark, _psnr
from tests.media.clips import make_clip

TINY = _clip.Format(320, 180, 10)


def test_frames_are_numbered_and_found_again(tmp_path: Path) -> None:
    film = _clip.make_film(make_clip(tmp_path / "a.mkv", seconds=1.0, size=(320, 180)), TINY, tmp_path)
    assert film.count == 10, "half of 20 a second"
    with av.open(str(film.pictures)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (320, 180, 10)
        arrived = [_psnr.planes(frame) for frame in container.decode(video=0)]
    assert [_mark.read(picture[0]) for picture in arrived] == list(range(10))
    assert [_psnr.psnr(picture, film.frame(number)) for number, picture in enumerate(arrived)] == [math.inf] * 10


def test_the_sound_is_as_long_as_the_pictures(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "a.mkv", seconds=1.0, sound_seconds=0.4, size=(320, 180))
    film = _clip.make_film(source, TINY, tmp_path)
    with wave.open(str(film.sound), "rb") as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (48_000, 48_000, 1)
        heard = file.readframes(48_000)
    assert any(heard[: 2 * 9_000])
    assert not any(heard[2 * 24_000 :])


def test_no_longer_than_asked(tmp_path: Path) -> None:
    source = make_clip(tmp_path / "a.mkv", seconds=1.0, size=(320, 180))
    assert _clip.make_film(source, TINY, tmp_path, longest_s=0.5).count == 5


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no picture"):
        _clip.make_film(make_clip(tmp_path / "a.mkv", sound_seconds=1.0), TINY, tmp_path)


def test_a_film_can_be_told_to_another_process(tmp_path: Path) -> None:
    film = _clip.make_film(make_clip(tmp_path / "a.mkv", seconds=0.5, size=(320, 180)), TINY, tmp_path)
    assert _clip.Film.of(film.to_json()) == film
