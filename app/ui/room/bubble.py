"""One row of the chat, laid out and painted: day, name and time, bubble, delivery.

Measures (pixels): bubbles at most 252 wide, radius 14 and 5 where grouped, 4 apart in a group and 8 between groups,
line step 20.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from app.room.state import Delivery, Message, MessageKind
from app.ui.components.avatars import paint_avatar
from app.ui.icons import pixmap
from app.ui.room.chat_model import guest_mark, system_words
from app.ui.room.links import Link, find_links
from app.ui.room.rows import Row
from app.ui.room.when import clock_time, day_words
from app.ui.theme import font, tabular, theme
from app.ui.words import person, plain, tr

WIDEST = 252
PICTURE = 28
_INDENT = PICTURE + 8
_PAD_X, _PAD_Y = 12, 8
_STEP = 20
_EMOJI_SIZE, _EMOJI_STEP = 32, 40
_HEADER = 20
_FOOTER = 20
_DAY = 32
_NEW = 28
_ROUND, _GROUPED = 14, 5
_BETWEEN, _WITHIN = 8, 4
_LETTERS_A_LINE = 30


class Action(StrEnum):
    """What can be pressed in the footer of a message that was not sent."""

    RETRY = "retry"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class Press:
    """Where an action's words are, relative to the row."""

    action: Action
    rect: QRectF
    words: str


def guess(row: Row) -> int:
    """About how high a row will be, from its length alone."""
    lines = 1 + len(row.message.text) // _LETTERS_A_LINE + row.message.text.count("\n")
    if row.is_system:
        return _BETWEEN + 16 * lines
    extra = _NEW if row.begins_new else 0
    extra += (_HEADER if row.has_header else 0) + (_FOOTER if row.has_footer else 0) + (_DAY if row.day else 0)
    return (_BETWEEN if row.is_first else _WITHIN) + lines * _STEP + 2 * _PAD_Y + extra


class Bubble:
    """A row laid out for one width, ours at the end of the line (the right, or the left in right-to-left)."""

    def __init__(self, row: Row, width: int, direction: Qt.LayoutDirection) -> None:
        self.row = row
        self._width = width
        self._is_mirrored = direction == Qt.LayoutDirection.RightToLeft
        message = row.message
        self._is_emoji = message.kind is MessageKind.EMOJI
        y = _BETWEEN if row.is_first else _WITHIN
        self._new_top = y
        y += _NEW if row.begins_new else 0
        self._day_top = y
        y += _DAY if row.day is not None else 0
        self._header_top = y
        y += _HEADER if row.has_header else 0
        text = f"{system_words(message)} · {clock_time(message.at)}" if row.is_system else plain(message.text)
        self.links: tuple[Link, ...] = () if row.is_system or self._is_emoji else find_links(text)
        formats = [_link_format(link, message) for link in self.links]
        self._text = _laid_out(text, _text_font(row), self._text_room(), _step(row), row.is_system, formats)
        natural = [line.naturalTextRect() for line in _lines(self._text)]
        self._text_left = min((rect.left() for rect in natural), default=0.0)
        """Where the letters begin: right-to-left text stands at the right end of its room."""
        used = max((rect.right() for rect in natural), default=0.0) - self._text_left
        text_height = self._text.lineCount() * _step(row)
        if row.is_system or self._is_emoji:
            self._box = QRectF((width - used) / 2, y, used, text_height)
            if self._is_emoji:
                self._box.moveLeft(width - used if message.mine else _INDENT)
        else:
            box_width = used + 2 * _PAD_X
            left = width - box_width if message.mine else _INDENT
            self._box = QRectF(left, y, box_width, text_height + 2 * _PAD_Y)
        self._box = self._placed(self._box)
        y += round(self._box.height())
        self._footer_top = y
        self.presses: tuple[Press, ...] = (
            self._presses() if message.mine and message.delivery is Delivery.FAILED else ()
        )
        self.height = y + (_FOOTER if row.has_footer else 0)

    def action_at(self, point: QPointF) -> Action | None:
        """What pressing there does; a little around the words counts."""
        for press in self.presses:
            if press.rect.adjusted(-4, -6, 4, 6).contains(point):
                return press.action
        return None

    def link_at(self, point: QPointF) -> Link | None:
        """The link whose letters are there."""
        inside = point - self._box.topLeft() - QPointF(_PAD_X - self._text_left, _PAD_Y)
        number = int(inside.y() // _STEP)
        if not self.links or not 0 <= number < self._text.lineCount() or inside.y() < 0:
            return None
        line = self._text.lineAt(number)
        if not line.x() <= inside.x() <= line.x() + line.naturalTextWidth():
            return None
        at = line.xToCursor(inside.x(), QTextLine.CursorPosition.CursorOnCharacter)
        return next((link for link in self.links if link.start <= at < link.end), None)

    def paint(self, painter: QPainter, *, hovered: Action | None, is_current: bool) -> None:
        """Paint it with the row's upper left corner at the origin."""
        row, tokens = self.row, theme().tokens
        ratio = painter.device().devicePixelRatioF()
        if row.begins_new:
            self._paint_new(painter)
        if row.day is not None:
            painter.setFont(font(12, 500))
            painter.setPen(QColor(tokens.muted))
            band = QRectF(0, self._day_top, self._width, 24)
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, day_words(row.day))
        if row.has_header:
            self._paint_header(painter)
        if row.has_picture:
            disc = self._placed(QRectF(0, self._box.bottom() - PICTURE, PICTURE, PICTURE))
            paint_avatar(painter, disc, row.message.user_name, row.message.user_id)
        text_at = self._box.topLeft()
        colour = QColor(tokens.muted if row.is_system else tokens.text)
        if not row.is_system and not self._is_emoji:
            colour = self._paint_box(painter)
            text_at += QPointF(_PAD_X, _PAD_Y)
        if is_current:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._box.adjusted(-2, -2, 2, 2), _ROUND + 2, _ROUND + 2)
        painter.setPen(colour)
        if row.is_system:
            text_at.setX((self._width - self._text_room()) / 2)
        else:
            text_at.setX(text_at.x() - self._text_left)
        self._text.draw(painter, text_at)
        if row.has_footer:
            self._paint_footer(painter, hovered, ratio)

    def _placed(self, rect: QRectF) -> QRectF:
        """Where something goes that is there in left-to-right."""
        return (
            QRectF(self._width - rect.right(), rect.top(), rect.width(), rect.height()) if self._is_mirrored else rect
        )

    def _text_room(self) -> float:
        if self.row.is_system:
            return self._width - 32
        return min(WIDEST, self._width - _INDENT - 8) - 2 * _PAD_X

    def _paint_new(self, painter: QPainter) -> None:
        tokens = theme().tokens
        painter.setFont(font(12, 600))
        words = tr("New")
        room = QFontMetricsF(painter.font()).horizontalAdvance(words) + 16
        band = QRectF(0, self._new_top, self._width, 20)
        painter.fillRect(QRectF(0, band.center().y(), (self._width - room) / 2, 1), QColor(tokens.accent))
        painter.fillRect(
            QRectF((self._width + room) / 2, band.center().y(), (self._width - room) / 2, 1), QColor(tokens.accent)
        )
        painter.setPen(QColor(tokens.accent))
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_header(self, painter: QPainter) -> None:
        tokens = theme().tokens
        name_font, time_font = font(13, 600), tabular(12)
        time = clock_time(self.row.message.at)
        time_width = QFontMetricsF(time_font).horizontalAdvance(time)
        metrics = QFontMetricsF(name_font)
        left = _INDENT + 2
        mark = guest_mark(self.row.message)
        room = self._width - left - time_width - 8 - metrics.horizontalAdvance(mark)
        name = metrics.elidedText(person(self.row.message.user_name), Qt.TextElideMode.ElideRight, room) + mark
        line = QRectF(left, self._header_top - 1, self._width - left, 18)
        painter.setFont(name_font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(self._placed(line), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(time_font)
        painter.setPen(QColor(tokens.muted))
        time_left = left + metrics.horizontalAdvance(name) + 8
        line.setLeft(time_left)
        painter.drawText(self._placed(line), Qt.AlignmentFlag.AlignVCenter, time)

    def _paint_box(self, painter: QPainter) -> QColor:
        """The bubble; returns the colour for its text."""
        tokens, message = theme().tokens, self.row.message
        is_loud = tokens.name == "high-contrast"
        fill, edge, text = QColor(tokens.raised), QColor(tokens.edge) if is_loud else None, QColor(tokens.text)
        if message.mine and message.delivery is Delivery.FAILED:
            fill, edge = QColor(tokens.danger_soft), QColor(tokens.danger)
        elif message.mine:
            fill, edge, text = QColor(tokens.accent), None, QColor(tokens.on_accent)
            if message.delivery is Delivery.PENDING:
                fill.setAlphaF(_PENDING)
        painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        inset = 0.5 if edge is not None else 0.0
        painter.drawPath(self._outline(self._box.adjusted(inset, inset, -inset, -inset)))
        return text

    def _outline(self, box: QRectF) -> QPainterPath:
        upper = _ROUND if self.row.is_first else _GROUPED
        lower = _ROUND if self.row.is_last else _GROUPED
        if self.row.message.mine is not self._is_mirrored:
            return rounded(box, _ROUND, upper, lower, _ROUND)
        return rounded(box, upper, _ROUND, _ROUND, lower)

    def _paint_footer(self, painter: QPainter, hovered: Action | None, ratio: float) -> None:
        tokens, message = theme().tokens, self.row.message
        line = QRectF(0, self._footer_top + 3, self._width, 16)
        if self.presses:
            self._paint_way_out(painter, hovered, ratio)
            return
        is_sent = message.delivery is Delivery.SENT
        words = clock_time(message.at) if is_sent else tr("Sending…")
        painter.setFont(tabular(12))
        painter.setPen(QColor(tokens.muted))
        used = QFontMetricsF(painter.font()).horizontalAdvance(words)
        if is_sent:
            painter.drawText(self._placed(line.adjusted(0, 0, -20, 0)), _END, words)
            self._paint_icon(painter, "check-check", "accent", self._width - 14, line.top() + 1, ratio)
        else:
            painter.drawText(line, _END, words)
            self._paint_icon(painter, "clock", "muted", self._width - used - 19, line.top() + 1, ratio)

    def _paint_icon(self, painter: QPainter, icon: str, tone: str, left: float, top: float, ratio: float) -> None:
        painter.drawPixmap(self._placed(QRectF(left, top, 14, 14)).topLeft(), pixmap(icon, tone, 14, ratio))

    def _presses(self) -> tuple[Press, ...]:
        metrics = QFontMetricsF(font(12, 600))
        top = self._footer_top + 3
        delete, retry = tr("Delete"), tr("Try again")
        delete_left = self._width - metrics.horizontalAdvance(delete)
        retry_left = delete_left - metrics.horizontalAdvance(_DOT) - metrics.horizontalAdvance(retry)
        there = QRectF(retry_left, top, metrics.horizontalAdvance(retry), 16)
        then = QRectF(delete_left, top, metrics.horizontalAdvance(delete), 16)
        return (
            Press(Action.RETRY, self._placed(there), retry),
            Press(Action.DISCARD, self._placed(then), delete),
        )

    def _paint_way_out(self, painter: QPainter, hovered: Action | None, ratio: float) -> None:
        tokens = theme().tokens
        metrics = QFontMetricsF(font(12, 600))
        dot = metrics.horizontalAdvance(_DOT)
        for press in self.presses:
            shown = font(12, 600)
            shown.setUnderline(press.action is hovered)
            painter.setFont(shown)
            painter.setPen(QColor(tokens.accent if press.action is Action.RETRY else tokens.muted))
            painter.drawText(press.rect.adjusted(-1, 0, 1, 0), Qt.AlignmentFlag.AlignCenter, press.words)
            painter.setPen(QColor(tokens.muted))
            before = QRectF(self._placed(press.rect).left() - dot, press.rect.top(), dot, 16)
            painter.drawText(self._placed(before), Qt.AlignmentFlag.AlignCenter, _DOT)
        painter.setFont(font(12, 600))
        painter.setPen(QColor(tokens.danger))
        first = self._placed(self.presses[0].rect)
        words = QRectF(0, first.top(), first.left() - dot, 16)
        painter.drawText(self._placed(words), _END, tr("Not sent"))
        icon_left = words.right() - metrics.horizontalAdvance(tr("Not sent")) - 20
        self._paint_icon(painter, "circle-alert", "danger", icon_left, first.top() + 1, ratio)


_DOT = "  ·  "
_PENDING = 0.88
"""How full a message is that is on its way: as pale as its words may still be read on it."""
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
"""Of the line: the painter turns it round in right-to-left."""


def rounded(box: QRectF, upper_left: float, upper_right: float, lower_right: float, lower_left: float) -> QPainterPath:
    """A rectangle with four radii."""
    path = QPainterPath(QPointF(box.left() + upper_left, box.top()))
    path.lineTo(box.right() - upper_right, box.top())
    path.arcTo(box.right() - 2 * upper_right, box.top(), 2 * upper_right, 2 * upper_right, 90, -90)
    path.lineTo(box.right(), box.bottom() - lower_right)
    size = 2 * lower_right
    path.arcTo(box.right() - size, box.bottom() - size, size, size, 0, -90)
    path.lineTo(box.left() + lower_left, box.bottom())
    path.arcTo(box.left(), box.bottom() - 2 * lower_left, 2 * lower_left, 2 * lower_left, 270, -90)
    path.lineTo(box.left(), box.top() + upper_left)
    path.arcTo(box.left(), box.top(), 2 * upper_left, 2 * upper_left, 180, -90)
    path.closeSubpath()
    return path


def _text_font(row: Row) -> QFont:
    if row.is_system:
        return font(12)
    return font(_EMOJI_SIZE if row.message.kind is MessageKind.EMOJI else 14)


def _step(row: Row) -> int:
    if row.is_system:
        return 16
    return _EMOJI_STEP if row.message.kind is MessageKind.EMOJI else _STEP


def _laid_out(
    text: str, shown: QFont, room: float, step: int, centred: bool, formats: list[QTextLayout.FormatRange]
) -> QTextLayout:
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text.replace("\n", "\u2028"), shown)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.setFormats(formats)
    lead = (step - QFontMetricsF(shown).height()) / 2
    layout.beginLayout()
    y = lead
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room)
        line.setPosition(QPointF(0, y))
        y += step
    layout.endLayout()
    return layout


def _link_format(link: Link, message: Message) -> QTextLayout.FormatRange:
    """Underlined, so that colour is not all that tells it."""
    made = QTextLayout.FormatRange()
    made.start = link.start  # pyright: ignore[reportAttributeAccessIssue]  # missing in the stubs
    made.length = link.end - link.start  # pyright: ignore[reportAttributeAccessIssue]
    look = QTextCharFormat()
    look.setFontUnderline(True)
    if not message.mine:
        look.setForeground(theme().colour("accent"))
    made.format = look  # pyright: ignore[reportAttributeAccessIssue]
    return made


def _lines(layout: QTextLayout) -> list[QTextLine]:
    return [layout.lineAt(index) for index in range(layout.lineCount())]
