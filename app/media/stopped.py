"""Places of a description that are closed for good: those with port 0 (RFC 3264, 6 and 8.2; RFC 8829, 5.2.2).

A browser stops a transceiver, or somebody has no use for what we offer. aiortc refuses the whole description for one
such place, since it has neither address nor codec. So aiortc is told of a place that is there and where nothing comes
or goes, and what we say of it is that it stays closed. Only sound and pictures are looked at; and where the first place
is closed, which carries the path of all, aiortc is to refuse as ever: browsers then want a new path.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

PATH = ("a=ice-", "a=fingerprint:", "a=setup:", "a=candidate:", "a=end-of-candidates")
"""Lines that say how to get there: the same for all places of a bundle."""
CODECS = {"audio": "opus/48000/2", "video": "VP8/90000"}
"""That everybody knows."""
PAYLOAD_TYPE = 96


def stopped(sdp: str) -> frozenset[str]:
    """Media ids of the places of ``sdp`` that are closed."""
    _, sections = parts(sdp)
    return frozenset(mid_of(one) for one in sections if _is_stopped(one))


def revived(sdp: str) -> str:
    """``sdp`` with its closed places as open ones where nothing comes or goes. Without a path where the first is
    closed."""
    head, sections = parts(sdp)
    first = "" if not sections or _is_stopped(sections[0]) else sections[0]
    path = [line for line in first.splitlines() if line.startswith(PATH)]
    return head + "".join(_silent(one, path) if _is_stopped(one) else one for one in sections)


def closed(sdp: str, mids: Collection[str]) -> str:
    """``sdp`` with the places ``mids`` closed, and outside of the bundle (RFC 8843, 7.3.3)."""

    def without(bundle: re.Match[str]) -> str:
        return " ".join(one for one in bundle[0].split(" ") if one not in mids)

    head, sections = parts(sdp)
    head = re.sub(r"^a=group:BUNDLE [^\r\n]*", without, head, flags=re.MULTILINE)
    return head + "".join(_closed(one) if mid_of(one) in mids else one for one in sections)


def parts(sdp: str) -> tuple[str, list[str]]:
    """What is said of the session, and of each of its places."""
    head, *sections = re.split(r"^(?=m=)", sdp, flags=re.MULTILINE)
    return head, sections


def _kind(section: str) -> str:
    return section[2:].partition(" ")[0]


def mid_of(section: str) -> str:
    """The media id of a place; empty where it has none."""
    found = re.search(r"^a=mid:(\S+)", section, re.MULTILINE)
    return found[1] if found else ""


def _is_stopped(section: str) -> bool:
    """A place without an address of its own may also be one that goes with another's (RFC 8843, 6)."""
    has_port = re.match(r"m=\S+ 0 ", section) is None
    return not has_port and _kind(section) in CODECS and mid_of(section) != "" and "a=bundle-only" not in section


def _silent(section: str, path: Sequence[str]) -> str:
    kind = _kind(section)
    described = f"a=rtpmap:{PAYLOAD_TYPE} {CODECS[kind]}"
    lines = (f"m={kind} 9 UDP/TLS/RTP/SAVPF {PAYLOAD_TYPE}", *_bare(section), *path, "a=rtcp-mux", described)
    return "".join(f"{line}\r\n" for line in lines)


def _closed(section: str) -> str:
    lines = (f"m={_kind(section)} 0 UDP/TLS/RTP/SAVPF 0", *_bare(section))
    return "".join(f"{line}\r\n" for line in lines)


def _bare(section: str) -> tuple[str, ...]:
    return "c=IN IP4 0.0.0.0", f"a=mid:{mid_of(section)}", "a=inactive"
