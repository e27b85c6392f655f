"""One stay in one room: the intents of a person, and the snapshots that come of them.

Everything runs on the engine's loop, but ``picture`` and ``self_view``, which any thread may use. Intents never raise
for what can be expected of networks and devices: that ends in ``RoomState``. Only ``say`` raises, for a text that
cannot be sent at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.room.state import Me, MessageKind, RoomState, SessionInfo
from app.store import Store

if TYPE_CHECKING:
    from app.media.call import CallMedia
    from app.media.peer import PeerFigures
    from app.media.slot import FrameSlot
    from app.media.sources import SourceSpec
    from app.net.rest import RestClient
    from app.room.outbox import Outbox


class RoomSession:
    """A room that can be joined once. ``store`` holds what the window shows."""

    store: Store[RoomState]
    joined_at: float | None
    """Monotonic seconds when ``join`` was called."""
    self_view: FrameSlot

    def __init__(
        self,
        *,
        rest: RestClient,
        server: str,
        token: str | None,
        me: Me,
        session: SessionInfo,
        media: CallMedia,
        outbox: Outbox,
        camera: SourceSpec,
        microphone: SourceSpec,
    ) -> None:
        raise NotImplementedError

    async def join(self) -> None:
        """Enter the room; returns when we are in, or were refused (``Link.REFUSED``). Reconnects by itself from then
        on."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Say goodbye, close every connection and release the devices. May be called at any time, and twice."""
        raise NotImplementedError

    async def set_microphone(self, on: bool) -> None:
        """Ask for the microphone to be on or off; off is silence at once. The outcome is in
        ``RoomState.microphone``."""
        raise NotImplementedError

    async def set_camera(self, on: bool) -> None:
        """Ask for the camera to be on or off. The outcome is in ``RoomState.camera``."""
        raise NotImplementedError

    async def say(self, text: str, kind: MessageKind = MessageKind.TEXT) -> None:
        """Put a message into the outbox and send it; it shows as pending at once.

        Raises:
            MessageRefused: it is blank, longer than 4,000 characters, or too much is waiting to be sent.
        """
        raise NotImplementedError

    async def retry(self, key: str) -> None:
        """Send a failed message again, as the same message."""
        raise NotImplementedError

    async def discard(self, key: str) -> None:
        """Forget a message of ours that is not sent."""
        raise NotImplementedError

    async def load_earlier(self) -> None:
        """Fetch the page of history before the oldest message shown."""
        raise NotImplementedError

    async def try_again(self) -> None:
        """Reconnect to the server now instead of waiting for the next try."""
        raise NotImplementedError

    async def reconnect_peer(self, participant_id: str) -> None:
        """Build the connection to one participant anew, also after it had been given up."""
        raise NotImplementedError

    async def set_volume(self, participant_id: str, volume: float) -> None:
        """How loud one participant is for us: 0 to 2, 1 is as sent."""
        raise NotImplementedError

    def picture(self, participant_id: str) -> FrameSlot:
        """Where the frames of one participant arrive; stays the same through rebuilt connections. Any thread."""
        raise NotImplementedError

    def peer_figures(self, participant_id: str) -> PeerFigures | None:
        """What was measured of one participant's media, or None where there is no connection."""
        raise NotImplementedError
