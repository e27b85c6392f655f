"""A screen that somebody shares: fitted whole, never cropped; with zoom, and dragged about while zoomed.

Promises: the slot is told the size in device pixels, zoom included, so that letters are as sharp as they were sent;
nobody looks while the tile cannot be seen.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.media.slot import Fit, FrameSlot, Picture
from app.ui.components.labels import set_tooltip
from app.ui.components.pressable import Pressable
from app.ui.icons import pixmap
from app.ui.room import strokes
from app.ui.room.layouts import screen_of
from app.ui.room.overlay import Strip, strips
from app.ui.theme import font, theme
from app.ui.words import tr

ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0)
_WIDEST = 7680
"""Device pixels that are asked for at most."""
_ROOMY = 420
"""Narrower tiles have no zoom."""
_ZOOM_EDGE = 12
_STEP = 60


class _Bell(QObject):
    rang = Signal()


class _ZoomButton(Pressable):
    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self._icon = icon
        self.setFixedSize(40, 36)

    def say(self, name: str) -> None:
        self.setAccessibleName(name)
        set_tooltip(self, name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity((0.75 + 0.25 * self.hovered) if self.isEnabled() else 0.35)
        drawn = pixmap(self._icon, "#FFFFFF", 18, self.devicePixelRatioF())
        painter.drawPixmap(QPointF((self.width() - 18) / 2, (self.height() - 18) / 2), drawn)


class ZoomBar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.smaller = _ZoomButton("zoom-out", self)
        self.larger = _ZoomButton("zoom-in", self)
        self.fit = _ZoomButton("maximize", self)
        self.say_again()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(2)
        for button in (self.smaller, self.larger, self.fit):
            row.addWidget(button)
        self.resize(self.sizeHint())

    def say_again(self) -> None:
        self.setAccessibleName(tr("Zoom"))
        self.smaller.say(tr("Zoom out"))
        self.larger.say(tr("Zoom in"))
        self.fit.say(tr("Show the whole screen"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(strokes.pill_fill())
        painter.drawRoundedRect(self.rect(), 8, 8)


class ScreenTile(QLabel):
    """As ``VideoTile``, for ``screen_of(sharer)``."""

    pin_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, sharer: str, name: str, slot: FrameSlot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = screen_of(sharer)
        self._name = name
        self._words = ""
        self._slot = slot
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._zoom = 0
        self._centre = QPointF(0.5, 0.5)
        self._grabbed: QPoint | None = None
        self._is_watched = False
        self._is_pinned = False
        self._strips: tuple[Strip, ...] = ()
        self._strips_for: object = None
        self.frames_painted = 0
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring_radius", strokes.TILE_RADIUS)
        self._bell = _Bell()
        self._bell.rang.connect(self.update, Qt.ConnectionType.QueuedConnection)
        self.zoom_bar = ZoomBar(self)
        self.zoom_bar.smaller.clicked.connect(lambda: self.zoom_by(-1))
        self.zoom_bar.larger.clicked.connect(lambda: self.zoom_by(1))
        self.zoom_bar.fit.clicked.connect(lambda: self.zoom_by(-len(ZOOMS)))
        self.say_again()
        self.zoom_by(0)

    def say_again(self) -> None:
        """In another language."""
        self._words = tr("%1 is sharing").replace("%1", self._name)
        self.zoom_bar.say_again()
        self.show_pinned(self._is_pinned)
        self.update()

    @property
    def zoom(self) -> float:
        return ZOOMS[self._zoom]

    def show_pinned(self, is_pinned: bool) -> None:
        self._is_pinned = is_pinned
        self.setAccessibleName(f"{self._words}, {tr('pinned')}" if is_pinned else self._words)

    def zoom_by(self, steps: int) -> None:
        self._zoom = max(0, min(len(ZOOMS) - 1, self._zoom + steps))
        self.zoom_bar.smaller.setEnabled(self._zoom > 0)
        self.zoom_bar.fit.setEnabled(self._zoom > 0)
        self.zoom_bar.larger.setEnabled(self._zoom < len(ZOOMS) - 1)
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._zoom else Qt.CursorShape.ArrowCursor)
        if not self._zoom:
            self._centre = QPointF(0.5, 0.5)
        self.look_again()
        self.update()

    def let_go(self) -> None:
        self._slot.on_ready = None
        self._slot.hide()
        self._is_watched = False

    def look_again(self) -> None:
        """Tell the slot whether and how large somebody looks."""
        if self.isVisible() and not self.window().isMinimized():
            ratio = self.devicePixelRatioF() * self.zoom
            least = min(1.0, _WIDEST / max(1.0, self.width() * ratio))
            self._slot.on_ready = self._bell.rang.emit
            self._slot.show(round(self.width() * ratio * least), round(self.height() * ratio * least), Fit.CONTAIN)
            self._is_watched = True
        elif self._is_watched:
            self._slot.hide()
            self._is_watched = False

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.zoom_bar
        bar.setVisible(self.width() >= _ROOMY)
        bar.move(self.width() - bar.width() - _ZOOM_EDGE, self.height() - bar.height() - _ZOOM_EDGE)
        self.look_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.look_again()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.look_again()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: QPoint(_STEP, 0),
            Qt.Key.Key_Right: QPoint(-_STEP, 0),
            Qt.Key.Key_Up: QPoint(0, _STEP),
            Qt.Key.Key_Down: QPoint(0, -_STEP),
        }
        key = Qt.Key(ev.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif key is Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif key is Qt.Key.Key_0:
            self.zoom_by(-len(ZOOMS))
        elif self._zoom and key in moves:
            self._move_by(moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.menu_wanted.emit(self.id, self.mapToGlobal(self.rect().center()))
        else:
            super().keyPressEvent(ev)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        if self._zoom and ev.button() == Qt.MouseButton.LeftButton:
            self._grabbed = ev.position().toPoint()

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        if self._grabbed is not None:
            at = ev.position().toPoint()
            self._move_by(at - self._grabbed)
            self._grabbed = at

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pin_wanted.emit(self.id)

    def contextMenuEvent(self, ev: QContextMenuEvent) -> None:
        by_key = ev.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.id, self.mapToGlobal(self.rect().center()) if by_key else ev.globalPos())

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self._take()
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        strokes.paint_blank(painter, QRectF(self.rect()))
        if self._image is not None:
            where = self.picture_rect()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(where, self._image)
        else:
            painter.setPen(strokes.on_stage().muted)
            painter.setFont(font(13))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("The screen is on its way…"))
        for at, strip in self._strips_now(self.devicePixelRatioF()):
            painter.drawPixmap(at, strip)

    def _strips_now(self, ratio: float) -> tuple[Strip, ...]:
        made_for = ratio, self.size(), self._words, theme().tokens
        if self._strips_for != made_for:
            self._strips = strips(self.size(), ratio, lambda painter: self._paint_marks(painter, ratio))
            self._strips_for = made_for
        return self._strips

    def _paint_marks(self, painter: QPainter, ratio: float) -> None:
        strokes.paint_corners(painter, self.size())
        strokes.paint_edge(painter, self.rect())
        colour = theme().colour("#8AA4FF").name()
        kept = self.zoom_bar.width() + _ZOOM_EDGE if self.width() >= _ROOMY else 0
        strokes.paint_pill(painter, self.rect(), "screen-share", colour, self._words, ratio, kept)

    def picture_rect(self) -> QRect:
        """Where all of the picture is; larger than the tile while zoomed."""
        if self._image is None:
            return QRect()
        box = QSize(round(self.width() * self.zoom), round(self.height() * self.zoom))
        fitted = self._image.size().scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(
            self._offset(fitted.width(), self.width(), self._centre.x()),
            self._offset(fitted.height(), self.height(), self._centre.y()),
            fitted.width(),
            fitted.height(),
        )

    @staticmethod
    def _offset(size: int, room: int, centre: float) -> int:
        if size <= room:
            return (room - size) // 2
        return max(room - size, min(0, round(room / 2 - centre * size)))

    def _move_by(self, step: QPoint) -> None:
        where = self.picture_rect()
        if where.isEmpty():
            return
        moved = where.translated(step)
        across = (self.width() / 2 - moved.left()) / moved.width()
        down = (self.height() / 2 - moved.top()) / moved.height()
        half_x, half_y = self.width() / 2 / moved.width(), self.height() / 2 / moved.height()
        self._centre = QPointF(_between(across, half_x), _between(down, half_y))
        self.update()

    def _take(self) -> None:
        picture = self._slot.take()
        if picture is None:
            return
        self._picture = picture  # holds the pixels as long as the image shows them
        self._image = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
        self.frames_painted += 1


def _between(centre: float, half: float) -> float:
    return 0.5 if half >= 0.5 else max(half, min(1 - half, centre))
