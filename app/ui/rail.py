"""The left rail: where one can go, and at its foot who one is, with the look of the app and the way out."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QVBoxLayout, QWidget

from app.ui.components.avatars import paint_avatar
from app.ui.components.labels import set_tooltip
from app.ui.components.menus import round_menu
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import icon, mark, pixmap
from app.ui.theme import ThemeChoice, font, theme
from app.ui.words import line, person, tr
from protocol.rest import Profile

WIDTH = 72
"""Of the rail, or more where a language has a longer word."""
_BUTTON = 64
_AVATAR = 36


class Place(StrEnum):
    """Where one can go."""

    HOME = "home"
    SESSIONS = "sessions"
    STATISTICS = "statistics"
    SETTINGS = "settings"


class Rail(QWidget):
    """``wanted`` carries a ``Place``; ``sign_out`` and ``theme_chosen`` (a ``ThemeChoice``) are wished for here too."""

    wanted = Signal(object)
    sign_out = Signal()
    theme_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            Place.HOME: _RailButton("house", tr("Home")),
            Place.SESSIONS: _RailButton("calendar", tr("Sessions")),
            Place.STATISTICS: _RailButton("chart-no-axes-column", tr("Statistics")),
            Place.SETTINGS: _RailButton("settings", tr("Settings")),
        }
        self.setFixedWidth(max(WIDTH, *(button.width() + WIDTH - _BUTTON for button in self.buttons.values())))
        group = QButtonGroup(self)
        self.avatar = _AvatarButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 80, 0, 16)
        column.setSpacing(4)
        for place, button in self.buttons.items():
            group.addButton(button)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.clicked.connect(lambda _=False, one=place: self.wanted.emit(one))
        column.addStretch(1)
        column.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.avatar.clicked.connect(self._open_menu)

    def show_place(self, place: Place) -> None:
        """Where one is."""
        self.buttons[place].setChecked(True)

    def show_person(self, profile: Profile) -> None:
        self.avatar.become(profile)

    def menu(self) -> QMenu:
        """Who is signed in, the look, and the way out."""
        menu = round_menu(QMenu(self))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words in self.avatar.about:
            entry = menu.addAction(_literal(words))
            entry.setEnabled(False)
        menu.addSeparator()
        looks = round_menu(menu.addMenu(icon("contrast", "muted", 16), tr("Look")))
        group = QActionGroup(looks)
        for choice, words in (
            (ThemeChoice.SYSTEM, tr("Like the system")),
            (ThemeChoice.LIGHT, tr("Light")),
            (ThemeChoice.DARK, tr("Dark")),
            (ThemeChoice.HIGH_CONTRAST, tr("High contrast")),
        ):
            entry = QAction(words, looks)
            entry.setCheckable(True)
            entry.setChecked(theme().choice == choice)
            entry.triggered.connect(lambda _=False, one=choice: self.theme_chosen.emit(one))
            group.addAction(entry)
            looks.addAction(entry)
        menu.addSeparator()
        out = menu.addAction(icon("log-out", "muted", 16), tr("Sign out"))
        out.triggered.connect(self.sign_out)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("surface"))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = QRect(0 if is_mirrored else self.width() - 1, 0, 1, self.height())
        painter.fillRect(edge, theme().colour("divider"))
        painter.drawPixmap(QPointF((self.width() - 36) / 2, 20), mark(36, self.devicePixelRatioF()))

    def _open_menu(self) -> None:
        menu = self.menu()
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        beside = -menu.sizeHint().width() - 8 if is_mirrored else self.avatar.width() + 8
        corner = self.avatar.mapToGlobal(QPoint(beside, self.avatar.height()))
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))


def _literal(words: str) -> str:
    """A menu would take "&" for a shortcut's mark and a tab for a shortcut's column."""
    return line(words).replace("&", "&&")


class _RailButton(Pressable):
    def __init__(self, icon_name: str, name: str) -> None:
        super().__init__(name)
        self._icon = icon_name
        self.setText(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(font(12, 600))
        self.setFixedSize(max(_BUTTON, self.fontMetrics().horizontalAdvance(name) + 4), 60)
        self.set_ring_radius(12)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = theme().colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        pill = QRectF((self.width() - 48) / 2, 4, 48, 32)
        rest = colour("accent_soft") if self.isChecked() else colour("surface")
        painter.setBrush(rest if self.isChecked() else blend(rest, colour("hover"), self.hovered))
        painter.drawRoundedRect(pill, 16, 16)
        token = "accent" if self.isChecked() else "muted"
        drawn = pixmap(self._icon, token, 20, self.devicePixelRatioF())
        painter.drawPixmap(pill.center() - QPointF(10, 10), drawn)
        painter.setFont(self.font())
        painter.setPen(colour(token))
        painter.drawText(QRectF(0, 38, self.width(), 18), Qt.AlignmentFlag.AlignCenter, self.text())


class _AvatarButton(Pressable):
    def __init__(self) -> None:
        super().__init__(tr("Your account"))
        self._name = ""
        self._user_id = ""
        self.about: tuple[str, ...] = ()
        self.setFixedSize(_AVATAR, _AVATAR)
        self.set_ring_radius(_AVATAR // 2)

    def become(self, profile: Profile) -> None:
        self._name, self._user_id = profile.name, profile.id
        role = tr("Tutor") if profile.role == "tutor" else tr("Student")
        self.about = (f"{person(profile.name)} · {role}", profile.email)
        name = tr("Your account, %1").replace("%1", person(profile.name))
        self.setAccessibleName(name)
        set_tooltip(self, person(profile.name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, QRectF(self.rect()), self._name, self._user_id)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = theme().colour("text")
        shade.setAlphaF(0.12 * self.hovered)
        painter.setBrush(shade)
        painter.drawEllipse(self.rect())
