"""The settings: a list of cards, and the cards in two columns where there is room, else one below the other.

Promises: no device is opened before somebody presses Test, and none stays open when the page is left.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.bridge import Intents, StoreBridge
from app.ui.components.cards import CardPage
from app.ui.components.fields import ErrorLine
from app.ui.components.labels import Label
from app.ui.components.margins import set_margins
from app.ui.components.scroll import FollowingScroll
from app.ui.port import DeskPort
from app.ui.settings.account import AccountSection
from app.ui.settings.appearance import AppearanceSection
from app.ui.settings.devices import DevicesSection
from app.ui.settings.keys import KeysSection
from app.ui.settings.languages import LanguageSection
from app.ui.settings.notifications import NotificationsSection
from app.ui.settings.section import NavButton, Section
from app.ui.settings.texts import AboutSection, AccessSection, PrivacySection, ServerSection
from app.ui.shortcuts import Shortcuts
from app.ui.words import explain, tr

if TYPE_CHECKING:
    from app.ui.about.licences import Licence
    from app.ui.about.window import LicencesWindow

TWO_FROM = 1200
"""Width of the window from which on there are two columns; the rail beside the page has 72 of it."""
_RAIL = 72
_NAV = 192
_NARROW_NAV = 168


class SettingsPage(QWidget):
    """``sign_out_wanted`` comes from the account's card and from the server's."""

    sign_out_wanted = Signal()

    def __init__(self, desk: DeskPort, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self.intents = Intents(self._on_failed)
        self.shortcuts = Shortcuts(desk.settings, self)
        self.account = AccountSection(desk, self.intents)
        self.devices = DevicesSection(desk, self.intents)
        self.appearance = AppearanceSection(desk.settings)
        self.keys = KeysSection(self.shortcuts)
        self.notifications = NotificationsSection(desk)
        self.access = AccessSection()
        self.language = LanguageSection(desk.settings)
        self.privacy = PrivacySection(desk, self.intents)
        self.server = ServerSection(desk)
        self.about = AboutSection()
        self.trouble = ErrorLine()
        self._left = (self.devices, self.appearance, self.notifications, self.language, self.account, self.server)
        self._right = (self.keys, self.access, self.privacy, self.about)
        self.sections: tuple[Section, ...] = (*self._left, *self._right)
        """In the order of the list, which is that of the cards down one column and then the other."""
        self.nav: dict[Section, NavButton] = {one: NavButton(one.icon, one.title) for one in self.sections}
        self._is_two: bool | None = None
        self.licences: LicencesWindow | None = None
        """Once it was asked for."""
        self._lay_out()
        self._bridge = StoreBridge(desk.account.store)
        self._bridge.listen(self.account.show_account)
        self._bridge.listen(self.server.show_account)
        for section in (self.account, self.server):
            section.sign_out_wanted.connect(self.sign_out_wanted)
        self.about.licences_wanted.connect(self._open_licences)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def close_bridges(self) -> None:
        """Hear nothing more."""
        self._bridge.close()
        self.devices.tryout.stop_listening()

    @property
    def at(self) -> int:
        """The number of the card that the list says one is at."""
        return next((number for number, one in enumerate(self.sections) if self.nav[one].isChecked()), 0)

    @property
    def scrolled(self) -> int:
        """How far down the cards one is, in pixels."""
        return self._scroll.verticalScrollBar().value()

    def go_back_to(self, number: int, scrolled: int) -> None:
        """Be at the card of that number, scrolled as far as before."""
        self.go_to(self.sections[number])
        self._scroll.verticalScrollBar().setValue(scrolled)

    def go_to(self, section: Section) -> None:
        """Bring a card into sight and the focus to its first control; of several to choose from, to the chosen one.
        Where there is none the focus rests on the card's name in the list.
        """
        self.nav[section].setChecked(True)
        self._scroll.verticalScrollBar().setValue(section.y() - 8)
        groups = section.findChildren(QButtonGroup)
        others = [one for group in groups for one in group.buttons() if not one.isChecked()]
        step = section.nextInFocusChain()
        while step is not None and step is not section:
            takes_focus = step.focusPolicy() & Qt.FocusPolicy.TabFocus and step.isVisible() and step.isEnabled()
            if section.isAncestorOf(step) and takes_focus and step not in others:
                step.setFocus(Qt.FocusReason.OtherFocusReason)
                break
            step = step.nextInFocusChain()
        else:
            self.nav[section].setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.verticalScrollBar().setValue(section.y() - 8)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.trouble.say("")
            self.account.show_account(self._bridge.state)
            self.server.show_account(self._bridge.state)
            self.notifications.look()
            self.devices.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.devices.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_two = self.width() >= TWO_FROM - _RAIL
        edge = 48 if is_two else 32
        self._top.setContentsMargins(edge, 40 if is_two else 32, edge, 20)
        set_margins(self._middle, edge, 0, 0, 0)
        self._middle.setSpacing(32 if is_two else 24)
        self._side.setFixedWidth(_NAV if is_two else _NARROW_NAV)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        set_margins(self._columns, 2, 2, edge - bar, 32)
        if is_two is not self._is_two:
            self._is_two = is_two
            self._fill()

    def _fill(self) -> None:
        """Put the cards into their columns: two, or all in the order of the list."""
        for card in self.sections:
            # Taken out by name: an item that outlives its place would keep its card from being measured anew.
            self._first.removeWidget(card)
            self._second.removeWidget(card)
        for column, cards in (
            (self._first, self._left if self._is_two else self.sections),
            (self._second, self._right if self._is_two else ()),
        ):
            for index, card in enumerate(cards):
                column.insertWidget(index, card)
        if self._scroll.verticalScrollBar().value() == 0:
            self.nav[self.sections[0]].setChecked(True)
        self._columns.setStretch(1, 1 if self._is_two else 0)
        self._columns.setSpacing(24 if self._is_two else 0)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        for section, button in self.nav.items():
            if section.isAncestorOf(now):
                button.setChecked(True)

    def _on_failed(self, error: Exception) -> None:
        self.trouble.say(explain(error))

    def _open_licences(self) -> None:
        if self.licences is not None:
            self._raise_licences(self.licences)
            return
        from app.ui.about.licences import licences

        self.about.licences.setEnabled(False)
        self.trouble.say("")
        reading = self._desk.engine.call(asyncio.to_thread(licences))
        self.intents.start(reading, done=self._show_licences, failed=self._on_no_licences)

    def _on_no_licences(self, error: Exception) -> None:
        self.about.licences.setEnabled(True)
        self._on_failed(error)

    def _show_licences(self, known: tuple[Licence, ...]) -> None:
        from app.ui.about.window import LicencesWindow

        self.about.licences.setEnabled(True)
        self.licences = LicencesWindow(known, self)
        self._raise_licences(self.licences)

    def _raise_licences(self, window: QWidget) -> None:
        window.show()
        window.raise_()
        window.activateWindow()

    def _lay_out(self) -> None:
        self._side = QWidget()
        group = QButtonGroup(self)
        names = QVBoxLayout(self._side)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(4)
        for section, button in self.nav.items():
            group.addButton(button)
            names.addWidget(button)
            button.clicked.connect(lambda _=False, one=section: self.go_to(one))
        names.addStretch(1)
        self.nav[self.sections[0]].setChecked(True)
        canvas = CardPage()
        self._columns = QHBoxLayout(canvas)
        self._first, self._second = QVBoxLayout(), QVBoxLayout()
        for column in (self._first, self._second):
            column.setSpacing(24)
            column.addStretch(1)
        self._columns.addLayout(self._first, 1)
        self._columns.addLayout(self._second, 1)
        self._scroll = FollowingScroll(canvas)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.addWidget(self._side)
        self._middle.addWidget(self._scroll, 1)
        self._top = QHBoxLayout()
        self._top.addWidget(Label(tr("Settings"), 28, 600))
        self._top.addWidget(self.trouble, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addLayout(self._middle, 1)
