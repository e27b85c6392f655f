"""The session that comes next: one's own or one that was joined, else what is open to everyone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.components.avatars import AvatarStack
from app.ui.components.buttons import Button, Kind
from app.ui.components.cards import Card
from app.ui.components.chips import Chip
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import ElidingLabel, Label
from app.ui.home.streak_card import HEIGHT
from app.ui.keyboard import let_go
from app.ui.sessions import when
from app.ui.sessions.card import host_words, show_standing
from app.ui.sessions.offers import Offer, Viewer, arranged, standing
from app.ui.words import line, tr
from protocol.rest import Session

_WIDE = 420
SOFT = (Offer.JOIN, Offer.BACK)


def next_of(sessions: Sequence[Session], now: datetime, viewer: Viewer) -> Session | None:
    """The next one that somebody takes part in; without any, the next one with a place for them; None: nothing."""
    ahead, _ = arranged(sessions, now)
    mine = [one for one in ahead if takes_part(one, viewer.user_id)]
    free = [one for one in ahead if standing(one, now, viewer).offer is not Offer.FULL]
    return next(iter((*mine, *free)), None)


def takes_part(session: Session, user_id: str) -> bool:
    """Whether somebody hosts a session or has joined it."""
    hosts = session.created_by is not None and session.created_by.id == user_id
    return hosts or any(one.id == user_id for one in session.participants)


class NextCard(Card):
    """``acted`` and ``details_wanted`` carry the session, ``sessions_wanted`` asks for the list."""

    acted = Signal(object)
    details_wanted = Signal(object)
    sessions_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._session: Session | None = None
        self.state = Chip()
        self.title = ElidingLabel(size=20, weight=600)
        self.time = ElidingLabel(size=13, tone="muted")
        self.host = ElidingLabel(size=13, tone="muted")
        self.people = AvatarStack()
        self.places = Label(size=13, weight=500, tone="muted")
        self.details = Button(tr("Details"))
        self.act = Button("")
        self.empty = Label(size=14).wrapped()
        self.browse = Button(tr("See all sessions"))
        self._pages = QStackedWidget()
        self._lay_out()
        self.act.clicked.connect(lambda: self._session and self.acted.emit(self._session))
        self.details.clicked.connect(lambda: self._session and self.details_wanted.emit(self._session))
        self.browse.clicked.connect(self.sessions_wanted)

    def show_session(self, session: Session | None, now: datetime, viewer: Viewer) -> None:
        self._become(session)
        self._pages.setCurrentIndex(0 if session is not None else 1)
        self.state.setVisible(session is not None)
        self.empty.setText(tr("Nothing is planned."))
        if session is None:
            return
        stand = standing(session, now, viewer)
        self.state.become(stand.state, stand.tone, "calendar")
        self.title.setText(line(session.title) or tr("Untitled"))
        self.time.setText(when.span(session.start_time, session.end_time, now))
        self.host.setText(host_words(session, viewer.user_id))
        self.people.show_people([(one.id, one.name) for one in session.participants])
        places = tr("%1 of %2").replace("%1", str(len(session.participants)))
        self.places.setText(places.replace("%2", str(session.max_participants)))
        show_standing(self.act, stand, self.title.text())
        # The page's filled button is another one.
        self.act.set_kind(Kind.SOFT if stand.offer in SOFT or stand.is_awaited else Kind.SECONDARY)
        self.details.setAccessibleName(tr("Details: %1").replace("%1", self.title.text()))

    def do_without(self, words: str) -> None:
        """There is no list: ``words`` say why; "" while the first one is on its way."""
        self._become(None)
        self._pages.setCurrentIndex(1)
        self.state.hide()
        self.empty.setText(words)

    def _become(self, session: Session | None) -> None:
        """Who is about to press the button for one session does not press it for another."""
        if self._session is not None and (session is None or session.id != self._session.id):
            let_go(self._pages)
        self._session = session

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE
        self.details.setVisible(is_wide)
        self._host_line.setVisible(is_wide)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        heading = Label(tr("Next session"), 13, 500, "muted")
        heading.setFixedHeight(24)  # as high as the chip, which is not always there
        top.addWidget(heading, 1)
        top.addWidget(self.state)
        facts = QHBoxLayout()
        facts.setSpacing(16)
        self._host_line = _icon_line("user", self.host)
        facts.addWidget(_icon_line("clock", self.time), 1)
        facts.addWidget(self._host_line, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.people)
        bottom.addWidget(self.places)
        bottom.addStretch(1)
        bottom.addWidget(self.details)
        bottom.addWidget(self.act)
        full = QWidget()
        inside = QVBoxLayout(full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self.title)
        inside.addLayout(facts)
        inside.addStretch(1)
        inside.addLayout(bottom)
        none = QWidget()
        column = QVBoxLayout(none)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.browse)
        row.addStretch(1)
        column.addLayout(row)
        self._pages.addWidget(full)
        self._pages.addWidget(none)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 24, 24, 24)
        outside.setSpacing(12)
        outside.addLayout(top)
        outside.addWidget(self._pages, 1)


def _icon_line(icon: str, label: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel(icon))
    row.addWidget(label, 1)
    return made
