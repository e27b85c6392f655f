"""The same bad paths with aiortc as it comes; started by ``bench._lossy_path`` in a process of its own.

Says the share of real time that a receiver's track delivered, by percent of loss.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from av import AudioFrame

from tests.media.thin_path import ThinPath, host_of

RATE, FRAME = 48_000, 960
KBPS, DELAY_S, JITTER_S = 2000.0, 0.04, 0.03
SETTLE_S = 2.0


class Hum(MediaStreamTrack):
    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._begun = time.monotonic()
        self._sent = 0
        wave = 8000 * np.sin(2 * np.pi * 440 * np.arange(FRAME) / RATE)
        self._samples = wave.astype(np.int16).reshape(1, -1)

    async def recv(self) -> AudioFrame:
        await asyncio.sleep(max(0.0, self._begun + self._sent / RATE - time.monotonic()))
        frame = AudioFrame.from_ndarray(self._samples, format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._sent
        self._sent += FRAME
        return frame


async def played(percent: int, seconds: float) -> float:
    caller, callee = RTCPeerConnection(), RTCPeerConnection()
    path = ThinPath(KBPS, delay_s=DELAY_S)
    caller.addTrack(Hum())
    samples = 0
    first = asyncio.Event()
    tasks: list[asyncio.Task[None]] = []

    async def count(track: MediaStreamTrack) -> None:
        nonlocal samples
        while True:
            frame = await track.recv()
            assert isinstance(frame, AudioFrame)
            samples += frame.samples
            first.set()

    callee.add_listener("track", lambda track: tasks.append(asyncio.create_task(count(track))))
    try:
        await caller.setLocalDescription(await caller.createOffer())
        path.open(host_of(caller.localDescription.sdp))
        await callee.setRemoteDescription(RTCSessionDescription(path.bent(caller.localDescription.sdp, 1), "offer"))
        await callee.setLocalDescription(await callee.createAnswer())
        await caller.setRemoteDescription(RTCSessionDescription(path.bent(callee.localDescription.sdp, 0), "answer"))
        await first.wait()
        path.loss, path.jitter_s = percent / 100, JITTER_S
        await asyncio.sleep(SETTLE_S)
        begin, before = time.monotonic(), samples
        await asyncio.sleep(seconds)
        return (samples - before) / RATE / (time.monotonic() - begin)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(caller.close(), callee.close())
        path.close()


async def _all(losses: Sequence[int], seconds: float) -> dict[str, float]:
    shares = await asyncio.gather(*(played(percent, seconds) for percent in losses))
    return {str(percent): round(share, 4) for percent, share in zip(losses, shares, strict=True)}


if __name__ == "__main__":
    options = json.loads(sys.argv[1])
    print(json.dumps(asyncio.run(_all(options["losses"], options["seconds"]))), flush=True)  # noqa: T201
