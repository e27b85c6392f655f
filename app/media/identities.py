"""One identity for each device: what FFmpeg can open, by the name and with the default that the desktop says.

FFmpeg lists and opens devices by names of its own, and says nothing when one is plugged in; Qt knows friendly names,
the default and every change, by ids of its own. Here the two lists become one, for each kind of system. Pure.

Promises: every device that comes out can be opened by its id, which stays the same when other devices come and go;
no device comes out twice; at most one is the default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Named:
    """A device as one of the two says it. FFmpeg's ``id`` is what it opens, Qt's is the system's own."""

    id: str
    name: str
    is_default: bool = False


SOUND_SERVERS = ("pulse", "pipewire")
"""ALSA's ways to a sound server, the better one first."""
_CARD = re.compile(r"(?:default|sysdefault|hw|plughw)(?::.*)?")
"""ALSA's ways to a card. What else it lists are parts to build with (resamplers, mixers, silence) and other ways to the
same card, none of which a person takes for a microphone."""
_PLAIN = re.compile(r"[\w.:+-]+", re.ASCII)
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DSHOW_MARK = "@device_pnp_"
_WAVE_NAME = 31
"""Old Windows interfaces cut a microphone's name to so many letters."""
_SCREEN = "capture screen"


def v4l2(nodes: Sequence[Named], links: Mapping[str, str], seen: Sequence[Named]) -> tuple[Named, ...]:
    """Cameras of Linux. ``nodes`` are the kernel's, by path; ``links`` leads from a path to a name that a camera keeps
    when it is plugged in again and gets another number; Qt's ids are paths too."""
    known = {one.id: one for one in seen}
    found = [*nodes, *(one for one in seen if one.id not in {node.id for node in nodes})]
    default = next((one.id for one in seen if one.is_default), found[0].id if found else "")
    return tuple(
        Named(links.get(one.id, one.id), known.get(one.id, one).name or one.name, one.id == default) for one in found
    )


def alsa(listed: Sequence[Named], seen: Sequence[Named]) -> tuple[Named, ...]:
    """Microphones of Linux. Qt asks the sound server where there is one, and FFmpeg reaches the server's devices
    through ALSA, by the very ids that Qt has; without a server both have ALSA's names. Only what leads to a card or to
    a server is offered, the server's plug-in among them where Qt says nothing of one."""
    names = {one.id for one in listed}
    if seen and all(one.id in names for one in seen):
        return tuple(one for one in seen if _is_real(one.id))
    server = next((one for one in SOUND_SERVERS if one in names), None)
    if seen and server is not None:
        return tuple(replace(one, id=_through(server, one.id)) for one in seen)
    return tuple(one for one in listed if _is_real(one.id))


def _is_real(name: str) -> bool:
    return name in SOUND_SERVERS or _CARD.fullmatch(name) is not None


def _through(server: str, source: str) -> str:
    """ALSA's name for a sound server's device."""
    said = source if _PLAIN.fullmatch(source) else f'"{source}"'
    return f"pulse:{said}" if server == "pulse" else f"{server}:NODE={said}"


def dshow(listed: Sequence[Named], seen: Sequence[Named]) -> tuple[Named, ...]:
    """Cameras and microphones of Windows: FFmpeg's are DirectShow's monikers, Qt's Media Foundation's links and the
    ids of sound end points. Those that only DirectShow has (virtual cameras) are there too."""
    left = list(seen)
    found: list[Named] = []
    for one in listed:
        twin = next((other for other in left if _is_same_link(one.id, other.id)), None)
        if twin is None:
            twin = next((other for other in left if _is_same_name(one.name, other.name)), None)
        if twin is None:
            found.append(replace(one, name=one.name or one.id, is_default=False))
        else:
            left.remove(twin)
            found.append(Named(one.id, twin.name or one.name, twin.is_default))
    return _with_default(found)


def _is_same_link(moniker: str, link: str) -> bool:
    mine, other = moniker.lower(), link.lower()
    if mine.startswith(_DSHOW_MARK):
        return mine.removeprefix(_DSHOW_MARK) == other.replace(":", "_")
    ends = _GUID.findall(mine)
    return bool(ends) and ends[-1] in _GUID.findall(other)


def _is_same_name(mine: str, other: str) -> bool:
    short, whole = sorted((mine.casefold(), other.casefold()), key=len)
    return short == whole or (len(short) >= _WAVE_NAME and whole.startswith(short))


def avfoundation(listed: Sequence[Named], seen: Sequence[Named]) -> tuple[Named, ...]:
    """Cameras and microphones of macOS. FFmpeg opens the first whose name begins with what it is given, or takes it for
    a number: so the name is the identity, and its place in FFmpeg's list where the name would be misread."""
    names = [one.name for one in listed]
    default = next((one.name for one in seen if one.is_default), None)
    found: list[Named] = []
    for place, name in enumerate(names or [one.name for one in seen]):
        if name.lower().startswith(_SCREEN) or any(one.name == name for one in found):
            continue
        misread = ":" in name or name[:1].isdigit() or name.startswith(("none", "default"))
        misread = misread or any(earlier.startswith(name) for earlier in names[:place])
        if names or not misread:
            found.append(Named(str(place) if misread else name, name, name == default))
    return _with_default(found)


def _with_default(found: Sequence[Named]) -> tuple[Named, ...]:
    """The first one stands for a default that nobody knows."""
    if not found or any(one.is_default for one in found):
        return tuple(found)
    return (replace(found[0], is_default=True), *found[1:])
