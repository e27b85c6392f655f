"""One choice out of a list, as a button that looks like a field and opens a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.ui.components.labels import set_tooltip
from app.ui.components.menus import round_menu
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.theme import font, theme
from app.ui.words import line

_EDGE = 14
_ICON = 18


class Dropdown(Pressable):
    """``chosen`` carries the key of the entry that a person picked; never one that was picked for them."""

    chosen = Signal(str)

    def __init__(self, name: str, *, icon: str = "", height: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name = name
        self._icon = icon
        self._entries: tuple[tuple[str, str], ...] = ()
        self._key = ""
        self._words = ""
        self.setFont(font(14))
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    @property
    def key(self) -> str:
        return self._key

    @property
    def words(self) -> str:
        """What is on show."""
        return self._words

    def offer(self, entries: Sequence[tuple[str, str]], key: str, otherwise: str = "") -> None:
        """Show ``entries`` as (key, words), ``key`` chosen; ``otherwise`` is said where there is no such entry."""
        self._entries = tuple((one, line(words)) for one, words in entries)
        self._key = key
        self._words = next((words for one, words in self._entries if one == key), line(otherwise))
        self.setEnabled(bool(self._entries))
        self.setAccessibleName(f"{self._name}: {self._words}")
        self.update()

    def menu_of_choices(self) -> QMenu:
        """The menu that a press opens."""
        menu = round_menu(QMenu(self))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._name)
        group = QActionGroup(menu)
        for key, words in self._entries:
            entry = QAction(words.replace("&", "&&"), menu)
            entry.setCheckable(True)
            entry.setChecked(key == self._key)
            entry.triggered.connect(lambda _=False, one=key: self._choose(one))
            group.addAction(entry)
            menu.addAction(entry)
        return menu

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_F4):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = blend(colour("border"), colour("text"), self.hovered) if self.isEnabled() else colour("off_edge")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(colour("surface") if self.isEnabled() else colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        ratio = self.devicePixelRatioF()
        sign = "muted" if self.isEnabled() else "off"
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = (self.height() - _ICON) / 2
        lead = _EDGE + (_ICON + 12 if self._icon else 0)
        if self._icon:
            left = self.width() - _EDGE - _ICON if is_mirrored else _EDGE
            painter.drawPixmap(QPointF(left, top), pixmap(self._icon, sign, _ICON, ratio))
        left = 12 if is_mirrored else self.width() - 12 - _ICON
        painter.drawPixmap(QPointF(left, top), pixmap("chevron-down", sign, _ICON, ratio))
        room = self.width() - lead - 12 - _ICON - 8
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        set_tooltip(self, self._words if shown != self._words else "")
        painter.setFont(self.font())
        painter.setPen(colour("text") if self.isEnabled() else colour("off"))
        left = self.width() - lead - room if is_mirrored else lead
        side = Qt.AlignmentFlag.AlignRight if is_mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(QRect(round(left), 0, room, self.height()), flags, shown)

    def _choose(self, key: str) -> None:
        if key != self._key:
            self.offer(self._entries, key)
            self.chosen.emit(key)

    def _open(self) -> None:
        menu = self.menu_of_choices()
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
        checked = next((action for action in menu.actions() if action.isChecked()), None)
        if checked is not None:
            menu.setActiveAction(checked)
