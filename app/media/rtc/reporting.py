"""When to report what came (``feedback``): as often as libwebrtc does for so much media, which gives a twentieth of it
to reports, but not more often than every 50 ms nor more seldom than every 250 ms
(modules/remote_bitrate_estimator/transport_sequence_number_feedback_generator.cc). A voice alone is reported about
every 200 ms. Pure: every moment is an argument.
"""

from __future__ import annotations

SHORTEST_S, LONGEST_S = 0.05, 0.25
REPORT = 68
"""Bytes of a report with its headers."""
SHARE = 0.05
"""Of what came."""
HEADERS = 40
"""Bytes of a packet beside its payload."""


class ReportPace:
    def __init__(self) -> None:
        self._bytes = 0
        """Since the last report."""
        self._first = self._at = float("-inf")
        """When the first of them came, and when the last report was made."""

    @property
    def due(self) -> float:
        """When to report at the latest what has come by now."""
        return self._first + LONGEST_S

    def came(self, size: int, now: float) -> bool:
        """Whether a packet with so many bytes of payload makes it time for a report."""
        if not self._bytes:
            self._first = now
        self._bytes += size + HEADERS
        return self._bytes * SHARE >= REPORT and now - self._at >= SHORTEST_S

    def reported(self, now: float) -> None:
        """A report was made of all that came."""
        self._bytes = 0
        self._at = now
