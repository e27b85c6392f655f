"""Which device is used while the chosen one is away, and which one "the default" is. Pure; ids are a device's own.

The system's default stands in for a chosen device that is not plugged in, until it is back; where the default itself
was chosen, or stands in, it is followed when the system means another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol


class Listed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def is_default(self) -> bool: ...


class Turn(StrEnum):
    """What became of it, and the kind of the notice that says so."""

    NOTHING = ""
    REPLACED = "device-replaced"
    BACK = "device-back"
    FOLLOWED = "device-followed"


@dataclass(frozen=True, slots=True)
class Use:
    """One kind of device. "" among the ids is whatever the system's default is."""

    chosen: str = ""
    used: str = ""
    default: str = ""
    """The system's when it was last looked; "" while nobody has."""
    chosen_name: str = ""
    default_name: str = ""

    def choosing(self, device_id: str) -> Use:
        """Somebody took another one."""
        return replace(self, chosen=device_id, used=device_id, chosen_name="")


@dataclass(frozen=True, slots=True)
class Looked:
    use: Use
    turn: Turn = Turn.NOTHING
    gone: str = ""
    """The name of what went, where it is known."""
    now: str = ""
    """The name of what is used from now on."""


def looked(use: Use, there: Sequence[Listed]) -> Looked:
    """What to use now that ``there`` is what is plugged in."""
    if not there:
        return Looked(use)
    default = next((one for one in there if one.is_default), there[0])
    chosen = next((one for one in there if one.id == use.chosen), None) if use.chosen else None
    after = replace(
        use,
        default=default.id,
        default_name=default.name,
        chosen_name=chosen.name if chosen is not None else use.chosen_name,
    )
    if use.chosen and chosen is None and use.used == use.chosen:
        return Looked(replace(after, used=""), Turn.REPLACED, use.chosen_name, default.name)
    if chosen is not None and use.used != use.chosen:
        return Looked(replace(after, used=use.chosen), Turn.BACK, now=chosen.name)
    if use.used == "" and use.default not in ("", default.id):
        if any(one.id == use.default for one in there):
            return Looked(after, Turn.FOLLOWED, now=default.name)
        return Looked(after, Turn.REPLACED, use.default_name, default.name)
    return Looked(after)
