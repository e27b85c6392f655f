"""The mini window: who speaks, small and above everything else, with microphone, leave and the way back; while one
shares a screen or a window it says so, on the button that ends it.

Promises: always on top; it shows while the room's window is hidden, never beside it, and closing it leads back to the
room instead of out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.media.slot import FrameSlot
from app.room.state import RoomState
from app.ui.components.focus_ring import FocusRing
from app.ui.components.labels import set_tooltip
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap, window_icon
from app.ui.room import strokes
from app.ui.room.face import Own, face_of, own_face
from app.ui.room.talk import PushToTalk
from app.ui.room.tile import VideoTile
from app.ui.theme import font, tabular, theme
from app.ui.words import tr

WIDTH, HEIGHT = 320, 200
_EDGE = 8
_BIG = 48
_SMALL = 28
_FROM_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_LEAST_PILL = 36
"""So wide is a button's pill at least: its icon."""


def time_left(end: datetime | None, now: datetime) -> str:
    """ "17:42" until the end of the session, "1:05:00" when it is far; "" where that is not known or over."""
    if end is None or end <= now:
        return ""
    seconds = round((end - now).total_seconds())
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{minutes}" if hours else minutes


class _Round(Pressable):
    """A button over video, with its own fill."""

    def __init__(self, size: int, parent: QWidget) -> None:
        super().__init__("", parent)
        self._icon, self._fill, self._ink = "", "", ""
        self.setFixedSize(size, size)
        self.set_ring_radius(12 if size == _BIG else 8)

    def become(self, icon: str, name: str, fill: str, ink: str) -> None:
        """``fill`` and ``ink`` name tokens of the stage; without a fill it lies on the pills' own."""
        self._icon, self._fill, self._ink = icon, fill, ink
        self.setAccessibleName(name)
        set_tooltip(self, name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = strokes.on_stage()
        ground = QColor(getattr(tokens, self._fill)) if self._fill else strokes.pill_fill()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(ground, QColor(tokens.text), 0.12 * self.hovered))
        radius = 12 if self.width() == _BIG else 8
        painter.drawRoundedRect(self.rect(), radius, radius)
        size = 20 if self.width() == _BIG else 16
        drawn = pixmap(self._icon, getattr(tokens, self._ink, self._ink), size, self.devicePixelRatioF())
        painter.drawPixmap(QPointF((self.width() - size) / 2, (self.height() - size) / 2), drawn)


class _StopPill(Pressable):
    """Ends what is shared. Its words take the room that it is given, and end in "…" where that is little."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setFont(font(12, 600))
        self.set_ring_radius(_SMALL // 2)

    def say(self, words: str, widest: int) -> None:
        room = widest - _LEAST_PILL
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setAccessibleName(words)
        set_tooltip(self, words)
        self.setFixedSize(_LEAST_PILL + self.fontMetrics().horizontalAdvance(shown), _SMALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = strokes.on_stage()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(QColor(tokens.accent), QColor(tokens.on_accent), 0.12 * self.hovered))
        painter.drawRoundedRect(self.rect(), _SMALL / 2, _SMALL / 2)
        painter.drawPixmap(QPointF(8, 6), pixmap("screen-share-off", tokens.on_accent, 16, self.devicePixelRatioF()))
        painter.setPen(QColor(tokens.on_accent))
        painter.setFont(self.font())
        painter.drawText(self.rect().adjusted(28, 0, 0, 0), _FROM_LEFT, self.text())


class _TimePill(QLabel):
    """What is left of the session, ticking."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self.hide()

    def show_words(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self.setAccessibleName(tr("%1 left").replace("%1", words) if words else "")
            self.setVisible(bool(words))
            width = QFontMetrics(tabular(14, 700)).horizontalAdvance("0" * len(words)) + 44
            self.setGeometry(_EDGE, _EDGE, width, _SMALL)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(strokes.pill_fill())
        painter.drawRoundedRect(self.rect(), _SMALL / 2, _SMALL / 2)
        painter.drawPixmap(QPointF(9, 6), pixmap("clock", "#FFFFFF", 16, self.devicePixelRatioF()))
        painter.setPen(Qt.GlobalColor.white)
        painter.setFont(tabular(14, 700))
        painter.drawText(self.rect().adjusted(31, 0, 0, 0), _FROM_LEFT, self.words)


class MiniWindow(QWidget):
    """``own_slot`` and ``slot_of`` are the room's; its tile looks at them only while the window shows."""

    restored = Signal()
    microphone_pressed = Signal()
    leave_pressed = Signal()
    stop_pressed = Signal()
    """To share no longer."""

    def __init__(self, slot_of: Callable[[str], FrameSlot], own_slot: FrameSlot) -> None:
        super().__init__(
            None,
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._slot_of = slot_of
        self._own_slot = own_slot
        self._tile: VideoTile | None = None
        self._end: datetime | None = None
        self._grabbed: QPoint | None = None
        self._is_done = False
        self._talk: PushToTalk | None = None
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a picture and its marks
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no stop for Tab: there would be nothing to see
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setProperty("ring", False)
        self.setFixedSize(WIDTH, HEIGHT)
        self.setWindowIcon(window_icon())
        self.setProperty("stage", True)
        self._time = _TimePill(self)
        self.stop = _StopPill(self)
        self.stop.hide()
        self.restore = _Round(_SMALL, self)
        self.restore.move(WIDTH - _SMALL - _EDGE, _EDGE)
        self.microphone = _Round(_BIG, self)
        self.leave = _Round(_BIG, self)
        self.leave.move(WIDTH - _BIG - _EDGE, HEIGHT - _BIG - _EDGE)
        self.microphone.move(WIDTH - 2 * _BIG - 2 * _EDGE, HEIGHT - _BIG - _EDGE)
        self._buttons = (self.stop, self.restore, self.microphone, self.leave)
        for button in self._buttons:
            button.setProperty("ring", False)  # the ring comes with the first key
        self.restore.clicked.connect(self.restored)
        self.microphone.clicked.connect(self.microphone_pressed)
        self.leave.clicked.connect(self.leave_pressed)
        self.stop.clicked.connect(self.stop_pressed)
        self._tick = QTimer(self, interval=1_000)
        self._tick.timeout.connect(self._show_time)
        FocusRing(self)
        for part in (self, *self._buttons):
            theme().changed.connect(part.update)

    @property
    def shown(self) -> str | None:
        """Whose tile it shows."""
        return None if self._tile is None else self._tile.face.id

    @property
    def time_words(self) -> str:
        return self._time.words

    def talk_by(self, talk: PushToTalk) -> None:
        """The keys that are held to talk are for it."""
        self._talk = talk

    def show_state(self, state: RoomState, speaker: str | None, own: Own) -> None:
        """Show ``speaker``; who is first in the room where there is none, and us where nobody else is."""
        self.setWindowTitle(f"{state.session.title} – Deskmates")
        who = state.participant(speaker or "") or next(iter(state.participants), None)
        face = own_face(state, own) if who is None else face_of(who, state, own)
        if self._tile is None or self._tile.face.id != face.id:
            self._drop_tile()
            slot = self._own_slot if who is None else self._slot_of(face.id)
            self._tile = VideoTile(face, slot, self)
            self._tile.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._tile.setGeometry(self.rect())
            self._tile.lower()
            self._tile.show()
        else:
            self._tile.show_face(face)
        if state.microphone.actual:
            self.microphone.become("mic", tr("Mute microphone"), "surface", "text")
        else:
            self.microphone.become("mic-off", tr("Unmute microphone"), "danger_soft", "danger")
        self.leave.become("log-out", tr("Leave the room"), "danger", "on_danger")
        self.restore.become("maximize-2", tr("Back to the room"), "", "#FFFFFF")
        self._end = state.session.end
        self._show_time()
        self._show_sharing(state.sharing.actual)
        self._tick.start()

    def _show_sharing(self, is_shared: bool) -> None:
        if not is_shared and self.stop.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # on no other button: a second Space would press that
        taken = self._time.geometry().right() + 1 if self._time.words else 0
        end = self.restore.x() - _EDGE
        self.stop.say(tr("Stop sharing"), end - taken - _EDGE)
        self.stop.move(end - self.stop.width(), _EDGE)
        self.stop.setVisible(is_shared)

    def finish(self) -> None:
        """Be gone for good."""
        self._is_done = True
        self.put_away()
        self.close()

    def put_away(self) -> None:
        self._tick.stop()
        self._drop_tile()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.restored.emit()
        elif self._talk is None or not self._talk.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._talk is None or not self._talk.release(event):
            super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.windowHandle().startSystemMove():
            self._grabbed = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            self.move(event.globalPosition().toPoint() - self._grabbed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.restored.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_done:
            event.accept()
            return
        event.ignore()
        self.restored.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(strokes.on_stage().stage))

    def _drop_tile(self) -> None:
        if self._tile is not None:
            self._tile.let_go()
            self._tile.hide()
            self._tile.deleteLater()
            self._tile = None

    def _show_time(self) -> None:
        self._time.show_words(time_left(self._end, datetime.now(UTC)))
