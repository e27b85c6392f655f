"""What the jitter buffers give to the decoder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aiortc.jitterbuffer import JitterFrame


class FrameRun(JitterFrame):
    """One or more encoded frames that became complete with one packet, oldest first.

    aiortc passes on one frame a packet; after a late packet several are complete at once, and the rest would wait for
    packets to come. Timestamps of ``following`` are RTP's; aiortc maps the first one's, and ``run`` carries that
    over.
    """

    def __init__(self, frames: Sequence[tuple[bytes, int]]) -> None:
        (data, timestamp), *self._following = frames
        super().__init__(data, timestamp)
        self._raw = timestamp

    def run(self) -> Iterator[tuple[bytes, int]]:
        """Data and mapped timestamp of each frame."""
        yield self.data, self.timestamp
        for data, raw in self._following:
            ahead = (raw - self._raw + 0x80000000) % 0x100000000 - 0x80000000
            yield data, self.timestamp + ahead
