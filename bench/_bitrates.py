"""The bit rate that both sides send a picture with: ours by its own rule, and Chromium told to do the same."""

from __future__ import annotations

from app.media.video.encoder import fitting_bitrate
from bench._clip import Format


def bitrate(wanted: Format) -> int:
    """Bits a second: 1.5 Mbit/s at 720p30."""
    return fitting_bitrate(wanted.width, wanted.height, wanted.fps)
