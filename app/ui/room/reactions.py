"""Reactions: the row of emoji one reacts with, and the emoji that floats up over a tile's corner."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.components.cards import paint_shadow, paint_surface
from app.ui.components.labels import set_tooltip
from app.ui.components.pressable import Pressable
from app.ui.compositor import can_see_through
from app.ui.theme import font, theme
from app.ui.words import tr

FLOAT_MS = 2_600
_MOST = 3
"""Floating over one tile at once; a newer one takes the oldest one's place."""
_SIZE = 28
_WIDTH = 96
_ASIDE = (0, -28, 28)
"""Several at once rise beside each other."""
_EDGE = 16


def offered() -> tuple[tuple[str, str], ...]:
    """What one reacts with, and its name."""
    return (
        ("👍", tr("Thumbs up")),
        ("👏", tr("Clapping")),
        ("🎉", tr("Party")),
        ("❤️", tr("Heart")),
        ("😂", tr("Laughing")),
        ("🤔", tr("Thinking")),
        ("💪", tr("Keep going")),
        ("☕", tr("Coffee break")),
    )


class ReactionFloat(QLabel):
    """Over the lower right corner of a tile. Without motion it stands still for as long."""

    def __init__(self, tile: QWidget) -> None:
        super().__init__(tile)
        self._flying: list[tuple[str, QVariantAnimation]] = []
        self._before = 0
        """How many have landed: what flies keeps to its own way."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def emoji(self) -> list[str]:
        """What floats just now, the oldest first."""
        return [emoji for emoji, _ in self._flying]

    def rise(self, emoji: str) -> None:
        while len(self._flying) >= _MOST:
            self._land(self._flying[0][1])
        flight = QVariantAnimation(self)
        flight.setStartValue(0.0)
        flight.setEndValue(1.0)
        flight.setDuration(FLOAT_MS)
        flight.valueChanged.connect(self._on_step)
        flight.finished.connect(lambda: self._land(flight))
        self._flying.append((emoji, flight))
        self.setAccessibleName(" ".join(self.emoji))
        self.place()
        self.show()
        self.raise_()
        flight.start()

    def place(self) -> None:
        tile = self.parentWidget()
        if tile is not None:
            height = min(140, tile.height() - 8)
            self.setGeometry(tile.width() - _WIDTH, tile.height() - height - 4, _WIDTH, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        moves = theme().duration(FLOAT_MS) > 0
        painter.setFont(font(_SIZE))
        room = max(0, self.height() - 40)
        for index, (emoji, flight) in enumerate(self._flying):
            value: object = flight.currentValue()
            share = value if isinstance(value, float) else 0.0
            eased = 1 - (1 - share) ** 2 if moves else 0.15 + 0.35 * index
            painter.setOpacity(1.0 if share < 0.7 else max(0.0, (1 - share) / 0.3))
            top = self.height() - 40 - eased * room
            aside = _ASIDE[(self._before + index) % len(_ASIDE)]
            painter.drawText(QRectF(aside, top, self.width(), 40), Qt.AlignmentFlag.AlignCenter, emoji)

    def _on_step(self, value: object) -> None:
        self.update()

    def _land(self, flight: QVariantAnimation) -> None:
        self._flying = [one for one in self._flying if one[1] is not flight]
        self._before += 1
        flight.stop()
        flight.deleteLater()
        self.setVisible(bool(self._flying))


class _Choice(Pressable):
    def __init__(self, emoji: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.emoji = emoji
        self.setFixedSize(44, 44)

    def say(self, name: str) -> None:
        self.setAccessibleName(name)
        set_tooltip(self, name)

    def sizeHint(self) -> QSize:
        return QSize(44, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme().colour("hover")
        ground.setAlphaF(max(self.hovered, 1.0 if self.hasFocus() else 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(self.rect(), 8, 8)
        if self.hasFocus():
            painter.setPen(theme().colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.setPen(theme().colour("text"))
        painter.setFont(font(20))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.emoji)


class ReactionRow(QWidget):
    """Pops up over the React button; the arrow keys move, Enter reacts, Escape closes. ``picked`` carries the emoji."""

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._has_shadow = can_see_through()
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._has_shadow)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE + 8, _EDGE + 8, _EDGE + 8, _EDGE + 8)
        row.setSpacing(2)
        self.choices = [_Choice(emoji, self) for emoji, _ in offered()]
        for choice in self.choices:
            row.addWidget(choice)
            choice.clicked.connect(lambda _=False, emoji=choice.emoji: self._pick(emoji))

    def pop_up(self, over: QWidget) -> None:
        """Show it above ``over``, in the language of now."""
        self.setAccessibleName(tr("Reactions"))
        for choice, (_, name) in zip(self.choices, offered(), strict=True):
            choice.say(name)
        self.adjustSize()
        if not self._has_shadow:
            self.setMask(self._box())
        at = over.mapToGlobal(QPoint(over.width() // 2 - self.width() // 2, -self.height() + _EDGE - 4))
        screen = over.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        self.move(at)
        self.show()
        self.choices[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        focused = next((index for index, one in enumerate(self.choices) if one.hasFocus()), -1)
        if step:
            target = self.choices[(focused + step) % len(self.choices)]
            target.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self._box()
        if self._has_shadow:
            paint_shadow(painter, box, 16, 15, 3)
        paint_surface(painter, QRectF(box), "edge", 16 if self._has_shadow else 0)

    def _box(self) -> QRect:
        """Where the row is, without the room around it for its shadow."""
        return self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)

    def _pick(self, emoji: str) -> None:
        self.close()
        self.picked.emit(emoji)
