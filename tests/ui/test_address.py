"""Addresses as people type them."""

from __future__ import annotations

import pytest

from app.ui.welcome.address import server_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("study.example.org", "https://study.example.org"),
        ("  https://study.example.org/  ", "https://study.example.org"),
        ("study.example.org/deskmates", "https://study.example.org/deskmates"),
        ("study.example.org:8765", "http://study.example.org:8765"),
        ("study.example.org:443", "https://study.example.org:443"),
        ("192.168.1.5:8765", "http://192.168.1.5:8765"),
        ("192.168.1.5", "http://192.168.1.5"),
        ("localhost:5000", "http://localhost:5000"),
        ("lena-laptop", "http://lena-laptop"),
        ("lena-laptop.local:8765", "http://lena-laptop.local:8765"),
        ("http://[::1]:8765", "http://[::1]:8765"),
        ("[fe80::1]:8765", "http://[fe80::1]:8765"),
        ("HTTP://Study.Example.org", "http://study.example.org"),
    ],
)
def test_addresses(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "two words",
        "ftp://example.org",
        "javascript:alert(1)",
        "http://",
        "http:/127.0.0.1:8765",
        "htp:/127.0.0.1",
        "example.org:",
        "http://user:pw@example.org",
        "a..b",
        "example.org:99999",
        "http://exa mple.org",
        "http://example.org?x=1",
        "x" * 400,
        "http://[::1",
        "e\u0000.org",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    assert server_address(typed) is None
