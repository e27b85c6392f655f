"""Small pills that say what something is: a subject with its own colour, or a state with a tone."""

from __future__ import annotations

import zlib

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.components.labels import set_tooltip
from app.ui.icons import pixmap
from app.ui.theme import font, theme
from app.ui.tokens import Tone

_HEIGHT = 24
_ICON = 14
_DOT = 6


class _Pill(QWidget):
    """A rounded fill with one line of text, elided where there is no room."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._text = ""
        self._lead = 0
        self._lead_width = 0
        self.setFont(font(12, 600))
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def say(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + self._lead + 20, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 56), _HEIGHT)

    def _colours(self) -> tuple[QColor, QColor]:
        raise NotImplementedError

    def _paint_lead(self, painter: QPainter, colour: QColor, left: int) -> None:
        """Draws what stands before the text, ``self._lead_width`` wide (``self._lead`` with its gap), from ``left``
        on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        text_colour, fill = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(self.rect(), _HEIGHT / 2, _HEIGHT / 2)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._paint_lead(painter, text_colour, self.width() - 10 - self._lead_width if is_mirrored else 10)
        painter.setPen(text_colour)
        painter.setFont(self.font())
        room = self.width() - 20 - self._lead
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room + 1)
        set_tooltip(self, self._text if shown != self._text else "")
        left = 10 if is_mirrored else 10 + self._lead
        painter.drawText(QRect(left, 0, room + 2, _HEIGHT), Qt.AlignmentFlag.AlignVCenter, shown)


class SubjectChip(_Pill):
    """A subject, always in the same colour of its own, with a dot."""

    def __init__(self, subject: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead, self._lead_width = 12, _DOT
        self.say(subject)

    def _colours(self) -> tuple[QColor, QColor]:
        hues = theme().tokens.hues
        text, fill = hues[zlib.crc32(self._text.casefold().encode()) % len(hues)]
        return QColor(text), QColor(fill)

    def _paint_lead(self, painter: QPainter, colour: QColor, left: int) -> None:
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(left, (_HEIGHT - _DOT) / 2, _DOT, _DOT))


class Chip(_Pill):
    """A state in words, with a tone and perhaps an icon."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.NEUTRAL,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = ""
        self.become(text, tone, icon)

    def minimumSizeHint(self) -> QSize:
        """What is said of a state is short, and never gives way to a long name beside it."""
        return self.sizeHint()

    def become(self, text: str, tone: Tone, icon: str = "") -> None:
        self._tone = tone
        self._icon = icon
        self._lead, self._lead_width = (_ICON + 5, _ICON) if icon else (0, 0)
        self.say(text)

    def _colours(self) -> tuple[QColor, QColor]:
        text, fill = theme().tokens.soft(self._tone)
        return QColor(text), QColor(fill)

    def _paint_lead(self, painter: QPainter, colour: QColor, left: int) -> None:
        if self._icon:
            drawn = pixmap(self._icon, colour.name(), _ICON, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(left, (_HEIGHT - _ICON) / 2), drawn)
