"""Reads what was opened, whether its input waits for what is to come or says that nothing is there yet."""

from __future__ import annotations

import threading
from collections.abc import Generator
from typing import Any

from av import AudioStream, Packet, VideoStream
from av.container import InputContainer
from av.error import BlockingIOError as NothingYet

AGAIN_S = 0.004
"""The input of macOS keeps one picture and one sound only, and a sound is followed by the next after 10 ms."""


def packets(
    container: InputContainer, stream: VideoStream | AudioStream, stopping: threading.Event
) -> Generator[Packet[Any], None, None]:
    """What comes of ``stream`` until it ends or ``stopping`` is set; the last one of a stream that ends is empty.

    Most inputs block until something is there. FFmpeg's avfoundation never does: it answers EAGAIN, which ends PyAV's
    iteration but not the stream.

    Raises:
        FFmpegError: the device failed.
    """
    while not stopping.is_set():
        try:
            yield from container.demux(stream)
        except NothingYet:
            stopping.wait(AGAIN_S)
        else:
            return
