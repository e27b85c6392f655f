"""Where and how the room's window was left: put back when it opens, remembered when it is left for good."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.placing import Placing
from app.ui.room.layouts import Layout
from app.ui.room.memory import RoomMemory
from app.ui.room.side_panel import TABS, SidePanel
from app.ui.room.stage import Stage

_NO_PANEL = "no-side-panel"
"""The wish to begin without it."""
_PLACE, _LAYOUT, _TAB = "room-window", "layout", "tab"


class Keeping:
    def __init__(self, window: QWidget, memory: RoomMemory, stage: Stage, panel: SidePanel) -> None:
        self._memory = memory
        self._stage = stage
        self._panel = panel
        Placing(window, memory.look(_PLACE), lambda where: memory.set_look(_PLACE, where))
        if memory.look(_LAYOUT) == Layout.SPEAKER:
            stage.choose_layout(Layout.SPEAKER)
        if memory.look(_TAB) in TABS:
            panel.choose(memory.look(_TAB))

    @property
    def begins_with_panel(self) -> bool:
        """Where there is room beside the stage."""
        return not self._memory.wish(_NO_PANEL)

    def remember_panel(self, is_open: bool) -> None:
        """Of a window with room for it."""
        self._memory.set_wish(_NO_PANEL, not is_open)

    def remember(self) -> None:
        """After the window was closed."""
        self._memory.set_look(_LAYOUT, self._stage.chosen_layout)
        self._memory.set_look(_TAB, self._panel.tab)
        self._memory.save()
