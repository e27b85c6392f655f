"""What the jitter buffers give to the decoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiortc.jitterbuffer import JitterFrame


class FrameRun(JitterFrame):
    """One or more encoded frames that became complete with one packet, oldest first.

    aiortc passes on one frame a packet; after a late packet several are complete at once, and the rest would wait for
    packets to come. Timestamps are RTP's, as they came: sender reports speak of them.
    """

    def __init__(self, frames: Sequence[tuple[bytes, int]]) -> None:
        super().__init__(*frames[0])
        self._frames = frames

    def run(self) -> Iterator[tuple[bytes, int]]:
        """Data and timestamp of each frame."""
        return iter(self._frames)
