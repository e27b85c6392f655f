"""The list of messages, painted by itself: only rows on screen are laid out, so ten thousand messages scroll as ten
do.

Promises: whoever reads the newest message keeps seeing the newest; whoever scrolled up keeps seeing what they read,
whatever comes above or below. It is a QListView to the outside (model, current row, keyboard, screen readers); the
placing of rows is its own.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from app.room.state import Delivery, Message
from app.ui.components.menus import round_menu
from app.ui.room.bubble import Action, Bubble, guess
from app.ui.room.chat_model import ChatModel
from app.ui.room.flow import Flow
from app.ui.room.links import Link
from app.ui.theme import theme
from app.ui.words import plain, tr

type Index = QModelIndex | QPersistentModelIndex

SCROLLBAR = 12
"""Pixels at the edge where lines end that belong to the scroll bar."""
_FOOT = 8
_NEAR = 24
"""Within so many pixels of the end counts as being there."""
_EARLY = 120
"""So near to the top earlier messages are asked for."""
_MOST_LINKS = 5
_KEPT = 200
"""Laid-out rows that are kept."""


class ChatView(QListView):
    """Emits the key of the message that a person wants to send again or to remove."""

    retried = Signal(str)
    discarded = Signal(str)
    earlier_wanted = Signal()
    at_end_changed = Signal(bool)
    link_wanted = Signal(object)
    """Carries the ``Link`` that somebody pressed."""

    def __init__(self, model: ChatModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chat = model
        self._flow = Flow()
        self._bubbles: OrderedDict[int, Bubble] = OrderedDict()
        self._is_at_end = True
        self._anchor: tuple[int, int] | None = None
        self._hovered: tuple[int, Action] | None = None
        self.setObjectName("plain")
        self._direction = Qt.LayoutDirection.LeftToRight
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setProperty("ring", True)
        self.viewport().setMouseTracking(True)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self._on_removed)
        model.dataChanged.connect(self._on_changed)
        self.setModel(model)
        self._flow.insert(0, (guess(row) for row in model.rows))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().setSingleStep(40)
        theme().changed.connect(self._forget_looks)

    def say_again(self) -> None:
        """In another language."""
        self.setAccessibleName(tr("Messages"))
        self._forget_looks()

    @property
    def is_at_end(self) -> bool:
        """The newest message is in sight."""
        return self._is_at_end

    def go_to_end(self) -> None:
        """Show the newest message, and stay with the newest from now on."""
        self._set_at_end(True)
        self._settle()

    # -- the model changed

    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        self._remember_anchor()
        self._bubbles.clear()
        self._flow.insert(first, (guess(row) for row in self._chat.rows[first : last + 1]))
        if self._anchor is not None and first <= self._anchor[0]:
            self._anchor = (self._anchor[0] + last - first + 1, self._anchor[1])
        self._settle()

    def _on_removed(self, parent: QModelIndex, first: int, last: int) -> None:
        self._remember_anchor()
        self._bubbles.clear()
        self._flow.remove(first, last + 1)
        if self._anchor is not None and first <= self._anchor[0]:
            self._anchor = (max(first, self._anchor[0] - (last - first + 1)), self._anchor[1])
        self._settle()

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._remember_anchor()
        for row in range(first.row(), last.row() + 1):
            self._flow.forget(row)
            self._bubbles.pop(row, None)
        self._settle()

    # -- geometry

    def _width(self) -> int:
        """The scroll bar's room is kept free also while there is none, so that rows never change their width."""
        return max(1, self.width() - SCROLLBAR)

    @property
    def _left(self) -> int:
        """Of the rows in the viewport, which is narrower while the scroll bar shows."""
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.viewport().width() - self._width() if is_mirrored else 0

    def _bubble(self, row: int) -> Bubble:
        direction = QGuiApplication.layoutDirection()
        if direction != self._direction:
            self._direction = direction
            self._bubbles.clear()
        bubble = self._bubbles.get(row)
        if bubble is None:
            bubble = self._bubbles[row] = Bubble(self._chat.rows[row], self._width(), direction)
            while len(self._bubbles) > _KEPT:
                self._bubbles.popitem(last=False)
        else:
            self._bubbles.move_to_end(row)
        return bubble

    def _remember_anchor(self) -> None:
        """Keep the place of the row at the top of the view, unless we stay with the end or are already keeping one."""
        if self._is_at_end or self._anchor is not None or not len(self._flow):
            return
        top = self.verticalScrollBar().value()
        row = self._flow.row_at(top)
        self._anchor = (row, top - self._flow.top(row))

    def _settle(self) -> None:
        """Measure what shows, and put the scroll bar where end or anchor want it."""
        height = self.viewport().height()
        while len(self._flow):
            top = self._wanted_top(height)
            unknown = [row for row in self._flow.between(top, top + height) if not self._flow.is_measured(row)]
            if not unknown:
                break
            for row in unknown:
                self._flow.measure(row, self._bubble(row).height)
        wanted = self._wanted_top(height)
        self._anchor = None
        bar = self.verticalScrollBar()
        could_scroll = bar.maximum() > 0
        was_blocked = bar.blockSignals(True)
        bar.setPageStep(max(1, height))
        bar.setRange(0, self._longest(height))
        bar.setValue(wanted)
        bar.blockSignals(was_blocked)
        if could_scroll != (bar.maximum() > 0):
            bar.rangeChanged.emit(0, bar.maximum())  # so that the bar is shown, or goes
        self.viewport().update()
        self._ask_for_earlier()

    def _wanted_top(self, height: int) -> int:
        longest = self._longest(height)
        if self._is_at_end:
            return longest
        if self._anchor is not None and self._anchor[0] < len(self._flow):
            return max(0, min(longest, self._flow.top(self._anchor[0]) + self._anchor[1]))
        return min(longest, self.verticalScrollBar().value())

    def _longest(self, height: int) -> int:
        return max(0, self._flow.total + _FOOT - height)

    def _on_scrolled(self, value: int) -> None:
        self._set_at_end(value >= self.verticalScrollBar().maximum() - _NEAR)
        self._remember_anchor()
        self._settle()

    def _set_at_end(self, is_at_end: bool) -> None:
        if is_at_end != self._is_at_end:
            self._is_at_end = is_at_end
            self.at_end_changed.emit(is_at_end)

    def _ask_for_earlier(self) -> None:
        if self.isVisible() and self.verticalScrollBar().value() < _EARLY:
            self.earlier_wanted.emit()

    def _forget_looks(self) -> None:
        self._bubbles.clear()
        self.viewport().update()

    # -- what a list view is asked

    def doItemsLayout(self) -> None:
        self._settle()

    def updateGeometries(self) -> None:
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._remember_anchor()
        if event.oldSize().width() != event.size().width():
            self._bubbles.clear()
            self._flow.forget_all()
        self._settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        row = index.row()
        if not index.isValid() or row >= len(self._flow):
            return QRect()
        return QRect(self._left, self._flow.top(row) - self.verticalOffset(), self._width(), self._flow.height(row))

    def indexAt(self, p: QPoint) -> QModelIndex:
        y = p.y() + self.verticalOffset()
        if not len(self._flow) or not 0 <= y < self._flow.total:
            return QModelIndex()
        return self._chat.index(self._flow.row_at(y))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        rect = self.visualRect(index)
        bar = self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + min(rect.top(), rect.bottom() - self.viewport().height()))

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion()

    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803  # Qt's own name
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        move = QAbstractItemView.CursorAction
        count = len(self._flow)
        if not count:
            return QModelIndex()
        row = self.currentIndex().row()
        page = max(1, self.viewport().height() // 60)
        steps = {move.MoveUp: -1, move.MoveDown: 1, move.MovePageUp: -page, move.MovePageDown: page}
        if cursorAction == move.MoveHome:
            row = 0
        elif cursorAction == move.MoveEnd or row < 0:
            row = count - 1
        else:
            row += steps.get(cursorAction, 0)
        return self._chat.index(max(0, min(count - 1, row)))

    # -- painting

    def paintEvent(self, e: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setLayoutDirection(QGuiApplication.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shift = self.verticalOffset()
        current = self.currentIndex().row() if self.hasFocus() else -1
        for row in self._flow.between(e.rect().top() + shift, e.rect().bottom() + 1 + shift):
            bubble = self._bubble(row)
            hovered = self._hovered[1] if self._hovered is not None and self._hovered[0] == row else None
            painter.save()
            painter.translate(self._left, self._flow.top(row) - shift)
            bubble.paint(painter, hovered=hovered, is_current=row == current)
            painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the lowest message in sight, not at the oldest of all."""
        if not self.currentIndex().isValid() and len(self._flow):
            lowest = self._flow.row_at(self.verticalOffset() + self.viewport().height() - 1)
            self.setCurrentIndex(self._chat.index(lowest))
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # -- pressing

    def mouseMoveEvent(self, e: QMouseEvent) -> None:
        self._hover(e.position())

    def leaveEvent(self, event: object) -> None:
        self._hover(QPointF(-1, -1))

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        found = self._action_at(e.position())
        if e.button() != Qt.MouseButton.LeftButton:
            return
        if found is not None:
            row, action = found
            self._act(self._chat.rows[row].key, action)
        elif (link := self._link_at(e.position())) is not None:
            self.link_wanted.emit(link)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.setCurrentIndex(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.matches(QKeySequence.StandardKey.Copy):
            if 0 <= row < len(self._flow):
                _copy(self._chat.rows[row].message)
        elif self._is_failed(row) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act(self._chat.rows[row].key, Action.RETRY)
        elif self._is_failed(row) and event.key() == Qt.Key.Key_Delete:
            self._act(self._chat.rows[row].key, Action.DISCARD)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (links := self._links(row)):
            self.link_wanted.emit(links[0])
        else:
            super().keyPressEvent(event)
            self.viewport().update()

    def contextMenuEvent(self, arg__1: QContextMenuEvent) -> None:
        index = self.indexAt(arg__1.pos())
        is_by_key = arg__1.reason() == QContextMenuEvent.Reason.Keyboard
        row = index.row() if index.isValid() and not is_by_key else self.currentIndex().row()
        if row < 0:
            return
        # What is said while the menu is open moves the rows: it stays with the message that it was opened on.
        message = self._chat.rows[row].message
        menu = round_menu(QMenu(self))
        menu.addAction(tr("Copy text")).triggered.connect(lambda: _copy(message))
        for link in self._links(row)[:_MOST_LINKS]:
            words = tr("Open %1…").replace("%1", link.host)
            menu.addAction(words).triggered.connect(lambda _=False, link=link: self.link_wanted.emit(link))
        if self._is_failed(row):
            self._add_action(menu, tr("Try again"), message.key, Action.RETRY)
            self._add_action(menu, tr("Delete"), message.key, Action.DISCARD)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(arg__1.globalPos())

    def _add_action(self, menu: QMenu, words: str, key: str, action: Action) -> None:
        menu.addAction(words).triggered.connect(lambda: self._act(key, action))

    def _is_failed(self, row: int) -> bool:
        return 0 <= row < len(self._flow) and self._chat.rows[row].message.delivery is Delivery.FAILED

    def _act(self, key: str, action: Action) -> None:
        if action is Action.RETRY:
            self.retried.emit(key)
        else:
            self.discarded.emit(key)

    def _links(self, row: int) -> tuple[Link, ...]:
        return self._bubble(row).links if 0 <= row < len(self._flow) else ()

    def _link_at(self, point: QPointF) -> Link | None:
        index = self.indexAt(point.toPoint())
        if not index.isValid():
            return None
        return self._bubble(index.row()).link_at(point - QPointF(self.visualRect(index).topLeft()))

    def _action_at(self, point: QPointF) -> tuple[int, Action] | None:
        index = self.indexAt(point.toPoint())
        if not index.isValid():
            return None
        rect = self.visualRect(index)
        action = self._bubble(index.row()).action_at(point - QPointF(rect.topLeft()))
        return (index.row(), action) if action is not None else None

    def _hover(self, point: QPointF) -> None:
        hovered = self._action_at(point)
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()
        is_pressable = hovered is not None or self._link_at(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_pressable else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)


def _copy(message: Message) -> None:
    QGuiApplication.clipboard().setText(plain(message.text))
