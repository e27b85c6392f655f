"""A look at the real address before a link is opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import Label, breakable
from app.ui.room.links import Link
from app.ui.room.sheet import Sheet
from app.ui.words import tr

_WIDTH = 460
_SHOWN = 400
"""Characters of an address; more would fill the screen."""


def in_browser(url: str) -> None:
    QDesktopServices.openUrl(QUrl(url))


class LinkSheet(Sheet):
    def __init__(self, link: Link, parent: QWidget, open_url: Callable[[str], None] = in_browser) -> None:
        super().__init__(tr("Open this link?"), parent)
        self._link = link
        self.setFixedWidth(_WIDTH)
        shown = link.url if len(link.url) <= _SHOWN else link.url[:_SHOWN] + "…"
        host = Label(breakable(link.host), 16, 600).wrapped()
        host.setAccessibleName(link.host)
        where = Label(breakable(shown), 13, 400, "muted").wrapped()
        where.setAccessibleName(shown)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(host)
        self.column.addWidget(where)
        self.column.addWidget(Label(tr("It opens in your browser. Is this where you want to go?"), 14).wrapped())
        self.cancel = Button(tr("Cancel"), Kind.PLAIN)
        self.copy = Button(tr("Copy address"), Kind.SECONDARY, icon="copy")
        self.open_it = Button(tr("Open"), Kind.PRIMARY, icon="external-link")
        self.cancel.clicked.connect(self.close)
        self.copy.clicked.connect(self._copy)
        self.open_it.clicked.connect(lambda: open_url(link.url))
        self.open_it.clicked.connect(self.close)
        self.add_buttons(self.cancel, self.copy, self.open_it)
        self.cancel.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._link.url)
        self.close()
