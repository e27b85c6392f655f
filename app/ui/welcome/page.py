"""The first page: beside a picture the form, and below it the way that needs no account."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.components.lines import WordsBetweenLines
from app.ui.components.scroll import FollowingScroll
from app.ui.welcome import hero
from app.ui.welcome.account_form import AccountForm
from app.ui.welcome.option_row import OptionRow
from app.ui.welcome.start_room import StartRoom
from app.ui.words import tr

_FORM = 424
_BESIDE_HERO = 520
_MIN_HERO = 360
_LOW, _LOWEST = 880, 760
"""In lower windows everything moves together: the way without an account is to be seen without scrolling."""


class WelcomePage(QWidget):
    """Shows the account form or, after its row was pressed, what a room on this computer needs."""

    def __init__(self, server: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hero = hero.Hero()
        self.form = AccountForm(server)
        self.start_room = StartRoom()
        self.local = OptionRow("laptop", tr("Start a room on this computer"), tr("No account, no server. Just a name."))
        self._name = ""
        self._lay_out()
        self.local.clicked.connect(self._to_start_room)
        self.start_room.cancelled.connect(self._to_form)

    def remember(self, name: str, email: str) -> None:
        """Who was here last."""
        self._name = name
        self.form.remember(name, email)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = min(hero.WIDTH, self.width() - _BESIDE_HERO)
        self.hero.setVisible(room >= _MIN_HERO)
        self.hero.setFixedWidth(max(room, _MIN_HERO))
        is_lowest = self.height() < _LOWEST
        self.form.be_compact(self.height() < _LOW)
        self._ways.setVisible(not is_lowest)
        for column in self._columns:
            column.setContentsMargins(0, 24 if is_lowest else 56, 0, 16 if is_lowest else 32)
            column.setSpacing(16 if is_lowest else 20)

    def _to_start_room(self) -> None:
        self._pages.setCurrentIndex(1)
        self.start_room.begin(self._name)

    def _to_form(self) -> None:
        self._pages.setCurrentIndex(0)
        self.local.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._ways = WordsBetweenLines(tr("or without an account"))
        for widget in (self.form, self.start_room, self._ways, self.local):
            widget.setFixedWidth(_FORM)
        self._pages = QStackedWidget()
        self._columns: list[QVBoxLayout] = []
        for widgets in ((self.form, self._ways, self.local), (self.start_room,)):
            page = QWidget()
            page.setObjectName("surface")
            column = QVBoxLayout()
            column.setSpacing(20)
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)
            self._columns.append(column)
            middle = QHBoxLayout(page)
            middle.setContentsMargins(0, 0, 0, 0)
            middle.addStretch(1)
            middle.addLayout(column)
            middle.addStretch(1)
            self._pages.addWidget(FollowingScroll(page))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.hero)
        row.addWidget(self._pages, 1)
