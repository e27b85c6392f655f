"""Which packets of a pause are sent (discontinuous transmission, RFC 7587, 3.1.3).

In a room that studies hardly anybody speaks, and each packet that is not sent spares every one of the others the work
of taking it. Some are sent all the same: the first, which tell that this is a pause and no loss, and then one now and
then, by which the others know that the connection lives. libopus refreshes the noise of the room by longer packets.
"""

from __future__ import annotations

from app.media.audio.opus_packet import DTX_BYTES

FIRST = 3
"""Where all of them are lost, the others make up sound until the next one comes."""
APART = 10
"""One is sent each 200 ms. A connection counts as dead after two seconds without packets, of which some may be lost."""
VOICE = 2
"""So many longer packets in a row are no refreshed noise. After one, too, a short one tells that silence follows."""


class Pause:
    """Asked once for each packet, in order."""

    def __init__(self) -> None:
        self._longer = 0
        """Packets in a row, up to now, that are of no pause."""
        self._place = -FIRST
        """In the pause: up to 0 all are sent, then each ``APART``-th."""

    def sends(self, payload: bytes) -> bool:
        """Whether ``payload``, 20 ms, is to be sent."""
        if len(payload) > DTX_BYTES:
            self._longer += 1
            self._place = -FIRST if self._longer >= VOICE else min(self._place, -1)
            return True
        self._longer = 0
        self._place += 1
        return self._place <= 0 or self._place % APART == 0

    @property
    def unsent(self) -> int:
        """Of the packets that follow so many are not to be sent, if the pause goes on."""
        return APART - 1 - self._place % APART if self._place >= 0 else 0

    def skip(self, packets: int) -> None:
        """So many of the pause, none of them to be sent, were not even made."""
        self._place += packets
