"""The numbers of a new place fit those of the places that are agreed: browsers refuse one number with two meanings."""

from __future__ import annotations

import re

from app.media.completing import completed

MID, LEVEL, TIME, WIDE = "urn:mid", "urn:level", "urn:time", "urn:wide"


def place(kind: str, mid: str, codecs: dict[int, str], extensions: dict[int, str], *more: str) -> str:
    lines = [f"m={kind} 9 UDP/TLS/RTP/SAVPF {' '.join(map(str, codecs))}", "c=IN IP4 0.0.0.0", f"a=mid:{mid}"]
    lines += [f"a=extmap:{number} {uri}" for number, uri in extensions.items()]
    lines += [f"a=rtpmap:{number} {codec}" for number, codec in codecs.items()]
    return "".join(f"{line}\r\n" for line in (*lines, *more))


def described(*places: str) -> str:
    mids = " ".join(re.findall(r"a=mid:(\S+)", "".join(places)))
    return f"v=0\r\na=group:BUNDLE {mids}\r\n" + "".join(places)


def meanings(sdp: str, pattern: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for number, meaning in re.findall(pattern, sdp):
        found.setdefault(number, set()).add(meaning)
    return found


AGREED = described(place("video", "v", {98: "VP8/90000"}, {4: MID, 1: WIDE}))
THEIRS = described(place("video", "v", {96: "VP9/90000", 97: "rtx/90000", 98: "VP8/90000"}, {4: MID, 1: WIDE, 2: TIME}))
SOUND = place(
    "audio",
    "2",
    {96: "opus/48000/2", 8: "PCMA/8000"},
    {1: MID, 2: LEVEL, 3: TIME},
    "a=rtcp-fb:96 nack",
    "a=fmtp:96 useinbandfec=1",
)


def test_what_is_agreed_stays_word_for_word_and_the_new_place_comes_behind_it() -> None:
    sdp, mids = completed(AGREED, described(place("video", "v", {97: "VP8/90000"}, {1: MID}), SOUND), THEIRS)
    assert mids == ["2"]
    assert "a=group:BUNDLE v 2\r\n" in sdp
    assert AGREED[AGREED.index("m=video") :] in sdp
    assert re.findall(r"m=(\w+)", sdp) == ["video", "audio"]


def test_no_number_has_two_meanings() -> None:
    sdp, _ = completed(AGREED, described(place("video", "v", {97: "VP8/90000"}, {1: MID}), SOUND), THEIRS)
    added = sdp[sdp.index("m=audio") :]
    for pattern in (r"a=rtpmap:(\d+) (\S+)", r"a=extmap:(\d+) (\S+)"):
        assert {len(one) for one in meanings(THEIRS + added, pattern).values()} == {1}
    assert set(re.findall(r"a=extmap:(\d+) urn:(\S+)", added)) >= {("4", "mid"), ("2", "time")}, "as they call it"
    assert "urn:level" in added
    [opus] = re.findall(r"a=rtpmap:(\d+) opus", added)
    assert re.findall(r"^m=audio 9 UDP/TLS/RTP/SAVPF (.*)\r", added) == [f"{opus} 8"]
    assert f"a=rtcp-fb:{opus} nack\r\n" in added
    assert f"a=fmtp:{opus} useinbandfec=1\r\n" in added


def test_what_is_sent_again_names_its_codec_by_the_new_number() -> None:
    pictures = place("video", "2", {97: "VP8/90000", 98: "rtx/90000"}, {1: MID}, "a=fmtp:98 apt=97")
    theirs = described(place("audio", "a", {97: "opus/48000/2"}, {4: MID}))
    sdp, _ = completed(theirs, described(place("audio", "a", {96: "opus/48000/2"}, {1: MID}), pictures), theirs)
    [codec] = re.findall(r"a=rtpmap:(\d+) VP8", sdp)
    assert codec != "97"
    assert f"a=fmtp:98 apt={codec}\r\n" in sdp


def test_an_extension_that_has_no_number_left_is_left_out() -> None:
    theirs = described(place("audio", "a", {111: "opus/48000/2"}, {number: f"urn:{number}" for number in range(1, 15)}))
    pictures = place("video", "2", {97: "VP8/90000"}, {1: MID, 3: "urn:3"})
    sdp, _ = completed(theirs, described(place("audio", "a", {96: "opus/48000/2"}, {1: MID}), pictures), theirs)
    assert re.findall(r"a=extmap:(\d+ \S+)", sdp[sdp.index("m=video") :]) == ["3 urn:3"]
