"""The room's keys, one row each: pressed anew, turned off, given back, and refused where another action has them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.components.buttons import Button, IconButton
from app.ui.components.fields import SearchEdit
from app.ui.components.labels import ElidingLabel, Label
from app.ui.components.lines import Hairline
from app.ui.components.margins import set_margins
from app.ui.components.pressable import Pressable
from app.ui.icons import pixmap
from app.ui.settings.section import Section
from app.ui.shortcuts import Action, Refused, Shortcuts, caps, recorded, shown, words_for
from app.ui.theme import font, theme
from app.ui.words import tr

_CAP = 26
_PENCIL = 28
"""Room behind the keys for the pencil that says they can be changed."""
_ROW = 44


class KeyButton(Pressable):
    """Shows an action's keys as caps; a press listens for the next key. ``pressed_key`` carries it."""

    pressed_key = Signal(str)
    turned_off = Signal()

    def __init__(self, action: Action) -> None:
        super().__init__("")
        self._action = action
        self._keys: tuple[str, ...] = ()
        self._refused = ""
        self.is_listening = False
        self.setFont(font(12, 600))
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._listen)

    def show_keys(self, keys: tuple[str, ...], refused: str = "") -> None:
        """``refused`` is a key that it would have liked."""
        self._keys, self._refused = keys, refused
        self.is_listening = False
        spoken = ", ".join(shown(key) for key in keys) or tr("off")
        self.setAccessibleName(tr("%1: %2. Change").replace("%1", words_for(self._action)).replace("%2", spoken))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(140 + _PENCIL if self.is_listening else max(36, round(self._caps_width()) + 8 + 24), 36)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_listening:
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Escape:
            self.show_keys(self._keys)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.turned_off.emit()
        elif (key := recorded(event)) is not None:
            self.pressed_key.emit(key)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.is_listening:
            super().keyReleaseEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        return False if self.is_listening else super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_listening:
            self.show_keys(self._keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        colour = theme().colour
        painter.setFont(self.font())
        if self.is_listening:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(colour("surface"))
            box = self.rect().adjusted(0, 0, -_PENCIL, 0)  # it ends where the keys of the other rows end
            painter.drawRoundedRect(QRectF(box).adjusted(1, 3, -1, -3), 8, 8)
            painter.setPen(colour("accent"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("Press a key…"))
            return
        if self.hovered > 0 or self.hasFocus():
            pencil = pixmap("pencil", "muted", 16, self.devicePixelRatioF())
            painter.setOpacity(1.0 if self.hasFocus() else self.hovered)
            painter.drawPixmap(QPointF(self.width() - 20, 10), pencil)
            painter.setOpacity(1.0)
        right = float(self.width() - _PENCIL)
        if not self._shown_keys():
            painter.setFont(font(13))
            painter.setPen(colour("muted"))
            painter.drawText(
                QRectF(0, 0, right, 36), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr("Off")
            )
            return
        left = right - self._caps_width()
        for part in self._parts():
            left = self._paint_cap(painter, left, part) if part else left + 8

    def _shown_keys(self) -> tuple[str, ...]:
        return (self._refused,) if self._refused else self._keys

    def _parts(self) -> list[str]:
        """The caps in their order, "" between two ways to do the same."""
        if self._action is Action.PIN and self._keys:
            return ["1", "–", "9"]
        parts: list[str] = []
        for key in self._shown_keys():
            parts += [*([""] if parts else []), *caps(key)]
        return parts

    def _cap_width(self, words: str) -> float:
        return max(_CAP, self.fontMetrics().horizontalAdvance(words) + 16)

    def _caps_width(self) -> float:
        if not self._shown_keys():
            return self.fontMetrics().horizontalAdvance(tr("Off")) + 8
        return sum(self._cap_width(part) + 4 if part else 8 for part in self._parts()) - 4

    def _paint_cap(self, painter: QPainter, left: float, words: str) -> float:
        """One key cap; where the next one begins."""
        colour = theme().colour
        width = self._cap_width(words)
        box = QRectF(left + 0.5, 5.5, width - 1, _CAP - 1)
        edge, ink = (colour("danger"), colour("danger")) if self._refused else (colour("edge"), colour("text"))
        painter.setPen(QPen(edge, 1))
        painter.setBrush(edge)
        painter.drawRoundedRect(box.translated(0, 1.5), 6, 6)
        painter.setBrush(colour("danger_soft") if self._refused else colour("surface"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return left + width + 4

    def _listen(self) -> None:
        self.is_listening = True
        self.setAccessibleName(tr("Press a key. Escape keeps what is, Backspace turns it off."))
        announce(self, tr("Press a key. Escape keeps what is, Backspace turns it off."))
        self.updateGeometry()
        self.update()


class KeyRow(QWidget):
    """One action: its words, why a key was refused, its keys, and a way back to the usual ones."""

    def __init__(self, action: Action, shortcuts: Shortcuts) -> None:
        super().__init__()
        self.action = action
        self._shortcuts = shortcuts
        self._refused: Refused | None = None
        self._is_hovered = False
        self.setFixedHeight(_ROW)
        self.setAccessibleName(words_for(action))
        self.words = ElidingLabel(words_for(action), 14)
        self.trouble = Label("", 12, 400, "danger")
        self.keys = KeyButton(action)
        self.back = IconButton("rotate-ccw", tr("Usual keys for %1").replace("%1", words_for(action)))
        policy = self.back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(policy)
        row = QHBoxLayout(self)
        set_margins(row, 12, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self.trouble)
        row.addWidget(self.keys)
        row.addWidget(self.back)
        self.keys.pressed_key.connect(self._give)
        self.keys.turned_off.connect(self._turn_off)
        self.back.clicked.connect(self._go_back)
        if action is Action.PIN:
            self.keys.clicked.disconnect()
            self.keys.clicked.connect(self._turn_pin)
        self.show_keys()

    def show_keys(self) -> None:
        refused = self._refused
        keys = self._shortcuts.keys(self.action)
        self.keys.show_keys(keys, refused.key if refused else "")
        if self.action is Action.PIN:
            name = tr("Pin with 1 to 9: on. Turn off") if keys else tr("Pin with 1 to 9: off. Turn on")
            self.keys.setAccessibleName(name)
        self.words.set_tone("" if keys else "muted")
        self.trouble.setText(refused.words if refused else "")
        self.trouble.setVisible(refused is not None)
        can_go_back = refused is not None or self._shortcuts.is_changed(self.action)
        if not can_go_back and self.back.hasFocus():
            self.keys.setFocus(Qt.FocusReason.OtherFocusReason)
        self.back.setVisible(can_go_back)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        token = "accent_soft" if self.keys.is_listening else "hover" if self._is_hovered else ""
        if token:
            painter.setBrush(theme().colour(token))
            painter.drawRoundedRect(QRect(0, 1, self.width(), _ROW - 2), 8, 8)

    def _give(self, key: str) -> None:
        self._refuse(self._shortcuts.give(self.action, key))

    def _turn_off(self) -> None:
        self._refuse(None)
        self._shortcuts.turn_off(self.action)

    def _turn_pin(self) -> None:
        if self._shortcuts.keys(self.action):
            self._shortcuts.turn_off(self.action)
        else:
            self._refuse(self._shortcuts.reset(self.action))

    def _go_back(self) -> None:
        if self._refused is not None:
            self._refuse(None)
        else:
            self._refuse(self._shortcuts.reset(self.action))

    def _refuse(self, refused: Refused | None) -> None:
        self._refused = refused
        self.show_keys()
        if refused is not None:
            announce(self, refused.words)


class KeysSection(Section):
    def __init__(self, shortcuts: Shortcuts) -> None:
        super().__init__(tr("Shortcuts"), "keyboard", tr("Active in rooms only, never while you type."))
        self._shortcuts = shortcuts
        self.reset = Button(tr("Reset all"), icon="rotate-ccw", height=36)
        self.heading.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self.search = SearchEdit(tr("Find an action"))
        self.search.setProperty("soft", True)
        self.nothing = Label(tr("No action is called that."), 13, 400, "muted")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        self.nothing.hide()
        self.rows = {action: KeyRow(action, shortcuts) for action in Action}
        self._lines: dict[Action, Hairline] = {}
        column = QVBoxLayout()
        column.setSpacing(0)
        for action, row in self.rows.items():
            if self._lines or action is not Action.MICROPHONE:
                self._lines[action] = Hairline()
                column.addWidget(self._lines[action])
            column.addWidget(row)
        column.addWidget(self.nothing)
        self.body.setSpacing(8)
        self.body.addWidget(self.search)
        self.body.addLayout(column)
        self.search.textChanged.connect(self._find)
        self.reset.clicked.connect(self._reset_all)
        shortcuts.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for row in self.rows.values():
            row.show_keys()
        self.reset.setEnabled(any(self._shortcuts.is_changed(action) for action in Action))

    def _reset_all(self) -> None:
        self._shortcuts.reset_all()
        announce(self, tr("All shortcuts are as usual again"))

    def _find(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = [action for action in Action if wanted in words_for(action).casefold()]
        for action, row in self.rows.items():
            row.setVisible(action in found)
            if action in self._lines:
                self._lines[action].setVisible(action in found and action is not found[0])
        self.nothing.setVisible(not found)
