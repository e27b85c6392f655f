"""Places with port 0, which aiortc knows nothing of."""

from __future__ import annotations

from app.media.stopped import closed, revived, stopped

HEAD = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 2\r\n"
SOUND = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=ice-ufrag:u\r\na=ice-pwd:p\r\na=setup:actpass\r\n"
STOPPED = "m=video 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=inactive\r\n"
BUNDLED = "m=video 0 UDP/TLS/RTP/SAVPF 97\r\na=mid:2\r\na=bundle-only\r\na=sendrecv\r\n"
DATA = "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:3\r\n"


def test_a_place_without_a_port_is_closed_unless_it_goes_with_another() -> None:
    assert stopped(HEAD + SOUND + STOPPED + BUNDLED + DATA) == {"1"}
    assert stopped("") == stopped("x") == frozenset()


def test_a_closed_place_is_described_as_a_silent_one_on_the_same_path() -> None:
    sdp = revived(HEAD + SOUND + STOPPED + BUNDLED)
    assert not stopped(sdp)
    assert sdp.startswith(HEAD + SOUND)
    assert sdp.endswith(BUNDLED)
    silent = sdp.removeprefix(HEAD + SOUND).removesuffix(BUNDLED).splitlines()
    assert {"a=mid:1", "a=inactive", "a=rtcp-mux", "a=ice-ufrag:u", "a=ice-pwd:p", "a=setup:actpass"} <= set(silent)


def test_where_the_first_place_is_closed_there_is_no_path() -> None:
    assert "a=ice-ufrag" not in revived(HEAD + STOPPED + SOUND).partition("m=audio")[0]


def test_what_is_closed_is_said_so_and_leaves_the_bundle() -> None:
    sdp = closed(HEAD + SOUND + BUNDLED, {"2"})
    assert stopped(sdp) == {"2"}
    assert "a=group:BUNDLE 0\r\n" in sdp
    assert sdp.startswith(HEAD.replace("BUNDLE 0 2", "BUNDLE 0") + SOUND)


def test_without_closed_places_every_word_stays() -> None:
    sdp = HEAD + SOUND + BUNDLED + DATA
    assert closed(revived(sdp), stopped(sdp)) == sdp
