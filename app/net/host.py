"""What to call a server in an error: the part of its address that people know it by."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Host and port of ``url``; all of it where it is no address."""
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url
