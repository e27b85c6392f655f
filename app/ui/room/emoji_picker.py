"""A few rows of emoji with a search line. It takes room in the panel, so that it covers no message."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.components.buttons import IconButton, Kind
from app.ui.components.fields import SearchEdit
from app.ui.components.labels import Label
from app.ui.language import language
from app.ui.room import emoji_names
from app.ui.room.emoji import BY_GROUP, EMOJI, USUAL, Group
from app.ui.room.memory import OFTEN
from app.ui.theme import font, theme
from app.ui.words import tr

_CELL = QSize(40, 38)
_ROWS = 3.5
_NAMES = Qt.ItemDataRole.UserRole + 1


def _titles() -> dict[Group, tuple[str, str]]:
    """Icon and name of each group."""
    return {
        Group.OFTEN: ("clock", tr("Often used here")),
        Group.SMILEYS: ("smile", tr("Smileys and hands")),
        Group.NATURE: ("leaf", tr("Nature")),
        Group.FOOD: ("pizza", tr("Food and drink")),
        Group.ACTIVITIES: ("trophy", tr("Activities")),
        Group.OBJECTS: ("lightbulb", tr("Things")),
        Group.SYMBOLS: ("shapes", tr("Symbols")),
    }


class _Cells(QStyledItemDelegate):
    """Paints one emoji, on a soft square when hovered or current."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRectF = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("thumb" if theme().tokens.is_dark else "accent_soft"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        painter.setFont(font(20))
        painter.setPen(theme().colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(index.data()))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return _CELL


class _Grid(QListView):
    """Enter or Space picks the current one; up from the first row goes back to the search line."""

    picked = Signal(str)
    left_upwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Cells(self))
        self.setFixedHeight(round(_CELL.height() * _ROWS))
        self.clicked.connect(self._pick)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and index.isValid():
            self._pick(index)
        elif event.key() == Qt.Key.Key_Up and index.isValid() and self.visualRect(index).top() < _CELL.height() // 2:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _pick(self, index: QModelIndex) -> None:
        self.picked.emit(str(index.data()))


class EmojiPicker(QWidget):
    picked = Signal(str)
    closed = Signal()

    def __init__(self, often: Callable[[], list[str]], parent: QWidget | None = None) -> None:
        """``often`` are the emoji used most, the most used first."""
        super().__init__(parent)
        self._often = often
        self._group = Group.OFTEN
        self._title = Label("", 12, 600, "muted")
        self._search = SearchEdit("")
        self._search.setProperty("soft", not theme().tokens.is_dark)
        self._items = QStandardItemModel(self)
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._items)
        self._found.setFilterRole(_NAMES)
        self._grid = _Grid(self)
        self._grid.setModel(self._found)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._search)
        column.addWidget(self._title)
        column.addWidget(self._grid)
        column.addLayout(self._tabs())
        self.say_again()
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._pick_first)
        self._grid.picked.connect(self.picked)
        self._grid.left_upwards.connect(self._search.setFocus)

    def say_again(self) -> None:
        """In another language, whatever is on show or searched for."""
        for part in (self, self._grid):
            part.setAccessibleName(tr("Emoji"))
        self._search.setAccessibleName(tr("Search emoji"))
        self._search.setPlaceholderText(tr("Search emoji"))
        for group, (icon, words) in _titles().items():
            self.tabs[group].become(icon, words)
        self._fill()

    @property
    def search(self) -> SearchEdit:
        return self._search

    @property
    def offered(self) -> list[str]:
        """What is on show, in order."""
        return [str(self._found.index(row, 0).data()) for row in range(self._found.rowCount())]

    def _tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.tabs = {group: IconButton(icon, "") for group, (icon, _) in _titles().items()}
        for group, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(lambda _=False, group=group: self.choose(group))
            row.addWidget(tab)
        row.addStretch(1)
        return row

    def choose(self, group: Group) -> None:
        """Show one group, and end a search."""
        self._group = group
        self._search.clear()
        self._fill()

    def _fill(self) -> None:
        """The group's emoji, or what a search looks through."""
        is_searching = bool(self._search.text().strip())
        offered = EMOJI if is_searching else BY_GROUP.get(self._group)
        if offered is None:
            often = list(dict.fromkeys([*self._often(), *USUAL]))[:OFTEN]
            offered = tuple((emoji, "") for emoji in often)
        code = language().code
        self._items.clear()
        for emoji, _ in offered:
            item = QStandardItem(emoji)
            name = emoji_names.shown(emoji, code)
            item.setData(name, Qt.ItemDataRole.AccessibleTextRole)
            item.setData(name, Qt.ItemDataRole.ToolTipRole)
            item.setData(emoji_names.searched(emoji, code), _NAMES)
            self._items.appendRow(item)
        found = tr("Found") if self._found.rowCount() else tr("Nothing found")
        self._title.setText(found if is_searching else _titles()[self._group][1])
        for group, tab in self.tabs.items():
            is_chosen = group is self._group and not is_searching
            tab.setChecked(is_chosen)
            tab.set_kind(Kind.SOFT if is_chosen else Kind.PLAIN)

    def start(self) -> None:
        """Begin a new search, with what is used most."""
        self.choose(Group.OFTEN)
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Down and self._search.hasFocus():
            self._grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self._grid.setCurrentIndex(self._found.index(0, 0))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour
        painter.setPen(colour("edge"))
        painter.setBrush(colour("raised" if theme().tokens.is_dark else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 16, 16)

    def _find(self, text: str) -> None:
        self._found.setFilterFixedString(emoji_names.folded(text))
        self._fill()

    def _pick_first(self) -> None:
        if self._found.rowCount():
            self.picked.emit(str(self._found.index(0, 0).data()))
