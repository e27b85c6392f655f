"""Pictures at the tile's size, cut or whole, and frames at the size that is sent."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from av import CodecContext, VideoFrame
from av.video.codeccontext import VideoCodecContext

from app.media.slot import Fit, Look, Picture
from app.media.video.h264 import H264Encoder
from app.media.video.scale import SendScaler, TileScaler, copied
from app.media.video.vp8 import Vp8Encoder


def halves(width: int, height: int) -> VideoFrame:
    """Black on the left, white on the right."""
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[:, width // 2 :] = 255
    return VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv420p")


def pixels(picture: Picture) -> np.ndarray:
    rows = [bytes(picture.data[y * picture.stride :][: picture.width * 4]) for y in range(picture.height)]
    return np.frombuffer(b"".join(rows), np.uint8).reshape(picture.height, picture.width, 4)


@pytest.mark.parametrize("look", [(200, 200), (320, 180), (101, 333), (600, 90), (1, 1)])
def test_cover_fills_the_tile_and_cuts_evenly(look: tuple[int, int]) -> None:
    picture = TileScaler().picture(halves(640, 360), Look(*look, Fit.COVER))
    assert (picture.width, picture.height) == look
    assert picture.data.contiguous
    bgra = pixels(picture)
    assert (bgra[:, :, 3] == 255).all()
    if look[0] > 10:
        assert bgra[:, : look[0] // 2 - 3, :3].max() < 40
        assert bgra[:, look[0] // 2 + 3 :, :3].min() > 215


def test_contain_shows_all_of_it() -> None:
    picture = TileScaler().picture(halves(640, 360), Look(200, 200, Fit.CONTAIN))
    assert (picture.width, picture.height) == (200, 112)
    picture = TileScaler().picture(halves(360, 640), Look(400, 320, Fit.CONTAIN))
    assert (picture.width, picture.height) == (180, 320)


def test_a_freak_of_a_picture_does_not_take_all_the_memory() -> None:
    picture = TileScaler().picture(VideoFrame(4096, 2, "yuv420p"), Look(1000, 1000, Fit.COVER))
    assert len(picture.data) <= 4 * 1000 * 1000 * 4


@pytest.mark.parametrize(
    ("source", "sent"),
    [((1280, 720), (640, 360)), ((640, 480), (480, 360)), ((320, 180), (320, 180)), ((601, 1001), (216, 360))],
)
def test_what_is_sent_keeps_its_proportions_and_never_grows(source: tuple[int, int], sent: tuple[int, int]) -> None:
    frame = SendScaler(640, 360).frame(VideoFrame(*source, "rgb24"))
    assert (frame.width, frame.height, frame.format.name) == (*sent, "yuv420p")


def test_a_frame_that_fits_is_passed_on_as_it_is() -> None:
    frame = VideoFrame(640, 360, "yuv420p")
    assert SendScaler(640, 360).frame(frame) is frame


@pytest.mark.parametrize("size", [(320, 180), (638, 362), (2, 2)])
def test_a_copy_has_memory_of_its_own_and_the_same_pixels(size: tuple[int, int]) -> None:
    width, height = size
    noise = np.random.default_rng(1).integers(0, 256, (height * 3 // 2, width), np.uint8)
    original = VideoFrame.from_ndarray(noise, format="yuv420p")
    copy = copied(original)
    original.planes[0].update(bytes(original.planes[0].buffer_size))
    assert (copy.width, copy.height, copy.format.name) == (width, height, "yuv420p")
    assert np.array_equal(copy.to_ndarray(), noise)


def test_a_decoders_picture_is_copied_though_its_rows_are_longer() -> None:
    encoder, decoder = VideoCodecContext.create("mpeg4", "w"), VideoCodecContext.create("mpeg4", "r")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 322, 182, "yuv420p", Fraction(1, 30)
    packets = [*encoder.encode(halves(322, 182)), *encoder.encode()]
    decoded, *_ = [*(frame for packet in packets for frame in decoder.decode(packet)), *decoder.decode()]
    assert decoded.planes[0].line_size != VideoFrame(322, 182, "yuv420p").planes[0].line_size
    assert np.array_equal(copied(decoded).to_ndarray(), decoded.to_ndarray())


def photographed(level: int) -> VideoFrame:
    """As a camera's JPEG arrives: 640x480, as light everywhere as ``level`` of 0 to 255."""
    encoder, decoder = VideoCodecContext.create("mjpeg", "w"), VideoCodecContext.create("mjpeg", "r")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = 640, 480, "yuvj420p", Fraction(1, 30)
    planes = np.full((720, 640), 128, np.uint8)
    planes[:480] = level
    packets = [*encoder.encode(VideoFrame.from_ndarray(planes, format="yuvj420p")), *encoder.encode()]
    [frame, *_] = [*(frame for packet in packets for frame in decoder.decode(packet)), *decoder.decode()]
    return frame


@pytest.mark.parametrize("encoder", [(H264Encoder, "h264"), (Vp8Encoder, "libvpx")])
@pytest.mark.parametrize("level", [16, 40, 220, 240])
@pytest.mark.parametrize("box", [(1280, 720), (320, 180)])
def test_a_cameras_light_and_shadow_arrive(
    encoder: tuple[type[H264Encoder] | type[Vp8Encoder], str], level: int, box: tuple[int, int]
) -> None:
    make, codec = encoder
    sent = SendScaler(*box).frame(photographed(level))
    sent.pts, sent.time_base = 0, Fraction(1, 90_000)
    packet = make(30).encode(sent, None, key=True)
    assert packet is not None
    decoder = CodecContext.create(codec, "r")
    assert isinstance(decoder, VideoCodecContext)
    received, *_ = [*decoder.decode(packet), *decoder.decode()]
    shown = pixels(TileScaler().picture(received, Look(200, 200, Fit.COVER)))
    assert np.abs(shown[:, :, :3].astype(int) - level).max() <= 3
