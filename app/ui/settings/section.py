"""One card of the settings: a heading, what it is about, and its rows."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.components.cards import Card
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import Label
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.theme import font, theme

PADDING = 24
_LABELS = 144
_BESIDE_FROM = 520
"""Width from which on a control has enough room beside its label."""


class Section(Card):
    """``body`` takes the rows. ``icon`` and ``title`` also stand in the list of cards."""

    def __init__(self, title: str, icon: str, about: str = "") -> None:
        super().__init__()
        self.title = title
        self.icon = icon
        self.setAccessibleName(title)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title, 16, 600))
        if about:
            words.addWidget(Label(about, 13, 400, "muted").wrapped())
        self.heading.addLayout(words, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(20)
        column.addLayout(self.heading)
        column.addLayout(self.body)

    def add_labelled(self, icon: str, words: str, control: QWidget) -> None:
        """A row of a word with its icon, and a control."""
        row = _Labelled(icon, words, control)
        self.body.addWidget(row)


class _Labelled(QWidget):
    """A control beside its label, or below it where the control would have no room for long names."""

    def __init__(self, icon: str, words: str, control: QWidget) -> None:
        super().__init__()
        self._icon = IconLabel(icon, "muted", 18)
        self._holder = QWidget()
        label = QHBoxLayout(self._holder)
        label.setContentsMargins(0, 0, 0, 0)
        label.setSpacing(12)
        label.addWidget(self._icon)
        label.addWidget(Label(words, 14, 500), 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._holder, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(control, 1)
        self._put(is_beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put(is_beside=self.width() >= _BESIDE_FROM)

    def _put(self, *, is_beside: bool) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if is_beside else down)
        self._row.setSpacing(0 if is_beside else 8)
        self._icon.setVisible(is_beside)
        self._holder.setFixedHeight(40 if is_beside else 20)
        self._holder.setFixedWidth(_LABELS)


class NavButton(Pressable):
    """One entry of the list of cards."""

    def __init__(self, icon: str, words: str) -> None:
        super().__init__(words)
        self._icon = icon
        self.setText(words)
        self.setCheckable(True)
        self.setFont(font(14, 500))
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 56, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clear = colour("hover")
        clear.setAlpha(0)
        fill = colour("accent_soft") if self.isChecked() else blend(clear, colour("hover"), self.hovered)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        token = "accent" if self.isChecked() else "muted"
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 12 - 18 if is_mirrored else 12
        painter.drawPixmap(left, 11, pixmap(self._icon, token, 18, self.devicePixelRatioF()))
        painter.setFont(self.font())
        painter.setPen(colour("accent" if self.isChecked() else "text"))
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        room = QRect(12 if is_mirrored else 42, 0, self.width() - 54, 40)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(room, flags, shown)
