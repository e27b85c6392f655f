"""Which parts of a message are links, and where they really lead. Pure.

Only https is a link. An address with a user name in it is none, since it is made to look like another one; a name in
other letters is shown as the network knows it (``xn--…``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QUrl

_FOUND = re.compile(r"https://[^\s<>\"'`\u2028]+", re.IGNORECASE)
_TRAILING = ".,;:!?…"
_PAIRS = {")": "(", "]": "[", "}": "{"}
LONGEST = 2_000
MOST = 20


@dataclass(frozen=True, slots=True)
class Link:
    """Characters ``start`` to ``end`` of a text, and where they lead."""

    start: int
    end: int
    url: str
    """As the network knows it."""
    host: str


def find_links(text: str) -> tuple[Link, ...]:
    found: list[Link] = []
    for match in _FOUND.finditer(text):
        shown = _without_tail(match.group())
        parsed = QUrl(shown, QUrl.ParsingMode.StrictMode)
        encoded = QUrl.ComponentFormattingOption.FullyEncoded
        host = parsed.host(encoded)
        if parsed.isValid() and host and not parsed.userInfo() and len(shown) <= LONGEST:
            url = bytes(parsed.toEncoded().data()).decode("ascii")
            found.append(Link(match.start(), match.start() + len(shown), url, host))
        if len(found) == MOST:
            break
    return tuple(found)


def _without_tail(address: str) -> str:
    """Without the full stop or bracket that belongs to the sentence around it."""
    while address:
        last = address[-1]
        is_unpaired = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if last not in _TRAILING and not is_unpaired:
            break
        address = address[:-1]
    return address
