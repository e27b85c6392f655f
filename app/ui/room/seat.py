"""Tiles without a person: the free seat one sees while alone, and "+3" for those who have no tile."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import Label
from app.ui.components.pressable import Pressable, blend
from app.ui.room import strokes
from app.ui.theme import font, theme
from app.ui.words import one_way, tr

_COPIED_MS = 2_000


def is_only_here(server: str) -> bool:
    """Whether an address leads others to their own computer instead of this one."""
    host = server.partition("://")[2].partition("/")[0]
    name = host[1 : host.find("]")] if host.startswith("[") else host.partition(":")[0]
    return name == "localhost" or name == "::1" or name.startswith("127.")


class FreeSeat(QWidget):
    """Says that nobody else is here, and what to give to others so that they find the session."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = ""
        self._was_company = False
        self._title = Label("", 16, 600)
        self._words = Label("", 13).wrapped()
        self._where = Label("", 14, 600)
        self._where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy_button = Button("", Kind.PRIMARY, icon="copy", height=40)
        self.setProperty("ring_radius", strokes.TILE_RADIUS)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addStretch(1)
        for label in (self._title, self._words, self._where):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.copy_button.clicked.connect(self._copy)
        self.say_again()

    def say_again(self) -> None:
        """In another language; what stands between comes with the next state."""
        self._say_who()
        self._offer_copy()

    def had_company(self) -> None:
        """Somebody else is here, or was: who is alone now is so again."""
        if not self._was_company:
            self._was_company = True
            self._say_who()

    def _say_who(self) -> None:
        self._title.setText(tr("Nobody else is here now") if self._was_company else tr("Nobody else is here yet"))

    @property
    def words(self) -> str:
        return f"{self._title.text()}. {self._words.text()} {self._where.text()}"

    def show_address(self, server: str, title: str) -> None:
        self._address = server
        if is_only_here(server):
            words = tr("Others on this computer find “%1” under this address:")
        else:
            words = tr("Others sign in at this address and join “%1”:")
        self._words.setText(words.replace("%1", title or tr("Study room")))
        self._where.setText(server)
        self.setAccessibleName(self.words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.setVisible(self.height() >= 170)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = strokes.on_stage()
        pen = QPen(QColor(tokens.edge), 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.bg))
        radius = strokes.TILE_RADIUS - 1
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _recolour(self) -> None:
        tokens = strokes.on_stage()
        self._title.setStyleSheet(f"color: {tokens.text}")
        self._where.setStyleSheet(f"color: {tokens.text}")
        self._words.setStyleSheet(f"color: {tokens.muted}")
        self.update()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        self.copy_button.say(tr("Copied"))
        self.copy_button.set_icon("check")
        QTimer.singleShot(_COPIED_MS, self.copy_button, self._offer_copy)

    def _offer_copy(self) -> None:
        self.copy_button.say(tr("Copy address"))
        self.copy_button.set_icon("copy")


class MoreTile(Pressable):
    """How many have no tile; pressing it shows everybody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._count = 0
        self.set_ring_radius(strokes.TILE_RADIUS)

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(tr("%n more people. Show everybody", count))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = strokes.on_stage()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(QColor(tokens.surface), QColor(tokens.hover), self.hovered))
        painter.drawRoundedRect(self.rect(), strokes.TILE_RADIUS, strokes.TILE_RADIUS)
        strokes.paint_edge(painter, self.rect())
        middle = self.rect().center().y()
        painter.setPen(QColor(tokens.text))
        painter.setFont(font(28, 600))
        painter.drawText(self.rect().adjusted(0, 0, 0, -22), Qt.AlignmentFlag.AlignCenter, one_way(f"+{self._count}"))
        painter.setFont(font(13))
        painter.setPen(QColor(tokens.muted))
        strokes.paint_line(painter, QRectF(8, middle + 14, self.width() - 16, 18), tr("more in the room"))
