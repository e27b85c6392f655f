"""What stands in the place of a list that is empty or could not be had: a picture, one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.components.buttons import Button
from app.ui.components.cards import paint_shadow
from app.ui.components.labels import Label
from app.ui.icons import pixmap
from app.ui.theme import theme


class _Picture(QWidget):
    """Two desks side by side on a soft disc, the app's mark taken apart, with an icon on each."""

    def __init__(self, front: str, back: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._front, self._back = front, back
        self.setFixedSize(168, 168)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft"))
        painter.drawEllipse(QRectF(8, 8, 152, 152))
        back = QRect(76, 22, 84, 84)
        paint_shadow(painter, back, 18, 12, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("#B9C8FF") if not theme().tokens.is_dark else colour("accent_soft").lighter(160))
        painter.drawRoundedRect(back, 18, 18)
        self._draw(painter, self._back, back.center().toPointF() + QPointF(6, -6), 28)
        front = QRect(14, 60, 84, 84)
        paint_shadow(painter, front, 18, 12, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("edge"), 1))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(front).adjusted(0.5, 0.5, -0.5, -0.5), 18, 18)
        self._draw(painter, self._front, front.center().toPointF(), 36)

    def _draw(self, painter: QPainter, name: str, centre: QPointF, size: int) -> None:
        drawn = pixmap(name, "accent", size, self.devicePixelRatioF())
        painter.drawPixmap(centre - QPointF(size / 2, size / 2), drawn)


class StatePanel(QWidget):
    """``button`` is None where there is nothing to press."""

    def __init__(
        self,
        sentence: str,
        button: Button | None,
        *,
        front: str = "coffee",
        back: str = "sparkles",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(24)
        column.addStretch(1)
        column.addWidget(_Picture(front, back, self), 0, Qt.AlignmentFlag.AlignHCenter)
        self._sentence = Label(sentence, 16).wrapped()
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        self.button = button
        if button is not None:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def say(self, sentence: str) -> None:
        self._sentence.setText(sentence)
