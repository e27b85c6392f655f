"""One session as a card: subject, state, title, when, who hosts, what for, who comes, and one button always at the same
place.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.components.avatars import AvatarStack
from app.ui.components.buttons import Button, IconButton, Kind
from app.ui.components.cards import LiftingCard
from app.ui.components.chips import Chip, SubjectChip
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import ElidingLabel, Label, set_tooltip
from app.ui.keyboard import let_go
from app.ui.sessions import when
from app.ui.sessions.offers import Offer, Standing, Viewer, is_full, is_over, standing
from app.ui.tokens import Tone
from app.ui.words import line, person, plain, subject_words, tr
from protocol.rest import Session

HEIGHT = 200
OVER = (Offer.NOTES, Offer.ENDED)
_BUTTON = 168
_DESCRIBED = 400
"""Letters of a description that are shown, the tooltip included: a server may send any number."""


class SessionCard(LiftingCard):
    """``acted`` carries the session's id when its button was pressed, ``managed`` when its host wants to do more."""

    acted = Signal(str)
    managed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.session_id = ""
        self.subject = SubjectChip()
        self.state = Chip()
        self.title = ElidingLabel(size=16, weight=600)
        self.time = _IconLine("clock")
        self.host = _IconLine("user")
        self.description = _IconLine("file-text")
        self.people = AvatarStack()
        self.places = Label(size=13, weight=500, tone="muted")
        self.button = Button("")
        self.button.setFixedWidth(_BUTTON)
        self.button.clicked.connect(lambda: self.acted.emit(self.session_id))
        self.more = IconButton("ellipsis", tr("More"), Kind.SECONDARY, size=40)
        self.more.clicked.connect(lambda: self.managed.emit(self.session_id))
        self._lay_out()

    def show_session(self, session: Session, now: datetime, viewer: Viewer) -> None:
        """Show ``session`` as it stands at ``now`` for ``viewer``."""
        stand = standing(session, now, viewer)
        self.session_id = session.id
        self.subject.say(subject_words(session.subject) or tr("Anything"))
        self.state.become(stand.state, stand.tone, "radio" if stand.tone is Tone.SUCCESS else "")
        self.title.setText(line(session.title) or tr("Untitled"))
        self.title.set_tone("muted" if stand.offer in OVER else "")
        self.time.say(time_words(session, now, viewer))
        self.host.say(host_words(session, viewer.user_id))
        self.people.show_people([(one.id, one.name) for one in session.participants])
        self._show_places(session, stand)
        self._show_button(stand)
        is_mine = session.created_by is not None and session.created_by.id == viewer.user_id
        self.more.setVisible(is_mine)
        usual = _BUTTON - self.more.width() - 6 if is_mine else _BUTTON
        self.button.setFixedWidth(max(usual, min(self.button.sizeHint().width(), _BUTTON + 24)))
        self.more.setAccessibleName(tr("More for “%1”").replace("%1", self.title.text()))
        description = plain(session.description)[:_DESCRIBED]
        self.description.say(line(description))
        self.description.setVisible(bool(self.description.text))
        set_tooltip(self, description)
        about = [self.title.text(), self.subject.text, stand.state, self.time.text, self.host.text]
        self.setAccessibleName(", ".join(about))
        self.setAccessibleDescription(self.description.text)

    def _show_places(self, session: Session, stand: Standing) -> None:
        words = tr("%1 of %2").replace("%1", str(len(session.participants)))
        self.places.setText(words.replace("%2", str(session.max_participants)))
        self.places.set_tone("warn" if is_full(session) and stand.offer not in OVER else "muted")

    def _show_button(self, stand: Standing) -> None:
        show_standing(self.button, stand, self.title.text())
        rest = Kind.SOFT if stand.is_awaited else Kind.SECONDARY
        self.button.set_kind(Kind.PRIMARY if stand.offer is Offer.JOIN else rest)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.subject)
        top.addStretch(1)
        top.addWidget(self.state)
        bottom = QHBoxLayout()
        bottom.setSpacing(6)
        bottom.addWidget(self.people)
        bottom.addWidget(self.places)
        bottom.addStretch(1)
        bottom.addWidget(self.more)
        bottom.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(0)
        column.addLayout(top)
        column.addSpacing(8)
        column.addWidget(self.title)
        column.addSpacing(2)
        for about in (self.time, self.host, self.description):
            column.addWidget(about)
        column.addStretch(1)
        column.addLayout(bottom)


class _IconLine(QWidget):
    """A muted line behind a 16 px icon."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._label = ElidingLabel(size=13, tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon))
        row.addWidget(self._label, 1)

    @property
    def text(self) -> str:
        return self._label.text()

    def say(self, text: str) -> None:
        self._label.setText(text)


def show_standing(button: Button, stand: Standing, title: str) -> None:
    """Put words, icon and name on the one button of the session ``title``. Its name and tooltip say what it does."""
    button.say(stand.action)
    button.set_icon(stand.icon)
    words = f"{stand.deed}, {stand.action}" if stand.deed and stand.offer is Offer.WAIT else stand.deed or stand.action
    button.setAccessibleName(f"{words}: {title}")
    set_tooltip(button, stand.deed)
    if not stand.can_act:
        let_go(button)
    button.setEnabled(stand.can_act)


def time_words(session: Session, now: datetime, viewer: Viewer) -> str:
    """When it is, and for what is over how much of it was one's own."""
    words = when.span(session.start_time, session.end_time, now)
    minutes = viewer.minutes.get(session.id, 0)
    if not minutes or not is_over(session, now):
        return words
    return f"{words} · {tr('%n of your minutes', minutes)}"


def host_words(session: Session, me: str) -> str:
    """Who hosts a session, as seen by ``me``."""
    if session.created_by is None:
        return tr("Open to everyone")
    if session.created_by.id == me:
        return tr("Hosted by you")
    return tr("Hosted by %1").replace("%1", person(session.created_by.name))
