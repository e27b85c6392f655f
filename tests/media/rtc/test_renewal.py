"""What is offered once more: the same connection, without the rate to start with."""

from __future__ import annotations

import re

import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription

from app.media.rtc.install import install
from app.media.rtc.renewal import START_BITRATE, renewal


@pytest.fixture(autouse=True)
def installed() -> None:
    install()


async def agreed() -> str:
    """An answer of ours."""
    theirs, ours = RTCPeerConnection(), RTCPeerConnection()
    for kind in ("audio", "video"):
        theirs.addTransceiver(kind)
    await theirs.setLocalDescription(await theirs.createOffer())
    await ours.setRemoteDescription(RTCSessionDescription(theirs.localDescription.sdp, "offer"))
    await ours.setLocalDescription(await ours.createAnswer())
    answer = ours.localDescription.sdp
    await theirs.close()
    await ours.close()
    return answer


def without(sdp: str, *starts: str) -> list[str]:
    return [line for line in sdp.splitlines() if not line.startswith(starts)]


async def test_only_the_rate_to_start_with_goes_and_either_end_may_take_either_role() -> None:
    answer = await agreed()
    again = renewal(answer)
    assert START_BITRATE in answer
    assert START_BITRATE not in again
    assert without(again, "a=fmtp", "a=setup", "o=") == without(answer, "a=fmtp", "a=setup", "o=")
    assert {line for line in again.splitlines() if line.startswith("a=setup")} == {"a=setup:actpass"}


async def test_what_else_a_codec_needs_stays() -> None:
    answer = await agreed()
    kept = [re.sub(rf"[ ;]{START_BITRATE}=\d+", "", line) for line in answer.splitlines() if line.startswith("a=fmtp")]
    again = [line for line in renewal(answer).splitlines() if line.startswith("a=fmtp")]
    assert again == [line for line in kept if " " in line]
    assert any("packetization-mode=1" in line for line in again)


async def test_the_session_has_a_newer_version() -> None:
    """RFC 8866, 5.2: each description that differs from the last one has a greater number."""
    answer = await agreed()
    before, after = (re.search(r"^o=\S+ (\S+) (\d+)", sdp, re.MULTILINE) for sdp in (answer, renewal(answer)))
    assert before
    assert after
    assert (after[1], int(after[2])) == (before[1], int(before[2]) + 1)
