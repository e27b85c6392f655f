"""Student or tutor: two radio buttons in the shape of cards, told apart by edge, fill and dot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.components.labels import Label
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.theme import font, theme
from app.ui.words import tr
from protocol.rest import Role

HEIGHT = 84


class RoleCards(QWidget):
    """``role`` is what is chosen; a student to begin with."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("I am a"))
        self.student = _RoleCard("graduation-cap", tr("Student"), tr("Join sessions, study along"), self)
        self.tutor = _RoleCard("presentation", tr("Tutor"), tr("Offer sessions of your own"), self)
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(12)
        for card in (self.student, self.tutor):
            self._group.addButton(card)
            row.addWidget(card, 1)
        self.student.setChecked(True)
        self._group.buttonToggled.connect(lambda: self.chosen.emit(self.role))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(tr("I am a"), 13, 500))
        column.addLayout(row)

    @property
    def role(self) -> Role:
        return "tutor" if self.tutor.isChecked() else "student"


class _RoleCard(Pressable):
    def __init__(self, icon: str, name: str, about: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._icon = icon
        self._about = about
        self.setText(name)
        self.setAccessibleDescription(about)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_ring_radius(12)

    def sizeHint(self) -> QSize:
        return QSize(206, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_on = self.isChecked()
        edge = QPen(colour("accent"), 2) if is_on else QPen(colour("edge"), 1)
        painter.setPen(edge)
        rest = colour("accent_soft") if is_on else colour("surface")
        painter.setBrush(rest if is_on else blend(rest, colour("hover"), self.hovered))
        half = edge.widthF() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 12, 12)
        drawn = pixmap(self._icon, "accent" if is_on else "muted", 20, self.devicePixelRatioF())
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.drawPixmap(QPointF(self.width() - 36 if is_mirrored else 16, 13), drawn)
        self._paint_dot(painter, QPointF(22 if is_mirrored else self.width() - 22, 22))
        side = Qt.AlignmentFlag.AlignLeft  # a painter mirrors it with the layout
        painter.setPen(colour("text"))
        painter.setFont(font(14, 600))
        painter.drawText(QRectF(16, 39, self.width() - 32, 20), side | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setPen(colour("muted"))
        painter.setFont(font(12))
        about = painter.fontMetrics().elidedText(self._about, Qt.TextElideMode.ElideRight, self.width() - 32)
        painter.drawText(QRectF(16, 58, self.width() - 32, 18), side | Qt.AlignmentFlag.AlignVCenter, about)

    def _paint_dot(self, painter: QPainter, centre: QPointF) -> None:
        colour = theme().colour
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(centre, 8, 8)
            painter.setBrush(colour("on_accent"))
            painter.drawEllipse(centre, 3, 3)
            return
        painter.setPen(QPen(colour("border"), 1.5))
        painter.setBrush(colour("surface"))
        painter.drawEllipse(centre, 7.5, 7.5)
