"""One's own picture before others see it: mirrored, rounded, and in its place words while there is none."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.errors import DeviceKind
from app.media.slot import FrameSlot
from app.room.state import Switch
from app.ui.components.avatars import paint_avatar
from app.ui.components.buttons import Button
from app.ui.devices.system_settings import repair, repair_words, settings_page
from app.ui.room import strokes
from app.ui.room.frame import Frame
from app.ui.theme import font
from app.ui.words import explain_device, person, tr

WIDTH, HEIGHT = 480, 270


class _Bell(QObject):
    """Carries "a frame is there" from the capture thread into Qt's."""

    rang = Signal()


class Mirror(QLabel):
    """``retried`` is the wish to try the camera once more. A QLabel: something that is read, not pressed."""

    retried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slot: FrameSlot | None = None
        self._frame: Frame | None = None
        self._switch = Switch()
        self._name = ""
        self._user_id = ""
        self.frames_painted = 0
        """New pictures shown so far."""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("stage", True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumSize(WIDTH, HEIGHT)
        self._bell = _Bell()
        self._bell.rang.connect(self._on_frame, Qt.ConnectionType.QueuedConnection)
        self.again = Button(tr("Try again"), height=36, parent=self)
        self.again.setAccessibleName(tr("Try the camera again"))
        self.again.clicked.connect(self._on_again)
        self.again.hide()
        self._speak()

    def show_person(self, name: str, user_id: str) -> None:
        self._name, self._user_id = name, user_id
        self._speak()

    def show_camera(self, switch: Switch, slot: FrameSlot | None) -> None:
        """Show what the camera is and what it sees."""
        if slot is not self._slot:
            self._let_go()
            self._slot = slot
            if slot is not None:
                slot.on_ready = self._bell.rang.emit
        self._switch = switch
        if not switch.actual:
            self._frame = None
        self.again.say(repair_words(DeviceKind.CAMERA, switch.problem))
        self.again.setAccessibleName(
            self.again.text() if settings_page(DeviceKind.CAMERA, switch.problem) else tr("Try the camera again")
        )
        self.again.setVisible(switch.problem is not None)
        self._place_button()
        self._look()
        self._speak()

    @property
    def words(self) -> str:
        """What is said in the picture's place; "" while there is one to come or on show."""
        if self._switch.problem is not None:
            return explain_device(DeviceKind.CAMERA, self._switch.problem)
        if self._switch.desired and not self._switch.actual:
            return tr("Starting your camera…")
        return "" if self._switch.actual else tr("Your camera is off")

    def heightForWidth(self, width: int) -> int:
        return min(HEIGHT, width * HEIGHT // WIDTH)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH // 2, HEIGHT // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._take()
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), strokes.TILE_RADIUS, strokes.TILE_RADIUS)
        painter.setClipPath(outline)
        ratio = self.devicePixelRatioF()
        if self._frame is not None:
            self._frame.paint(painter, self.size(), ratio)
        else:
            strokes.paint_blank(painter, QRectF(self.rect()))
            self._paint_words(painter)
        painter.setClipping(False)
        strokes.paint_edge(painter, self.rect())
        strokes.paint_pill(painter, self.rect(), "", "", person(self._name), ratio)

    def _paint_words(self, painter: QPainter) -> None:
        has_problem = self._switch.problem is not None
        across = 56 if has_problem else 88
        middle = self.height() / 2
        top = 20 if has_problem else middle - across / 2 - 22
        disc = QRectF((self.width() - across) / 2, top, across, across)
        paint_avatar(painter, disc, self._name, self._user_id)
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(font(13 if has_problem else 14, 500))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        space = QRect(24, round(disc.bottom()) + 12, self.width() - 48, self.height())
        painter.drawText(space, int(flags), self.words)

    def _take(self) -> None:
        picture = self._slot.take() if self._slot is not None else None
        if picture is not None and self._switch.actual:
            self._frame = Frame(picture, is_mirrored=True)
            self.frames_painted += 1

    def _place_button(self) -> None:
        size = self.again.sizeHint()
        self.again.setGeometry((self.width() - size.width()) // 2, self.height() - 44 - size.height(), size.width(), 36)

    def _on_again(self) -> None:
        repair(DeviceKind.CAMERA, self._switch.problem, self.retried.emit)

    def _on_frame(self) -> None:
        self.update()

    def _look(self) -> None:
        if self._slot is None:
            return
        if self.isVisible() and self._switch.desired:
            ratio = self.devicePixelRatioF()
            self._slot.show(round(self.width() * ratio), round(self.height() * ratio))
        else:
            self._slot.hide()

    def _let_go(self) -> None:
        if self._slot is not None:
            self._slot.on_ready = None
            self._slot.hide()
        self._slot = None
        self._frame = None

    def _speak(self) -> None:
        self.setAccessibleName(tr("Your picture: %1").replace("%1", self.words or tr("camera on")))
        self.update()
