"""What a tile shows of one person, decided from the state. Pure, no Qt widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.room.state import ME, Link, Participant, Phase, Quality, RoomState
from app.ui.room.emoji import is_only_emoji
from app.ui.words import explain_blocked, person, tr


class Show(StrEnum):
    """What fills the tile."""

    PICTURE = "picture"
    AVATAR = "avatar"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Face:
    """One tile's content, but the picture itself."""

    id: str
    user_id: str
    name: str
    """Harmless already."""
    label: str
    """The words of the name pill."""
    show: Show
    is_self: bool = False
    muted: bool = False
    camera_off: bool = False
    speaking: bool = False
    attempt: int = 0
    hand: int = 0
    """The place of the raised hand among all, from 1 on; 0 while it is down."""
    quality: Quality = Quality.UNKNOWN
    shares: bool = False
    body_double: bool = False
    """The picture is a still, a new one every ten seconds at most."""
    is_pinned: bool = False
    is_hidden: bool = False
    """We do not want to see this person's video."""
    may_film: bool = False
    """They never said whether their camera is on (the seed's clients do not): only a picture that comes will tell, so
    look for one even while none is shown."""
    reaction: str = ""
    reactions: int = 0

    @property
    def spoken(self) -> str:
        """The tile for a screen reader: who, and all that is seen."""
        parts = [self.label]
        if self.speaking:
            parts.append(tr("speaking"))
        if self.muted:
            parts.append(tr("microphone off"))
        parts.append(tr("camera off") if self.camera_off else tr("camera on"))
        if self.body_double:
            parts.append(tr("body-double mode"))
        if self.hand:
            parts.append(tr("hand raised"))
        if self.shares:
            parts.append(tr("sharing a screen"))
        if self.is_pinned:
            parts.append(tr("pinned"))
        if self.is_hidden:
            parts.append(tr("video hidden by you"))
        if self.quality is Quality.POOR:
            parts.append(tr("poor connection"))
        if words := self.state_words:
            parts.append(words)
        return ", ".join(parts)

    @property
    def state_words(self) -> str:
        """What to say in place of the picture, or ""."""
        match self.show:
            case Show.CONNECTING:
                return tr("Connecting…")
            case Show.RECONNECTING:
                return tr("Reconnecting…")
            case Show.FAILED:
                return explain_blocked(self.name)
            case _:
                return ""

    @property
    def try_words(self) -> str:
        return tr("Try %1").replace("%1", str(self.attempt)) if self.attempt > 1 else ""


_CONNECTING = (Phase.NEW, Phase.OFFER_SENT, Phase.ANSWER_SENT, Phase.CANDIDATES)


@dataclass(frozen=True, slots=True)
class Own:
    """What we made of the tiles, each for ourselves alone."""

    pinned: str | None = None
    hidden: frozenset[str] = frozenset()
    """Whose video we do not want to see."""


def face_of(participant: Participant, state: RoomState, own: Own) -> Face:
    """The tile of somebody else."""
    name = person(participant.name)
    is_hidden = participant.id in own.hidden
    off = participant.video is False or (participant.video is None and not participant.has_picture)
    return Face(
        id=participant.id,
        user_id=participant.user_id,
        name=name,
        label=_label(name, participant),
        show=_show(participant, off or is_hidden),
        muted=participant.audio is False,
        camera_off=off,
        speaking=participant.speaking and participant.audio is not False,
        attempt=participant.attempt,
        hand=state.place_of_hand(participant.id),
        quality=participant.quality,
        shares=participant.screen,
        body_double=participant.body_double and not off,
        is_pinned=own.pinned == participant.id,
        is_hidden=is_hidden,
        may_film=participant.video is None and not is_hidden,
        reaction=participant.reaction if is_only_emoji(participant.reaction) else "",
        reactions=participant.reactions,
    )


def own_face(state: RoomState, own: Own) -> Face:
    """Our own tile."""
    return Face(
        id=ME,
        user_id=state.me.user_id,
        name=person(state.me.name),
        label=f"{tr('You')} · {tr('sharing')}" if state.sharing.actual else tr("You"),
        show=Show.PICTURE if state.camera.actual else Show.AVATAR,
        is_self=True,
        muted=not state.microphone.actual,
        camera_off=not state.camera.actual,
        body_double=state.body_double and state.camera.actual,
        speaking=state.speaking and state.microphone.actual and state.link is not Link.JOINING,
        hand=state.place_of_hand(ME),
        is_pinned=own.pinned == ME,
        reaction=state.reaction,
        reactions=state.reactions,
    )


def _label(name: str, participant: Participant) -> str:
    if not participant.verified:
        return f"{name} · {tr('guest')}"
    return f"{name} · {tr('tutor')}" if participant.is_tutor else name


def _show(participant: Participant, camera_off: bool) -> Show:
    if participant.phase is Phase.FAILED:
        return Show.FAILED
    if participant.phase is Phase.RECONNECTING:
        return Show.RECONNECTING
    if participant.phase in _CONNECTING and not participant.has_picture:
        return Show.CONNECTING if participant.attempt <= 1 else Show.RECONNECTING
    return Show.AVATAR if camera_off else Show.PICTURE
