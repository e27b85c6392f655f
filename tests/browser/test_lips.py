"""Lips and words of a browser: its sender reports tell us when both were captured."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.call import CallMedia
from app.media.slot import FrameSlot
from app.media.sources import VideoFormat
from tests.browser.conftest import Open
from tests.media.calls import until
from tests.media.lips import FPS, Ear, Eye, leads

pytestmark = pytest.mark.asyncio(loop_scope="package")

LOUDSPEAKER_S = 0.08
CLAPS = 5
"""Of so many the median is taken."""
TOLERANCE_S = 0.06
CLAP = """async offer => {
  await navigator.mediaDevices.getUserMedia({audio: true});  // so that addresses are not hidden
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  document.body.append(canvas);
  const sound = new AudioContext({sampleRate: 48000});
  const out = sound.createMediaStreamDestination();
  const tone = new OscillatorNode(sound, {frequency: 1000});
  const gain = new GainNode(sound, {gain: 0});
  tone.connect(gain).connect(out);
  tone.start();
  let next = Math.ceil(sound.currentTime) + 0.5;
  setInterval(() => {
    for (; next < sound.currentTime + 0.3; next += 1) {
      gain.gain.setValueAtTime(0.5, next);
      gain.gain.setValueAtTime(0, next + 0.2);
    }
    const within = sound.currentTime % 1;
    pen.fillStyle = within >= 0.5 && within < 0.7 ? "white" : "black";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }, 10);
  const stream = new MediaStream([...out.stream.getTracks(), ...canvas.captureStream(30).getTracks()]);
  const connection = window.connection = new RTCPeerConnection();
  await connection.setRemoteDescription({type: "offer", sdp: offer});
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  await connection.setLocalDescription();
  if (connection.iceGatheringState !== "complete")
    await new Promise(done => {
      connection.onicegatheringstatechange = () => connection.iceGatheringState === "complete" && done();
    });
  return connection.localDescription.sdp;
}"""
"""Answers with a stream in which a flash and a beep begin together in the middle of each second."""


async def test_a_browsers_flash_and_beep_come_to_be_seen_and_heard_together(open_page: Open) -> None:
    classmate = await open_page()
    ear, slot = Ear(LOUDSPEAKER_S), FrameSlot()
    eye = Eye(slot)
    media = CallMedia(speaker=ear, video=VideoFormat(320, 180, FPS))
    try:
        peer = media.connect(slot, (), lambda state: None)
        offer = await peer.offer()
        answer: str = await classmate.page.evaluate(CLAP, offer.sdp)
        await peer.accept(answer, {"0": "microphone", "1": "camera"})

        def found() -> list[float]:
            return leads(eye.flashes, ear.beeps)

        await until(lambda: len(found()) >= CLAPS and abs(np.median(found()[-CLAPS:])) < TOLERANCE_S, 60)
        held = peer.figures().video.held_ms
        assert held is not None
        assert held[1] > 0
    finally:
        await media.close()
