"""Subjects to narrow the list by: one pill for each, the most frequent ones first, and one for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QWidget

from app.ui.components.labels import set_tooltip
from app.ui.components.menus import round_menu
from app.ui.components.pressable import Pressable, blend
from app.ui.theme import font, theme
from app.ui.words import subject_words, tr
from protocol.rest import Session

ALL = ""
HEIGHT = 36
_GAP = 8
_WIDEST = 180
MOST = 8


def subjects(sessions: Iterable[Session], most: int = MOST) -> list[str]:
    """The subjects of ``sessions`` as they are written first, the most frequent ones first; "maths" is "Maths"."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one in sessions:
        words = subject_words(one.subject)
        if words:
            written.setdefault(words.casefold(), words)
            counts[words.casefold()] += 1
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return [written[key] for key in ordered[:most]]


class SubjectPills(QWidget):
    """``chosen`` carries a subject, ``ALL`` for all of them. Those that have no room are in the menu of a last pill;
    the one that is chosen is always in sight.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Which subject to show"))
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.subject = ALL
        self.pills: list[_Pill] = []
        self._group = QButtonGroup(self)
        self.more = _Pill(tr("More"), self)
        self.more.setAccessibleName(tr("More subjects"))
        self.more.setCheckable(False)
        self.more.setAutoExclusive(False)
        self.more.clicked.connect(self._open_more)
        self.show_subjects([])

    def show_subjects(self, subjects: Sequence[str]) -> None:
        """Offer these; the one that is chosen stays, also where no session has it any more."""
        wanted = [ALL, *subjects]
        if self.subject not in wanted:
            wanted.insert(1, self.subject)
        if [one.subject for one in self.pills] == wanted:
            return
        known = {one.subject: one for one in self.pills}
        self.pills = [known.pop(subject, None) or self._make(subject) for subject in wanted]
        for gone in known.values():
            self._group.removeButton(gone)
            gone.hide()
            gone.deleteLater()
        for first, second in pairwise([*self.pills, self.more]):
            QWidget.setTabOrder(first, second)
        self._place()

    def choose(self, subject: str) -> None:
        pill = next((one for one in self.pills if one.subject == subject), None)
        if pill is not None:
            pill.setChecked(True)
            if subject != self.subject:
                self.subject = subject
                self._place()
                self.chosen.emit(subject)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _make(self, subject: str) -> _Pill:
        pill = _Pill(subject, self)
        self._group.addButton(pill)
        pill.setChecked(subject == self.subject)
        pill.clicked.connect(lambda: self.choose(subject))
        return pill

    @property
    def left_out(self) -> list[str]:
        """The subjects that have no pill in sight."""
        return [pill.subject for pill in self.pills if pill.isHidden()]

    def menu_of_more(self) -> QMenu:
        """The subjects that have no room."""
        menu = round_menu(QMenu(self))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for subject in self.left_out:
            menu.addAction(subject.replace("&", "&&")).triggered.connect(lambda _=False, one=subject: self.choose(one))
        return menu

    def _open_more(self) -> None:
        self.menu_of_more().popup(self.more.mapToGlobal(QPoint(0, HEIGHT + 4)))

    def _seen(self) -> list[_Pill]:
        """Which pills have room, in their order."""
        if sum(_taken(pill) for pill in self.pills) - _GAP <= self.width():
            return self.pills
        left = self.width() - _taken(self.more) + _GAP
        seen: list[_Pill] = []
        for pill in sorted(self.pills, key=lambda one: one.subject not in (ALL, self.subject)):
            if _taken(pill) > left:
                break
            seen.append(pill)
            left -= _taken(pill)
        return [pill for pill in self.pills if pill in seen]

    def _place(self) -> None:
        left = 0
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        seen = self._seen()
        shown = seen if len(seen) == len(self.pills) else [*seen, self.more]
        for pill in (*self.pills, self.more):
            pill.setVisible(pill in shown)
        for pill in shown:
            wide = pill.sizeHint().width()
            pill.setGeometry(self.width() - left - wide if is_mirrored else left, 0, wide, HEIGHT)
            left += _taken(pill)


def _taken(pill: QWidget) -> int:
    return pill.sizeHint().width() + _GAP


class _Pill(Pressable):
    def __init__(self, subject: str, parent: QWidget) -> None:
        words = subject or tr("All subjects")
        super().__init__(words, parent)
        self.subject = subject
        self.setText(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(font(13, 600))
        self.set_ring_radius(HEIGHT // 2)
        set_tooltip(self, subject)  # a long one is cut

    def sizeHint(self) -> QSize:
        return QSize(min(_WIDEST, self.fontMetrics().horizontalAdvance(self.text()) + 30), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        is_on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if is_on else QPen(colour("edge"), 1))
        painter.setBrush(colour("text") if is_on else blend(colour("surface"), colour("hover"), self.hovered))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 17.5, 17.5)
        painter.setFont(self.font())
        painter.setPen(colour("surface" if is_on else "text"))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 24)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
