"""The offer that lets a browser's video encoder begin anew in a connection that works.

Reason: libwebrtc makes a new encoder believe in 300 kbit/s until the path is up, whatever ``x-google-start-bitrate``
says (its ``BitrateAllocator`` hears of that rate only with the first estimate). The encoder's first pictures are thrown
away as too large for so little, each time the size goes down a step, to 640x360 within a tenth of a second, and it goes
up again a step every few seconds at best. An encoder that is made when the path is known begins at full size; and
libwebrtc makes another one when what it is to send in is described otherwise than before. Leaving out the rate to start
with is such a difference: it tells the browser nothing new and leaves its estimate of the path alone. Codecs, payload
types, keys and addresses stay.

Such an offer is sent and not applied: nothing of ours changes by it, and aiortc, which cannot take back an offer, would
take none of theirs until it was answered. The answer is applied as if they had offered it: what it says of their side
is the same, and one that is refused leaves everything as it was.
"""

from __future__ import annotations

import re

START_BITRATE = "x-google-start-bitrate"
_ALONE = re.compile(rf"^a=fmtp:\d+ {START_BITRATE}=\d+\r?\n", re.MULTILINE)
_AMONG_OTHERS = re.compile(rf";{START_BITRATE}=\d+")
_SETUP = re.compile(r"^a=setup:\w+", re.MULTILINE)
_PLACE = re.compile(r"^(?:m=(\w+) |a=mid:(\S+))", re.MULTILINE)
_VERSION = re.compile(r"^(o=\S+ \S+ )(\d+)", re.MULTILINE)


def renewal(sdp: str) -> str:
    """``sdp``, our description of the connection as it is, as an offer of the same without a rate to start with."""
    sdp = _AMONG_OTHERS.sub("", _ALONE.sub("", sdp))
    sdp = _SETUP.sub("a=setup:actpass", sdp)  # in an offer, whoever was which (RFC 8842, 5.2)
    return _VERSION.sub(lambda found: found[1] + str(int(found[2]) + 1), sdp)


def answers(sdp: str, offer: str) -> bool:
    """Whether ``sdp`` has the places of ``offer``, as every answer to it must (RFC 3264, 6)."""
    return _PLACE.findall(sdp) == _PLACE.findall(offer)
