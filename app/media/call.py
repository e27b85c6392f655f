"""The media of one call: our side's sources, everybody's connection, and what is heard. One per room, on the engine's
loop.

Promises: the microphone starts muted; muting is silence at once; a camera that is off sends nothing and its device is
free; what we capture is captured and encoded once, however many watch; a screen that is shared takes nothing from the
camera, but for those who can show only one picture of us; ``close`` releases the devices first, whatever becomes of the
connections, and leaves no thread, task or descriptor behind.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

from av import VideoFrame

from app.errors import DeviceError, DeviceKind
from app.media.audio.chimes import Chime, sound_of
from app.media.audio.incoming import AudioIn
from app.media.audio.mixer import Mixer
from app.media.audio.outgoing import AudioOut
from app.media.audio.processing import processor
from app.media.audio.settings import SoundSettings
from app.media.audio.speaker import Speaker
from app.media.capture.feeds import Feeds, screen_feeds
from app.media.ice import ServerProbe
from app.media.peer import Peer, PeerState
from app.media.relief import Relief
from app.media.rtc.install import install
from app.media.rtc.warming import warm_up
from app.media.screens import ScreenEnd
from app.media.slot import FrameSlot
from app.media.sources import SourceKind, SourceSpec, VideoFormat
from app.media.sync import Heard, LipSync
from app.media.video import codecs, h264, hardware
from app.media.video.incoming import VideoIn
from app.media.video.layers import CameraLayers
from app.media.video.outgoing import VideoOut
from app.media.video.pressure import Step
from app.media.video.stills import Stills
from protocol.events import IceServer

install()

log = logging.getLogger(__name__)

CLOSE_S = 3.0
"""So long a connection may take to end before nobody waits for it any more."""
SCREEN = VideoFormat(1920, 1080, 15)
"""The most that is sent of a screen."""


class CallMedia:
    def __init__(self, *, speaker: Speaker, video: VideoFormat | None = None) -> None:
        wanted = video if video is not None else VideoFormat()
        hardware.look(h264.x264)
        self.on_device_lost: Callable[[DeviceKind, DeviceError], None] | None = None
        """A source died by itself. Called on the loop."""
        self.on_talking_while_muted: Callable[[], None] | None = None
        """"You are muted": somebody speaks whom nobody hears. Called on the loop, at most every 20 s."""
        self.on_dead_microphone: Callable[[bool], None] | None = None
        """"We can't hear you": five seconds of digital silence while unmuted; False: it is over. Called on the loop."""
        self.layers = CameraLayers(wanted)
        self.video = self.layers.full
        self.audio = AudioOut()
        self.audio.on_talking_while_muted = self._talking_while_muted
        self.audio.on_dead_microphone = self._microphone_died
        self.screen = VideoOut(SCREEN.fps, codecs.SCREEN)
        self._stills = Stills()
        self._feeds = Feeds(wanted, self._see, self.audio.put, self._lost)
        self._screen_feeds = screen_feeds(SCREEN, self.screen.put, self._lost)
        self.on_relief: Callable[[Step], None] | None = None
        """This computer does not keep up, or does again: from now on no more than the step is sent of our camera.
        Called on the loop."""
        self.relief = Relief(self.layers, self._relieved)
        self._speaker = speaker
        self._speaking = False
        self._mixer = Mixer(self.audio.voice.heard)
        self.audio.voice.speaker_delay = lambda: speaker.delay_s
        self._sound = SoundSettings()
        self._processing = asyncio.Lock()
        """A processor takes a while to load: what was chosen later is not to be ready first."""
        self._microphone: SourceSpec | None = None
        self._probe = ServerProbe()
        warm_up()
        self._peers: set[Peer] = set()

    @property
    def self_view(self) -> FrameSlot:
        return self.video.self_view

    @property
    def screen_view(self) -> FrameSlot:
        """What we share, as it is sent."""
        return self.screen.self_view

    async def set_screen(self, spec: SourceSpec | None) -> None:
        """Share the screen or window ``spec`` with everybody; None: stop sharing.

        Raises:
            DeviceError: it cannot be captured; then nothing is shared.
        """
        try:
            if spec is None or spec.kind is SourceKind.NONE:
                await self._screen_feeds.close(DeviceKind.SCREEN)
            else:
                await self._screen_feeds.open(DeviceKind.SCREEN, spec)
        finally:
            self._show_sharing()

    async def set_camera(self, spec: SourceSpec | None) -> None:
        """Show ``spec``; None (or "none"): no frames, device released.

        Raises:
            DeviceError: it does not open; then the camera is off.
        """
        if spec is None or spec.kind is SourceKind.NONE:
            await self._feeds.close(DeviceKind.CAMERA)
        else:
            await self._feeds.open(DeviceKind.CAMERA, spec)

    def set_body_double(self, on: bool) -> None:
        """Show a still of the camera every ten seconds at most, to others and to ourselves."""
        self._stills.turn(on)

    async def set_microphone(self, spec: SourceSpec | None) -> None:
        """Listen to ``spec``; it stays as muted as before.

        Raises:
            DeviceError: it does not open; then there is no microphone, and silence is sent.
        """
        self.audio.set_has_source(False)
        self._microphone = None
        if spec is None or spec.kind is SourceKind.NONE:
            await self._feeds.close(DeviceKind.MICROPHONE)
            await self._process()
        else:
            self._microphone = spec
            await self._process()
            await self._feeds.open(DeviceKind.MICROPHONE, spec)
            self.audio.set_has_source(True)

    async def set_sound(self, settings: SoundSettings) -> None:
        """How our voice is treated from now on."""
        if settings != self._sound:
            self._sound = settings
            await self._process()

    async def _process(self) -> None:
        """A real microphone's voice is processed; a clip's was when it was made."""
        async with self._processing:
            real = self._microphone is not None and self._microphone.kind is SourceKind.DEVICE
            made = await asyncio.to_thread(processor, self._sound) if real else None
            self.audio.voice.use(made, evens=real and self._sound.gain_control)

    def set_muted(self, muted: bool) -> None:
        self.audio.set_muted(muted)

    def set_speaker(self, device_id: str) -> None:
        """Play on another device; the system's default where it is ""."""
        self._speaker.use(device_id)

    def set_deafened(self, deafened: bool) -> None:
        """Hear nobody; chimes are heard."""
        self._mixer.deafened = deafened

    def chime(self, chime: Chime) -> None:
        """Play one of the room's small sounds, for us alone; voices step back. Unheard before anybody is there."""
        if self._speaking:
            self._mixer.chime(sound_of(chime))

    def level(self) -> float:
        """How loud we are just now, 0 to 1; 0 while muted."""
        return self.audio.level.at(time.monotonic())

    def connect(
        self,
        slot: FrameSlot,
        ice_servers: Sequence[IceServer],
        listener: Callable[[PeerState], None],
        *,
        screen: FrameSlot | None = None,
    ) -> Peer:
        """A connection to one more participant, whose picture goes to ``slot``. It waits to be told what to do.

        Their screen goes to ``screen``; None where they are known to have no place for screens beside the camera.
        """
        if not self._speaking:
            self._speaking = True
            self.relief.start()
            self._speaker.start(self._mixer.pull)
        voice = AudioIn()

        def heard() -> Heard | None:
            return None if self._mixer.deafened else voice.heard(self._speaker.delay_s)

        def closed(peer: Peer) -> None:
            self._peers.discard(peer)
            self._mixer.remove(voice)

        video = self.video.track()
        sync = LipSync(heard)
        peer = Peer(
            audio=self.audio.track(),
            video=video,
            voice=voice,
            picture=VideoIn(slot, sync),
            sync=sync,
            screen=ScreenEnd(self.layers, self.screen, video, screen),
            servers=ice_servers,
            probe=self._probe,
            listener=listener,
            on_closed=closed,
        )
        self._mixer.add(voice)
        self._peers.add(peer)
        peer.share(self._is_sharing)
        return peer

    async def close(self) -> None:
        self.relief.stop()
        peers = asyncio.gather(*(_end(peer) for peer in tuple(self._peers)))
        await asyncio.gather(self._feeds.close_all(), self._screen_feeds.close_all())
        await peers
        await self.layers.close()
        await self.screen.close()
        await self.audio.close()
        if self._speaking:
            await asyncio.to_thread(self._speaker.stop)

    def _see(self, frame: VideoFrame, at: float) -> None:
        """In the capture thread."""
        if self._stills.admits(at):
            if self._stills.is_on:
                self.layers.begin_anew()  # whoever came meanwhile, or missed the last one, sees this one
            self.layers.put(frame, at)

    def _relieved(self, step: Step) -> None:
        for peer in self._peers:
            peer.relieve()
        if self.on_relief is not None:
            self.on_relief(step)

    def _talking_while_muted(self) -> None:
        if self.on_talking_while_muted is not None:
            self.on_talking_while_muted()

    def _microphone_died(self, dead: bool) -> None:
        if self.on_dead_microphone is not None:
            self.on_dead_microphone(dead)

    def _lost(self, kind: DeviceKind, error: DeviceError) -> None:
        if kind is DeviceKind.MICROPHONE:
            self.audio.set_has_source(False)
        elif kind is DeviceKind.SCREEN:
            self._show_sharing()
        if self.on_device_lost is not None:
            self.on_device_lost(kind, error)

    @property
    def _is_sharing(self) -> bool:
        return self._screen_feeds.is_open(DeviceKind.SCREEN)

    def _show_sharing(self) -> None:
        for peer in self._peers:
            peer.share(self._is_sharing)


async def _end(peer: Peer) -> None:
    try:
        async with asyncio.timeout(CLOSE_S):
            await peer.close()
    except TimeoutError:
        log.warning("a connection did not end within %g s", CLOSE_S)
