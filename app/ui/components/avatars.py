"""People as discs with initials. The colour follows from the user id, so that a person looks the same everywhere."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import font, theme
from app.ui.tokens import AVATAR_FILLS
from app.ui.words import one_way, person, tr


def initials(name: str) -> str:
    """One or two letters for a name: of its first and its last word; one word alone may have a hyphen."""
    known = person(name)
    words = known.split() if " " in known else known.replace("-", " ").split()
    words = [word for word in words if any(letter.isalnum() for letter in word)]
    letters = [next(letter for letter in word if letter.isalnum()) for word in words]
    if not letters:
        return "?"
    return (letters[0] + (letters[-1] if len(letters) > 1 else "")).upper()


def avatar_fill(user_id: str) -> str:
    """The disc's colour of a person, ``#RRGGBB``; white on it can be read."""
    return AVATAR_FILLS[zlib.crc32(user_id.encode()) % len(AVATAR_FILLS)]


def paint_avatar(painter: QPainter, rect: QRectF, name: str, user_id: str, most: int = 2) -> None:
    """A person's disc, filling ``rect``, with at most ``most`` letters."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(avatar_fill(user_id)))
    painter.drawEllipse(rect)
    letters = font(14, 600)
    letters.setPixelSize(max(9, round(rect.height() * 0.38)))
    painter.setFont(letters)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials(name)[:most])


class Avatar(QWidget):
    """One person's disc."""

    def __init__(self, name: str, user_id: str, size: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self._name = name
        self._user_id = user_id
        self.become(name, user_id)

    def become(self, name: str, user_id: str) -> None:
        self._name, self._user_id = name, user_id
        self.setAccessibleName(person(name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name, self._user_id)


class AvatarStack(QWidget):
    """The first few people as overlapping discs, and "+2" for the others.

    ``people`` are (user id, name).
    """

    def __init__(self, size: int = 28, most: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._most = most
        self._people: tuple[tuple[str, str], ...] = ()
        self.setFixedHeight(size + 4)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        self._people = tuple(people)
        self.setAccessibleName(", ".join(person(name) for _, name in self._people) or tr("Nobody yet"))
        self.setVisible(bool(self._people))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        discs = min(len(self._people), self._most + (1 if self._rest() else 0))
        return QSize(discs * (self._size - 8) + 8 + 4 if discs else 0, self._size + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self._size - 8
        for index, (user_id, name) in enumerate(self._people[: self._most]):
            disc = self._ringed(painter, index * step)
            paint_avatar(painter, disc, name, user_id, most=1)
        if self._rest():
            disc = self._ringed(painter, self._most * step)
            painter.setBrush(theme().colour("raised"))
            painter.drawEllipse(disc)
            painter.setFont(font(12, 600))
            painter.setPen(theme().colour("muted"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, one_way(f"+{self._rest()}"))

    def _rest(self) -> int:
        return max(0, len(self._people) - self._most)

    def _ringed(self, painter: QPainter, left: int) -> QRectF:
        """Clears a ring around the next disc, so that it stands off the one below; the disc's place.

        ``left`` is from the side where one begins to read.
        """
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - self._size - 4 - left
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("surface"))
        painter.drawEllipse(QRectF(left, 0, self._size + 4, self._size + 4))
        return QRectF(left + 2, 2, self._size, self._size)
