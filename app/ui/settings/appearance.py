"""The look of the app: four small pictures of it, of which one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.config import SettingsFile
from app.ui.components.pressable import Pressable
from app.ui.icons import pixmap
from app.ui.settings.section import Section
from app.ui.theme import ThemeChoice, font, theme
from app.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens
from app.ui.words import tr

_PICTURE = 84
_WORDS = 50
"""Below the picture: room for a second line."""
_ACROSS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class ThemeCard(Pressable):
    """A small window in the colours of one or, cut across, two sets."""

    def __init__(self, words: str, sets: tuple[Tokens, ...]) -> None:
        super().__init__(words)
        self._sets = sets
        self.setText(words)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.set_ring_radius(12)
        self.setFixedHeight(_PICTURE + _WORDS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The ring ends where the words end: most have one line."""
        super().resizeEvent(event)
        words = self._painted(self._words_box())
        self.setProperty("ring_around", QRect(0, 0, self.width(), min(self.height(), round(words.bottom()) + 8)))

    def sizeHint(self) -> QSize:
        return QSize(104, _PICTURE + _WORDS)

    def minimumSizeHint(self) -> QSize:
        return QSize(76, _PICTURE + _WORDS)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour
        box = QRectF(4, 4, self.width() - 8, _PICTURE - 4)
        outline = QPainterPath()
        outline.addRoundedRect(box, 8, 8)
        painter.setClipPath(outline)
        _paint_window(painter, box, self._sets[0])
        if len(self._sets) > 1:
            half = QPainterPath()
            half.addPolygon(QPolygonF([box.topRight(), box.bottomRight(), box.bottomLeft(), box.topRight()]))
            painter.setClipPath(outline & half)
            _paint_window(painter, box, self._sets[1])
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 10, 10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(QRectF(box.right() - 22, box.top() + 6, 16, 16))
            tick = pixmap("check", colour("on_accent").name(), 12, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(box.right() - 20, box.top() + 8), tick)
        else:
            painter.setPen(QPen(colour("text") if self.hovered > 0.5 else colour("edge"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(font(13, 600 if self.isChecked() else 400))
        painter.setPen(colour("text" if self.isChecked() else "muted"))
        painter.drawText(self._words_box(), _ACROSS, self.text())

    def _words_box(self) -> QRectF:
        return QRectF(0, _PICTURE + 10, self.width(), _WORDS - 14)

    def _painted(self, box: QRectF) -> QRectF:
        """What the words need of ``box`` while the card is chosen."""
        return QFontMetricsF(font(13, 600)).boundingRect(box, _ACROSS, self.text())


def _paint_window(painter: QPainter, box: QRectF, tokens: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(box, QColor(tokens.bg))
    edge = QPen(QColor(tokens.edge), 1)
    painter.setPen(edge)
    painter.setBrush(QColor(tokens.surface))
    left, top, width = box.left() + 10, box.top() + 12, box.width() - 20
    painter.drawRoundedRect(QRectF(left, top, 10, box.height() - 24), 4, 4)
    painter.drawRoundedRect(QRectF(left + 18, top, width - 18, 20), 4, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.edge))
    painter.drawRoundedRect(QRectF(left + 18, top + 28, (width - 18) * 0.5, 8), 4, 4)
    painter.setBrush(QColor(tokens.accent))
    painter.drawRoundedRect(QRectF(left + 18, top + 42, (width - 18) * 0.7, 8), 4, 4)


class ThemeChoices(QWidget):
    """The four side by side; what is chosen is remembered."""

    def __init__(self, settings: SettingsFile) -> None:
        super().__init__()
        self.setAccessibleName(tr("Appearance"))
        self._settings = settings
        self._group = QButtonGroup(self)
        self.cards = {
            ThemeChoice.SYSTEM: ThemeCard(tr("System"), (LIGHT, DARK)),
            ThemeChoice.LIGHT: ThemeCard(tr("Light"), (LIGHT,)),
            ThemeChoice.DARK: ThemeCard(tr("Dark"), (DARK,)),
            ThemeChoice.HIGH_CONTRAST: ThemeCard(tr("High contrast"), (HIGH_CONTRAST,)),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for choice, card in self.cards.items():
            self._group.addButton(card)
            row.addWidget(card, 1)
            card.clicked.connect(lambda _=False, one=choice: self._choose(one))
        theme().changed.connect(self._show)
        self._show()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._show()
        return super().event(event)

    def _choose(self, choice: ThemeChoice) -> None:
        theme().choose(choice)
        self._settings.change(theme=choice.value)

    def _show(self) -> None:
        """Also a look that was chosen elsewhere. Qt leaves the Tab key at the card that had the focus last."""
        for choice, card in self.cards.items():
            is_chosen = choice is theme().choice
            card.setChecked(is_chosen)
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)


class AppearanceSection(Section):
    def __init__(self, settings: SettingsFile) -> None:
        super().__init__(tr("Appearance"), "palette")
        self.choices = ThemeChoices(settings)
        self.body.addWidget(self.choices)
