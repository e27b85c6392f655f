"""One screen or window that could be shared: its living picture and its title."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.components.labels import set_tooltip
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.theme import font, theme
from app.ui.words import tr

PICTURE = QSize(208, 117)
LARGE = QSize(416, 234)
"""Of the only one."""
_MARGIN = 12
_TITLE = 20
_LINES = 2
"""A title with a detail, or a title that may be longer: all cards are equally high."""
_RADIUS = 12
LARGE_CARD = LARGE.height() + 2 * _MARGIN + 8 + _LINES * _TITLE
"""How high the only one is."""


class SurfaceCard(Pressable):
    """A choice among others: checked, it is what will be shared. ``stepped`` carries where an arrow key leads: cards
    to the right and rows down."""

    stepped = Signal(int, int)
    taken = Signal()
    """Enter, or a double click: this one, and at once."""

    def __init__(self, title: str, detail: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{title}, {detail}" if detail else title, parent)
        self._title = title
        self._detail = detail
        self._icon = icon
        self._image: QImage | None = None
        self._picture = PICTURE
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.set_ring_radius(_RADIUS)
        set_tooltip(self, title)
        self.show_large(False)

    @property
    def title(self) -> str:
        return self._title

    def show_large(self, is_large: bool) -> None:
        """A lone card has room for a large picture."""
        self._picture = LARGE if is_large else PICTURE
        words = 8 + _LINES * _TITLE
        self.setFixedSize(self._picture.width() + 2 * _MARGIN, self._picture.height() + 2 * _MARGIN + words)
        self.update()

    def show_picture(self, image: QImage) -> None:
        """What it looks like now; a null one: nothing can be seen of it."""
        self._image = image
        self.setAccessibleDescription(_nothing() if image.isNull() else "")
        self.update()

    def nextCheckState(self) -> None:
        """A lone choice cannot be taken back either."""
        self.setChecked(True)

    def mouseDoubleClickEvent(self, e: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(e)
        self._take()

    def _take(self) -> None:
        self.click()
        self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._take()
            return
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Left: (-ahead, 0),
            Qt.Key.Key_Right: (ahead, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setChecked(True)
            self.stepped.emit(*step)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(colour("accent" if chosen else "edge"), 2 if chosen else 1))
        painter.setBrush(blend(colour("accent_soft" if chosen else "surface"), colour("hover"), self.hovered * 0.6))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
        place = QRect(_MARGIN, _MARGIN, self._picture.width(), self._picture.height())
        painter.fillRect(place, colour("raised"))
        self._paint_picture(painter, place)
        self._paint_words(painter, place)

    def _paint_picture(self, painter: QPainter, place: QRect) -> None:
        if self._image is None or self._image.isNull():
            ratio = self.devicePixelRatioF()
            icon = pixmap(
                "eye-off" if self._image is not None else self._icon, theme().colour("muted").name(), 24, ratio
            )
            middle = QRectF(place).center()
            lift = 14 if self._image is not None else 0
            painter.drawPixmap(QPointF(middle.x() - 12, middle.y() - 12 - lift), icon)
            if self._image is not None:
                painter.setPen(theme().colour("muted"))
                painter.setFont(font(12))
                words = place.adjusted(8, place.height() // 2, -8, 0)
                painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, _nothing())
            return
        size = self._image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._image)

    def _paint_words(self, painter: QPainter, place: QRect) -> None:
        line = QRect(place.left(), place.bottom() + 8, place.width(), _TITLE)
        bold = font(13, 600)
        titles = title_lines(self._title, QFontMetrics(bold), line.width(), 1 if self._detail else _LINES)
        words = [(title, "text", bold) for title in titles]
        for text, tone, shape in (*words, (self._detail, "muted", font(13))):
            painter.setFont(shape)
            painter.setPen(theme().colour(tone))
            elided = QFontMetrics(shape).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, elided)
            line.translate(0, _TITLE)


def title_lines(title: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """``title`` in up to ``most`` lines of whole words. What does not fit is in the last one, or in the first where a
    word is wider than a line."""
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or metrics.horizontalAdvance(longer) <= width):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _nothing() -> str:
    return tr("Nothing to see here: minimised, protected or not allowed")
