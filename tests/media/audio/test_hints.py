"""Who speaks while muted, or into a dead microphone, is told so by the call."""

from __future__ import annotations

import numpy as np

from app.media.audio.sound import FRAME
from tests.media.audio.signals import frames, speech
from tests.media.calls import new_call, until


async def test_the_call_tells_what_the_microphone_should_hear() -> None:
    call = new_call()
    told: list[str] = []
    call.on_talking_while_muted = lambda: told.append("muted")
    call.on_dead_microphone = lambda dead: told.append(f"dead {dead}")
    for index in range(260):
        call.audio.voice.sent(np.zeros(FRAME, np.int16), 0.0, index * 0.02, muted=False)
    spoken = frames(speech(4))
    for index, sound in enumerate(spoken):
        call.audio.voice.sent(sound, 0.0, 10 + index * 0.02, muted=True)
    await until(lambda: told == ["dead True", "dead False", "muted"])
    await call.close()


async def test_nobody_has_to_listen() -> None:
    call = new_call()
    for index in range(260):
        call.audio.voice.sent(np.zeros(FRAME, np.int16), 0.0, index * 0.02, muted=False)
    call.audio.voice.use(None, evens=False)
    await call.close()
