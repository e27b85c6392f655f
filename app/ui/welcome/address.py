"""A server's address as people type it, made into one that can be asked. Pure."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

MAX_ADDRESS = 300


def server_address(typed: str) -> str | None:
    """The base address for what was typed, or None where it is none.

    Without a scheme, computers of one's own (IP addresses, ``localhost``, names without a dot or ending in
    ``.local``) and explicit ports are asked by http, everything else by https.
    """
    text = typed.strip()
    if not text or len(text) > MAX_ADDRESS or any(letter.isspace() or ord(letter) < 32 for letter in text):
        return None
    if "://" not in text:
        text = f"{_scheme(text)}://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.query or parts.fragment:
        return None
    if not _is_host(host) or parts.netloc.endswith(":"):  # "http:/example.org" would be a computer named http
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "") + parts.path.rstrip("/")


def _scheme(text: str) -> str:
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "https"
    is_own = _is_ip(host) or "." not in host or host.endswith(".local")
    return "http" if is_own or port not in (None, 443) else "https"


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_host(host: str) -> bool:
    if _is_ip(host):
        return True
    return len(host) <= 253 and all(
        0 < len(label) <= 63 and all(letter.isalnum() or letter in "-_" for letter in label)
        for label in host.rstrip(".").split(".")
    )
