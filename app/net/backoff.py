"""How long to wait before the next try: 1, 2, 4, 8, 15 s and 15 s ever after, each a little off so that a server that
comes back is not met by everybody at once. Pure: the randomness is an argument.
"""

from __future__ import annotations

DELAYS_S = (1.0, 2.0, 4.0, 8.0, 15.0)
JITTER = 0.2
"""A delay is stretched or shortened by at most this share of itself."""


def delay(attempt: int, randomness: float) -> float:
    """Seconds to wait before try number ``attempt`` (0: the first after the loss). ``randomness`` lies in 0…1."""
    step = DELAYS_S[min(max(attempt, 0), len(DELAYS_S) - 1)]
    share = min(max(randomness, 0.0), 1.0)
    return step * (1.0 + JITTER * (2.0 * share - 1.0))
