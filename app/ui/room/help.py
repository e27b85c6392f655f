"""The sheet with all of the room's keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import Label
from app.ui.room.sheet import Sheet
from app.ui.shortcuts import Action, caps, words_for
from app.ui.theme import font, theme
from app.ui.words import tr

_HEIGHT = 26
_GAP = 4
_COLUMNS = 2


class KeyCaps(QLabel):
    """Keys as keycaps, those of one shortcut side by side, further ones behind a small gap. "Off" for none."""

    def __init__(self, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = [caps(key) for key in keys]
        if len(keys) > 3:
            self._keys = [caps(keys[0]), ["…"], caps(keys[-1])]
        self.setAccessibleName(", ".join("+".join(one) for one in self._keys) or tr("Off"))

    def sizeHint(self) -> QSize:
        return QSize(round(self._paint(None)), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter)

    def _paint(self, painter: QPainter | None) -> float:
        """Paint the caps, or only measure them; the width they take."""
        shown = font(12, 600)
        metrics = QFontMetrics(shown)
        x = 0.0
        for index, keys in enumerate(self._keys or [[tr("Off")]]):
            x += 8 if index else 0
            for key in keys:
                width = max(_HEIGHT, metrics.horizontalAdvance(key) + 14)
                if painter is not None:
                    self._paint_cap(painter, QRectF(x, 0, width, _HEIGHT), key)
                x += width + _GAP
        return x

    def _paint_cap(self, painter: QPainter, box: QRectF, key: str) -> None:
        colour = theme().colour
        painter.setFont(font(12, 600))
        if self._keys and key != "…":
            painter.setPen(colour("edge"))
            painter.setBrush(colour("raised"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colour("text" if self._keys else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)


def help_sheet(parent: QWidget, keys: Callable[[Action], tuple[str, ...]]) -> Sheet:
    sheet = Sheet(tr("Keyboard shortcuts"), parent)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    for index, action in enumerate(Action):
        column, row = divmod(index, -(-len(Action) // _COLUMNS))
        grid.addWidget(Label(words_for(action), 14), row, 3 * column)
        grid.addWidget(KeyCaps(keys(action)), row, 3 * column + 1, Qt.AlignmentFlag.AlignLeft)
    grid.setColumnMinimumWidth(2, 24)
    sheet.column.addLayout(grid)
    hint = Label(tr("Single keys work while nobody is typing. You can change them in the settings."), 13, 400, "muted")
    sheet.column.addWidget(hint)
    close = Button(tr("Close"), Kind.SECONDARY)
    close.clicked.connect(sheet.close)
    sheet.add_buttons(close)
    close.setFocus()
    return sheet
