"""Buttons of five kinds, with or without an icon, and icon buttons. One filled button (primary) per view."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.components.labels import set_tooltip
from app.ui.components.pressable import Pressable, blend
from app.ui.icons import pixmap
from app.ui.theme import font, theme

_RADIUS = 8
_ICON = 18
_GAP = 8


class Kind(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    SOFT = "soft"
    DANGER = "danger"
    PLAIN = "plain"


class Look:
    """Fill, edge and text of a kind in the theme and state of now; None is no fill or no edge."""

    def __init__(self, kind: Kind, button: Pressable) -> None:
        colour = theme().colour
        if not button.isEnabled():
            self.fill, self.edge, self.text = colour("raised"), None, colour("off")
            if kind is Kind.PLAIN:
                self.fill = None
            return
        rest, hover, edge, text = {
            Kind.PRIMARY: (colour("accent"), colour("accent_hover"), None, colour("on_accent")),
            Kind.SECONDARY: (colour("surface"), colour("hover"), colour("edge"), colour("text")),
            Kind.SOFT: (
                colour("accent_soft"),
                blend(colour("accent_soft"), colour("accent"), 0.12),
                # On black the soft fill alone looks like that of a button which cannot be pressed.
                colour("accent") if theme().tokens.name == "high-contrast" else None,
                colour("accent"),
            ),
            Kind.DANGER: (colour("danger"), colour("danger_hover"), None, colour("on_danger")),
            Kind.PLAIN: (_clear(colour("hover")), colour("hover"), None, colour("accent")),
        }[kind]
        share = 1.0 if button.isDown() else button.hovered
        self.fill: QColor | None = blend(rest, hover, share)
        if button.isDown():
            self.fill = blend(self.fill, colour("text"), 0.06)
        self.edge: QColor | None = edge
        self.text: QColor = text


def _clear(colour: QColor) -> QColor:
    made = QColor(colour)
    made.setAlpha(0)
    return made


def paint_box(painter: QPainter, rect: QRectF, look: Look, radius: float = _RADIUS) -> None:
    """The fill and the hairline of a button."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.edge, 1) if look.edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(look.fill if look.fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.5 if look.edge is not None else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


class Button(Pressable):
    """A labelled button, its label centred together with its icon. The label elides where there is no room."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        height: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._icon = icon
        self._is_cut = False
        self.setText(text)
        self.setFont(font(14, 600))
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Change the label and the accessible name."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.update()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        padding = 10 if self._kind is Kind.PLAIN else 16
        width = self.fontMetrics().horizontalAdvance(self._shown()) + 2 * padding
        if self._icon:
            width += _ICON + _GAP
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = Look(self._kind, self)
        paint_box(painter, QRectF(self.rect()), look)
        painter.setFont(self.font())
        painter.setPen(look.text)
        room = self.width() - 16 - (_ICON + _GAP if self._icon else 0)
        shown = self.fontMetrics().elidedText(self._shown(), Qt.TextElideMode.ElideRight, room)
        self._tell_rest(shown)
        used = self.fontMetrics().horizontalAdvance(shown)
        left = (self.width() - used - (_ICON + _GAP if self._icon else 0)) // 2
        if self._icon:
            drawn = pixmap(self._icon, look.text.name(), _ICON, self.devicePixelRatioF())
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            icon_left = left + used + _GAP if is_mirrored else left
            painter.drawPixmap(QPointF(icon_left, (self.height() - _ICON) / 2), drawn)
            left += 0 if is_mirrored else _ICON + _GAP
        painter.drawText(QRect(left, 0, used + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)

    def _tell_rest(self, shown: str) -> None:
        """Words that do not fit are in the tooltip, as with labels."""
        if (shown != self._shown()) != self._is_cut:
            self._is_cut = not self._is_cut
            set_tooltip(self, self._shown() if self._is_cut else "")

    def _shown(self) -> str:
        return self.text().replace("&&", "&")


class IconButton(Pressable):
    """A square button with an icon alone; ``name`` is its accessible name and its tooltip."""

    def __init__(
        self,
        icon: str,
        name: str,
        kind: Kind = Kind.PLAIN,
        *,
        size: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._icon = icon
        self._kind = kind
        self.setFixedSize(size, size)
        set_tooltip(self, name)

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.update()

    def become(self, icon: str, name: str) -> None:
        """Show another icon and do another thing."""
        self._icon = icon
        self.setAccessibleName(name)
        set_tooltip(self, name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = Look(self._kind, self)
        if self._kind is Kind.PLAIN and self.isEnabled():
            look.text = blend(theme().colour("muted"), theme().colour("text"), self.hovered)
        paint_box(painter, QRectF(self.rect()), look)
        drawn = pixmap(self._icon, look.text.name(), _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF((self.width() - _ICON) / 2, (self.height() - _ICON) / 2), drawn)
