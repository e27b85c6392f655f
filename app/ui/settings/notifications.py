"""Whether the room may call for attention while one looks elsewhere."""

from __future__ import annotations

from app.ui.components.labels import Label
from app.ui.components.switch import SwitchRow
from app.ui.port import DeskPort
from app.ui.room.memory import QUIET, RoomMemory
from app.ui.settings.section import Section
from app.ui.words import tr


class NotificationsSection(Section):
    """A room that is open has its own switch, under More; it begins with what is chosen here."""

    def __init__(self, desk: DeskPort) -> None:
        super().__init__(tr("Notifications"), "bell")
        self._desk = desk
        self.quiet = SwitchRow(
            tr("Do not disturb"), tr("No notifications of messages, raised hands and people who come.")
        )
        self.elsewhere = Label(tr("You are in a room: change it there, under More."), 13, 400, "muted").wrapped()
        self.body.addWidget(self.quiet)
        self.body.addWidget(self.elsewhere)
        self.quiet.switch.clicked.connect(self._be_quiet)
        self.look()

    def look(self) -> None:
        """Show what is remembered now."""
        self.quiet.switch.setChecked(RoomMemory(self._desk.settings.folder).wish(QUIET))
        self.quiet.setEnabled(not self._desk.is_in_room)
        self.elsewhere.setVisible(self._desk.is_in_room)

    def _be_quiet(self, is_quiet: bool) -> None:
        memory = RoomMemory(self._desk.settings.folder)
        memory.set_wish(QUIET, is_quiet)
        memory.save()
