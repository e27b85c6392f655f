"""What can be done with one person or one screen: from a tile, from a row of people, by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.media.figures import PeerFigures
from app.room.state import Participant
from app.ui.components.menus import round_menu
from app.ui.room.people import volume_words
from app.ui.words import person, tr

VOLUMES = (0, 25, 50, 75, 100, 125, 150, 175, 200)
"""Per cent. The slider in the people panel has those between."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the menu may do. None: not offered for this tile."""

    pin: Callable[[], None]
    set_volume: Callable[[float], None] | None = None
    hide_video: Callable[[bool], None] | None = None
    copy_details: Callable[[], None] | None = None
    hide_self: Callable[[], None] | None = None


def person_menu(parent: QWidget, deeds: Deeds, *, is_pinned: bool, is_hidden: bool, volume: float) -> QMenu:
    menu = round_menu(QMenu(parent))
    menu.addAction(tr("Unpin") if is_pinned else tr("Pin to the large place")).triggered.connect(deeds.pin)
    set_volume, hide_video = deeds.set_volume, deeds.hide_video
    if set_volume is not None:
        _add_volumes(menu, set_volume, round(volume * 100))
    if hide_video is not None:
        words = tr("Show video") if is_hidden else tr("Hide video for me")
        menu.addAction(words).triggered.connect(lambda: hide_video(not is_hidden))
    if deeds.copy_details is not None:
        menu.addAction(tr("Copy connection details")).triggered.connect(deeds.copy_details)
    if deeds.hide_self is not None:
        menu.addAction(tr("Hide my own tile")).triggered.connect(deeds.hide_self)
    return menu


def _add_volumes(menu: QMenu, set_volume: Callable[[float], None], now: int) -> None:
    inner = round_menu(QMenu(tr("Volume, %1 %").replace("%1", str(now)), menu))
    menu.addMenu(inner)
    group = QActionGroup(inner)
    nearest = min(VOLUMES, key=lambda one: abs(one - now))
    for volume in VOLUMES:
        action = inner.addAction(volume_words(volume))
        action.setCheckable(True)
        action.setChecked(volume == nearest)
        group.addAction(action)
        action.triggered.connect(lambda _=False, volume=volume: set_volume(volume / 100))


def details_text(participant: Participant, figures: PeerFigures | None) -> str:
    """The measured figures of one connection as text, for a question to whoever runs the server."""
    lines = [
        f"{person(participant.name)}: {participant.phase}, {participant.quality}, attempt {participant.attempt}",
    ]
    if figures is not None:
        video, audio = figures.video, figures.audio
        lines.append(
            f"video {video.width}x{video.height}, {video.fps:.1f} fps, {video.frames} frames, "
            f"{video.freezes} freezes ({video.freeze_ms:.0f} ms)"
        )
        if video.held_ms is not None:
            lines.append(f"pictures held for their sound: {video.held_ms[0]:.0f} ms (p95 {video.held_ms[1]:.0f} ms)")
        received, concealed, played = audio.frames_received, audio.frames_concealed, audio.frames_played
        lines.append(f"audio {received} frames received, {concealed} concealed of {played}")
    return "\n".join(lines)
