"""One person on the stage: their picture, or what stands in for it, painted by itself.

Promises: paints only when a new frame, a new state or a running motion asks for it; tells its slot the size in device
pixels on every resize, and hides the slot whenever nobody can see the tile; never keeps a decoder's thread waiting.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from app.media.slot import FrameSlot
from app.room.state import Quality
from app.ui.components.avatars import paint_avatar
from app.ui.components.buttons import Button, Kind
from app.ui.components.labels import set_tooltip
from app.ui.room import marks, strokes
from app.ui.room.face import Face, Show
from app.ui.room.frame import Frame
from app.ui.room.overlay import Strip, strips
from app.ui.room.reactions import ReactionFloat
from app.ui.theme import RING_MS, font, theme
from app.ui.tokens import Tokens
from app.ui.words import tr

_TURN_MS = 1100
_TICKS_A_TURN = 30
_RING_STEPS = 6
"""In which the speaking ring fades."""
_PILL_ROOM = 40
"""The lower edge belongs to the name."""


class _Bell(QObject):
    """Carries "a frame is there" from the decoder's thread into Qt's. Outlives its tile while a decoder holds it."""

    rang = Signal()


class VideoTile(QLabel):
    """``retried`` is the wish to build this person's connection anew.

    A QLabel for what screen readers make of one: something that is read, not pressed. It paints all of itself.
    """

    retried = Signal(str)
    pin_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)
    """Where on the screen."""

    def __init__(self, face: Face, slot: FrameSlot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = face
        self._slot = slot
        self._frame: Frame | None = None
        self._faded: QPixmap | None = None
        self._strips: tuple[Strip, ...] | None = None
        self._strips_for: tuple[float, Tokens] | None = None
        self._ring_strips: tuple[Strip, ...] = ()
        self._is_watched = False
        self._ratio = 1.0
        """Device pixels per pixel, as the slot was told."""
        self._turn = 0.0
        self._ring = 1.0 if face.speaking else 0.0
        self.frames_painted = 0
        """New pictures shown so far."""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # pictures and their marks are never mirrored
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring_radius", strokes.TILE_RADIUS)
        self._bell = _Bell()
        self._bell.rang.connect(self.update, Qt.ConnectionType.QueuedConnection)
        slot.on_ready = self._bell.rang.emit
        self._spin = self._motion(_TURN_MS, self._on_turn)
        self._spin.setLoopCount(-1)
        self._glow = self._motion(RING_MS, self._on_glow)
        self._again = Button("", Kind.SECONDARY, height=36, parent=self)
        self._again.clicked.connect(self._on_again)
        self._again.hide()
        self._float = ReactionFloat(self)
        self.say_again()

    def say_again(self) -> None:
        """In another language."""
        self._again.say(tr("Try again"))
        self._again.setAccessibleName(tr("Try to connect to %1 again").replace("%1", self._face.name))
        self._strips = None
        self._tell_face()
        self._place_button()
        self.update()

    @property
    def face(self) -> Face:
        return self._face

    @property
    def again(self) -> Button:
        """The button of the failed state."""
        return self._again

    def show_face(self, face: Face) -> None:
        """Show another state of the same person."""
        if face == self._face:
            return
        before, self._face = self._face, face
        self._strips = None
        if face.show is not before.show:
            self._faded = None
            if face.show is Show.AVATAR:
                self._frame = None
        if face.speaking != before.speaking:
            self._fade_ring()
        if face.reactions > before.reactions and face.reaction:
            self._float.rise(face.reaction)
        self._tell_face()
        self._look()
        self.update()

    def let_go(self) -> None:
        """Be done with the slot: nobody looks any more."""
        self._slot.on_ready = None
        self._slot.hide()
        self._is_watched = False
        self._spin.stop()
        self._glow.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._faded = None
        self._strips = None
        self._place_button()
        self._float.place()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._be_opaque()
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._be_opaque()

    def contextMenuEvent(self, ev: QContextMenuEvent) -> None:
        by_key = ev.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self._face.id, self.mapToGlobal(self.rect().center()) if by_key else ev.globalPos())

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if ev.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not ev.isAutoRepeat():
            self.menu_wanted.emit(self._face.id, self.mapToGlobal(self.rect().center()))
        else:
            super().keyPressEvent(ev)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pin_wanted.emit(self._face.id)

    @property
    def reaction_float(self) -> ReactionFloat:
        return self._float

    def _be_opaque(self) -> None:
        """The style sheet takes this away from labels; without it the whole stage is painted below every frame."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def look_again(self) -> None:
        """The window was minimised or came back."""
        self._look()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._take()
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if ratio != self._ratio:
            self._look()
        show = self._face.show
        if show is Show.PICTURE and self._frame is not None:
            self._frame.paint(painter, self.size(), ratio)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._paint_instead(painter, ratio)
        for at, strip in self._strips_now(ratio):
            painter.drawPixmap(at, strip)
        if self._ring > 0:
            painter.setOpacity(self._ring)
            for at, strip in self._ring_strips:
                painter.drawPixmap(at, strip)

    # -- the picture

    def _take(self) -> None:
        picture = self._slot.take()
        if picture is None or self._face.show is Show.AVATAR:
            return
        self._frame = Frame(picture, is_mirrored=self._face.is_self)
        self._faded = None
        self.frames_painted += 1

    def _look(self) -> None:
        """Tell the slot whether and how large somebody looks."""
        can_be_seen = self.isVisible() and not self.window().isMinimized()
        has_place = self._face.show in (Show.PICTURE, Show.CONNECTING, Show.RECONNECTING)
        wants = can_be_seen and (has_place or self._face.may_film)
        if wants:
            self._ratio = self.devicePixelRatioF()
            self._slot.on_ready = self._bell.rang.emit  # another window's tile may have had it
            self._slot.show(round(self.width() * self._ratio), round(self.height() * self._ratio))
        elif self._is_watched:
            self._slot.hide()
        self._is_watched = wants
        spins = can_be_seen and self._face.show in (Show.CONNECTING, Show.RECONNECTING)
        if spins and theme().duration(_TURN_MS) > 0:
            if self._spin.state() != QVariantAnimation.State.Running:
                self._spin.start()
        else:
            self._spin.stop()

    def _paint_instead(self, painter: QPainter, ratio: float) -> None:
        """What stands in for the picture: its faded memory or a blank, with a disc or words."""
        show = self._face.show
        if show in (Show.RECONNECTING, Show.FAILED) and self._frame is not None:
            if self._faded is None:
                self._faded = self._frame.faded(self.size(), ratio)
            painter.drawPixmap(0, 0, self._faded)
        else:
            strokes.paint_blank(painter, QRectF(self.rect()))
        if show in (Show.AVATAR, Show.PICTURE):
            paint_avatar(painter, self._disc(), self._face.name, self._face.user_id)
        if self._face.state_words:
            self._paint_words(painter)

    # -- words and marks

    def _strips_now(self, ratio: float) -> tuple[Strip, ...]:
        """The overlay, drawn anew where the tile, the screen or the theme is another than when it was drawn."""
        made_for = ratio, theme().tokens
        if self._strips is None or self._strips_for != made_for:
            self._strips = strips(self.size(), ratio, lambda painter: self._paint_marks(painter, ratio))
            self._strips_for = made_for
            self._ring_strips = ()
        if self._ring > 0 and not self._ring_strips:
            rect = self.rect()
            self._ring_strips = strips(
                self.size(), ratio, lambda painter: strokes.paint_ring(painter, rect), strokes.TILE_RADIUS
            )
        return self._strips

    def _paint_marks(self, painter: QPainter, ratio: float) -> None:
        face, rect = self._face, self.rect()
        strokes.paint_corners(painter, self.size())
        strokes.paint_edge(painter, rect)
        icon, colour = "", ""
        if face.muted:
            icon, colour = "mic-off", strokes.on_stage().danger
        elif face.speaking:
            icon, colour = "audio-lines", strokes.on_stage().speaking
        has_corner = (face.camera_off or face.is_hidden) and not face.state_words
        kept = strokes.corner_icon_room(rect) if has_corner else 0
        strokes.paint_pill(painter, rect, icon, colour, face.label, ratio, kept)
        if has_corner:
            strokes.paint_corner_icon(painter, rect, "eye-off" if face.is_hidden else "video-off", ratio)
        before = marks.paint_hand(painter, rect, face.hand, ratio) if face.hand else 0
        if face.body_double and not face.state_words:
            marks.paint_still(painter, rect, before, ratio)
        taken = marks.paint_pin(painter, rect, ratio) if face.is_pinned else 0
        if face.quality in (Quality.POOR, Quality.FAIR) or (taken and face.quality is Quality.GOOD):
            marks.paint_quality(painter, rect, face.quality, taken)

    def _paint_words(self, painter: QPainter) -> None:
        if self._face.show is Show.FAILED:
            self._paint_failure(painter)
            return
        middle = self._spinner_at()
        strokes.paint_spinner(painter, middle, self._turn)
        line = QRectF(8, middle.y() + 21, self.width() - 16, 20)
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(font(14, 600))
        strokes.paint_line(painter, line, self._face.state_words)
        if self._face.try_words and line.bottom() + 19 <= self.height() - _PILL_ROOM:
            painter.setPen(QColor(255, 255, 255, 210))
            painter.setFont(font(13))
            strokes.paint_line(painter, line.translated(0, 19), self._face.try_words)

    def _spinner_at(self) -> QPointF:
        """Spinner and words are centred, but keep clear of the name pill in low tiles."""
        lowest = self.height() - _PILL_ROOM - 76
        return QPointF(self.width() / 2, max(18, min(self.height() / 2 - 20, lowest + 12)))

    def _paint_failure(self, painter: QPainter) -> None:
        painter.setFont(font(13))
        painter.setPen(QColor("#FFFFFF"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self._failure_rect(), int(flags), self._failure_words())

    def _failure_words(self) -> str:
        """All of it where there is room, else the heart of it (the tooltip has the rest)."""
        whole = self._face.state_words
        rect = self._failure_rect()
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        needed = QFontMetrics(font(13)).boundingRect(QRect(0, 0, rect.width(), 10_000), int(flags), whole)
        return whole if needed.height() <= rect.height() else tr("No direct connection. Chat still works.")

    def _failure_rect(self) -> QRect:
        width = min(self.width() - 24, 420)
        bottom = self._again.y() - 8
        top = max(8, bottom - 84) if self.height() > 220 else 8
        return QRect((self.width() - width) // 2, top, width, bottom - top)

    def _place_button(self) -> None:
        size = self._again.sizeHint()
        top = min(self.height() // 2 + 24, self.height() - _PILL_ROOM - size.height())
        self._again.setGeometry((self.width() - size.width()) // 2, top, size.width(), size.height())

    def _disc(self) -> QRectF:
        across = min(112.0, max(48.0, min(self.width(), self.height()) * 0.42))
        return QRectF((self.width() - across) / 2, (self.height() - across) / 2 - 6, across, across)

    def _tell_face(self) -> None:
        self.setAccessibleName(self._face.spoken)
        self._again.setVisible(self._face.show is Show.FAILED)
        set_tooltip(self, self._face.state_words if self._face.show is Show.FAILED else "")

    def _on_again(self) -> None:
        self.retried.emit(self._face.id)

    # -- motion

    def _motion(self, duration: int, step: Callable[[object], None]) -> QVariantAnimation:
        made = QVariantAnimation(self)
        made.setStartValue(0.0)
        made.setEndValue(1.0)
        made.setDuration(duration)
        made.valueChanged.connect(step)
        return made

    def _on_turn(self, value: object) -> None:
        turn = round(float(value) * _TICKS_A_TURN) / _TICKS_A_TURN if isinstance(value, float) else 0.0
        if turn != self._turn:
            self._turn = turn
            around = self._spinner_at().toPoint()
            self.update(QRect(around.x() - 14, around.y() - 14, 28, 28))

    def _fade_ring(self) -> None:
        self._glow.stop()
        end = 1.0 if self._face.speaking else 0.0
        duration = theme().duration(RING_MS)
        if duration == 0 or not self.isVisible():
            self._ring = end
            return
        self._glow.setStartValue(self._ring)
        self._glow.setEndValue(end)
        self._glow.setDuration(duration)
        self._glow.start()

    def _on_glow(self, value: object) -> None:
        ring = round(value * _RING_STEPS) / _RING_STEPS if isinstance(value, float) else self._ring
        if ring != self._ring:
            self._ring = ring
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 180)
