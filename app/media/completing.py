"""The offer of a place that theirs left out: what is agreed already, and one place more.

Reason: where a connection was offered by the other end, aiortc's own offers number codecs and header extensions as it
always does, whatever was agreed, and browsers refuse that. So what is agreed stays as it is, word for word, and the new
places are numbered so that they fit it: all of a bundle share these numbers (RFC 8843, 9.1 and 10).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.media.stopped import mid_of, parts

DYNAMIC = range(96, 128)
"""Payload types that mean what a description says (RFC 3551, 6)."""
EXTENSIONS = range(1, 15)
"""Ids that fit into one-byte headers (RFC 8285, 4.2)."""


def completed(agreed: str, fresh: str, theirs: str) -> tuple[str, list[str]]:
    """``agreed``, our description as it is, with the places that only ``fresh`` has, aiortc's offer of the same
    connection; and the media ids of these. ``theirs`` is the other end's description.
    """
    head, sections = parts(agreed)
    added = parts(fresh)[1][len(sections) :]
    mids = [mid_of(one) for one in added]
    head = re.sub(r"^a=group:BUNDLE[^\r\n]*", lambda bundle: " ".join((bundle[0], *mids)), head, flags=re.MULTILINE)
    fitted = _with_payload_types(_with_extensions(added, theirs), theirs)
    return head + "".join((*sections, *fitted)), mids


def _with_extensions(sections: Sequence[str], theirs: str) -> list[str]:
    """Under their ids where they have one, else under one that they do not use; left out where there is none."""
    known = {uri: number for number, uri in re.findall(r"^a=extmap:(\d+)\S* (\S+)", theirs, re.MULTILINE)}
    free = (str(number) for number in EXTENSIONS if str(number) not in known.values())

    def fitting(line: re.Match[str]) -> str:
        uri = line[1]
        number = known.get(uri) or next(free, None)
        if number is None:
            return ""
        known[uri] = number
        return f"a=extmap:{number} {uri}\r\n"

    return [re.sub(r"^a=extmap:\d+ (\S+)\r\n", fitting, one, flags=re.MULTILINE) for one in sections]


def _with_payload_types(sections: Sequence[str], theirs: str) -> list[str]:
    taken = set(re.findall(r"^a=rtpmap:(\d+)", theirs, re.MULTILINE))
    ours = [number for one in sections for number in re.findall(r"^a=rtpmap:(\d+)", one, re.MULTILINE)]
    free = (str(number) for number in DYNAMIC if str(number) not in taken and str(number) not in ours)
    new = {number: next(free, number) for number in ours if number in taken and int(number) in DYNAMIC}

    def fitting(found: re.Match[str]) -> str:
        return found[1] + new.get(found[2], found[2])

    def placed(section: str) -> str:
        first, _, rest = section.partition("\r\n")
        start, _, numbers = first.partition(" UDP/TLS/RTP/SAVPF ")
        first = f"{start} UDP/TLS/RTP/SAVPF {' '.join(new.get(one, one) for one in numbers.split(' '))}"
        rest = re.sub(r"^(a=(?:rtpmap|rtcp-fb|fmtp):)(\d+)", fitting, rest, flags=re.MULTILINE)
        return f"{first}\r\n{re.sub(r'(apt=)(\d+)', fitting, rest)}"

    return [placed(one) for one in sections]
