"""The three figures of a stay, side by side on a soft ground, and the picture above them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.components.arcs import paint_ring
from app.ui.components.labels import Label
from app.ui.icons import pixmap
from app.ui.theme import theme

_SPARKS = (
    (-121, -30, "square", "heat"),
    (-93, -41, "dot", "accent"),
    (-119, 1, "dot", "success"),
    (-128, 16, "square", "warn"),
    (-62, 35, "dot", "accent"),
    (98, -43, "square", "heat"),
    (122, -31, "dot", "accent"),
    (112, -8, "square", "heat"),
    (104, 10, "dot", "accent"),
    (72, 41, "square", "warn"),
)


class Medal(QWidget):
    """A full ring with a check, and a few sparks around it. It says nothing that the words below do not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(320, 96)
        self.is_festive = True

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        paint_ring(painter, QRectF(middle.x() - 41, middle.y() - 41, 82, 82), 1.0, 7)
        check = pixmap("check", "accent", 36, self.devicePixelRatioF())
        painter.drawPixmap(middle - QPointF(18, 18), check)
        if not self.is_festive:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for x, y, shape, token in _SPARKS:
            painter.setBrush(colour(theme().tokens.heat[1] if token == "heat" else token))
            place = middle + QPointF(x, y)
            if shape == "dot":
                painter.drawEllipse(place, 3, 3)
            else:
                painter.save()
                painter.translate(place)
                painter.rotate(x)
                painter.drawRoundedRect(QRectF(-3.5, -3.5, 7, 7), 1.5, 1.5)
                painter.restore()


class Figures(QWidget):
    """``show_figures`` takes (figure, what it is) for each place."""

    def __init__(self, places: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.labels: list[tuple[Label, Label]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(0)
        for _ in range(places):
            pair = Label(size=20, weight=600), Label(size=13, tone="muted")
            column = QVBoxLayout()
            column.setSpacing(0)
            for label in pair:
                label.setAlignment(Qt.AlignmentFlag.AlignCenter)
                column.addWidget(label)
            row.addLayout(column, 1)
            self.labels.append(pair)

    def show_figures(self, *figures: tuple[str, str]) -> None:
        for (figure, about), (above, below) in zip(figures, self.labels, strict=True):
            above.setText(figure)
            below.setText(about)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("bg"))
        painter.drawRoundedRect(self.rect(), 12, 12)
        for number in range(1, len(self.labels)):
            x = round(self.width() * number / len(self.labels))
            painter.fillRect(x, 22, 1, self.height() - 44, theme().colour("divider"))
