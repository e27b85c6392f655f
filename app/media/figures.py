"""What a connection measured, as one frozen value: the numbers that reports and statistics show."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class VideoFigures:
    """Decoded pictures, whether or not somebody looked at them."""

    width: int = 0
    height: int = 0
    fps: float = 0.0
    """Decoded frames over the time since the first one."""
    frames: int = 0
    freezes: int = 0
    """W3C webrtc-stats: gaps longer than max(3 × average, average + 150 ms); from 5 s on it is a pause instead."""
    freeze_ms: float = 0.0
    latency_ms: tuple[float, float] | None = None
    """p50 and p95 from the sender's capture to our decoding, where the picture carries the counter."""
    held_ms: tuple[float, float] | None = None
    """p50 and p95 from decoding to when the picture is given to the tile, because its sound is heard later. It comes on
    top of ``latency_ms``. None: nobody looked."""
    first_frame_at: float | None = None
    """``time.monotonic()``."""


@dataclass(frozen=True, slots=True)
class AudioFigures:
    """Sound in units of 20 ms."""

    frames_received: int = 0
    """Came in time to be played, or are of a pause that was not sent."""
    frames_played: int = 0
    """Handed to the speaker."""
    frames_concealed: int = 0
    """Made up because nothing was there in time."""
    seconds: float = 0.0
    """Since the first one."""
    frames_recovered: int = 0
    """Lost, and played all the same: the next packet repeated them. Part of ``frames_played``."""
    delay_ms: float = 0.0
    """What the jitter buffer adds just now."""


@dataclass(frozen=True, slots=True)
class PeerFigures:
    video: VideoFigures = field(default_factory=VideoFigures)
    audio: AudioFigures = field(default_factory=AudioFigures)
    screen: VideoFigures = field(default_factory=VideoFigures)
    """Of a screen that came beside the camera."""
    path_rate: int | None = None
    """Bits a second that the path to them carries, as far as we found out; None where they report nothing."""
