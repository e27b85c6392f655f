"""Pages that are made when they are first wanted, each by a ``cached_property`` of its window."""

from __future__ import annotations


def is_made(owner: object, name: str) -> bool:
    """Whether the ``cached_property`` ``name`` of ``owner`` was wanted already; asking does not make it."""
    return name in vars(owner)
