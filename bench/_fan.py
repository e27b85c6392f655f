"""Two ends without a room, for counting what one more receiver costs; started by ``bench/_extra.py``.

``sender`` is the app's own media with a camera; ``receivers`` are connections of ours that take packets, acknowledge
them and report as always, but decode nothing: seven decoders would leave the sender no processor to run on.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from aiortc import RTCPeerConnection, RTCSessionDescription

from app.media.audio.speaker import SilentSpeaker
from app.media.call import CallMedia
from app.media.peer import Peer
from app.media.rtc.install import install
from app.media.slot import FrameSlot
from app.media.sources import SourceSpec, VideoFormat
from bench._seat import say


class Sender:
    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        self._peers: list[Peer] = []

    async def open(self) -> None:
        options = self._options
        self._media = CallMedia(
            speaker=SilentSpeaker(), video=VideoFormat(options["width"], options["height"], options["fps"])
        )
        await self._media.set_camera(SourceSpec.parse(f"file:{options['pictures']}"))

    async def do(self, command: dict[str, Any]) -> dict[str, Any]:
        match command["do"]:
            case "offer":
                peer = self._media.connect(FrameSlot(), (), lambda _: None)
                self._peers.append(peer)
                return {"sdp": (await peer.offer()).sdp}
            case "accept":
                await self._peers[-1].accept(command["sdp"], None)
                return {}
            case unknown:
                raise ValueError(f"{unknown!r} is nothing that a sender can do")

    async def close(self) -> None:
        await self._media.close()


class Receivers:
    def __init__(self) -> None:
        self._connections: list[RTCPeerConnection] = []

    async def open(self) -> None:
        install()

    async def do(self, command: dict[str, Any]) -> dict[str, Any]:
        match command["do"]:
            case "answer":
                connection = RTCPeerConnection()
                self._connections.append(connection)
                await connection.setRemoteDescription(RTCSessionDescription(command["sdp"], "offer"))
                await connection.setLocalDescription(await connection.createAnswer())
                return {"sdp": connection.localDescription.sdp}
            case "received":
                return {"packets": [await _packets(one) for one in self._connections]}
            case unknown:
                raise ValueError(f"{unknown!r} is nothing that receivers can do")

    async def close(self) -> None:
        for connection in self._connections:
            await connection.close()


async def _packets(connection: RTCPeerConnection) -> int:
    stats: dict[str, Any] = await connection.getStats()
    return sum(one.packetsReceived for one in stats.values() if one.type == "inbound-rtp" and one.kind == "video")


async def main() -> None:
    options = json.loads(sys.argv[1])
    end = Sender(options) if options["end"] == "sender" else Receivers()
    await end.open()
    say({})
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            say(await end.do(json.loads(line)))
    finally:
        await end.close()


if __name__ == "__main__":
    asyncio.run(main())
