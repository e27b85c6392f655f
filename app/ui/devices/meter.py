"""How loud one is: twelve segments, and the word that somebody waits for, "We can hear you"."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.announce import announce
from app.ui.components.icon_label import IconLabel
from app.ui.components.labels import Label
from app.ui.theme import theme
from app.ui.words import tr

SEGMENTS = 12
_GREEN, _AMBER = 8, 10
"""Up to which segment it is green, and amber; red above."""
_TICK_MS = 50
HEARD_AT = 0.3
_HEARD_TICKS = 4
"""So loud for so many looks is somebody speaking, and not a click."""


class LevelBar(QWidget):
    """The segments alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lit = 0
        self.setFixedHeight(8)
        self.setAccessibleName(tr("Microphone level"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: float) -> None:
        """``level`` is 0 to 1."""
        lit = min(SEGMENTS, math.ceil(level * SEGMENTS))
        if lit != self.lit:
            self.lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(SEGMENTS * 25, 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(SEGMENTS * 8, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 4
        across = (self.width() - gap * (SEGMENTS - 1)) / SEGMENTS
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for index in range(SEGMENTS):
            token = "success" if index < _GREEN else "warn" if index < _AMBER else "danger"
            # In high contrast every edge is white: as bright as a segment that is lit.
            unlit = "edge" if theme().tokens.edge != theme().tokens.text else "thumb"
            painter.setBrush(theme().colour(token if index < self.lit else unlit))
            place = SEGMENTS - 1 - index if is_mirrored else index
            painter.drawRoundedRect(QRectF(place * (across + gap), 0, across, 8), 4, 4)


class MicrophoneMeter(QWidget):
    """The bar and words beside it; nothing moves when they change. Looks only while it can be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = LevelBar()
        self._icon = IconLabel("check", "success")
        self._words = Label("", 13)
        self._level: Callable[[], float] | None = None
        self._loud_ticks = 0
        self.is_heard = False
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        policy = self._icon.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._icon.setSizePolicy(policy)
        widest = max(self._words.fontMetrics().horizontalAdvance(one) for one in (_heard(), _speak(), _off()))
        self._words.setMinimumWidth(widest + 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.listen_to(None)

    @property
    def words(self) -> str:
        return self._words.text()

    def listen_to(self, level: Callable[[], float] | None) -> None:
        """Show what ``level`` says, anew; None while there is no microphone that is on."""
        self._level = level
        self.is_heard = False
        self._loud_ticks = 0
        self.bar.show_level(0)
        self._say(_off() if level is None else _speak(), "muted")
        self._run()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _run(self) -> None:
        if self._level is not None and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        if self._level is None:
            return
        level = self._level()
        self.bar.show_level(level)
        self._loud_ticks = self._loud_ticks + 1 if level >= HEARD_AT else 0
        if self._loud_ticks >= _HEARD_TICKS and not self.is_heard:
            self.is_heard = True
            self._say(_heard(), "success")
            announce(self, _heard())

    def _say(self, words: str, tone: str) -> None:
        self._words.setText(words)
        self._words.set_tone(tone)
        self._icon.setVisible(self.is_heard)


def _heard() -> str:
    return tr("We can hear you")


def _speak() -> str:
    return tr("Say something")


def _off() -> str:
    return tr("Microphone is off")
