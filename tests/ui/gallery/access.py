"""What is wrong with a window for people who listen, see little, or speak a language with longer words.

Each function looks at one window and names the widgets that fall short, as a trail from the inside out.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from app.ui.components.cards import Card
from tests.ui.gallery.painted import Piece, contrast_of, painted, visible_part

LEAST = 4.5
SLACK = 2
"""Pixels: a glyph's box is a little larger than its ink."""
LOOSE = 4
"""Above and below it, a line has room for accents that few letters have."""
DECORATION = {
    "CardPage",
    "ConnectionSign",  # the words beside it say the same
    "Figures",  # its labels say it
    "FocusRing",
    "Hairline",
    "HeatMap",  # its table says it
    "CardSkeleton",
    "IconLabel",
    "LinkBanner",  # its two labels say it
    "Medal",
    "OpeningWindow",
    "Rail",
    "RefusedPage",
    "SessionForm",
    "SessionGrid",
    "SidePanel",
    "Skeleton",
    "SkeletonGrid",
    "Toast",  # its label says it
    "TopBar",
    "ZoomBar",  # its buttons say it
    "_Box",  # the frame of the line one types in
    "_Flame",
    "_GreyCard",
    "_Header",  # its two labels say it
    "_Picture",
    "_SkeletonCard",
}
"""What only frames or decorates: everything that it says stands in a widget of its own."""

OVERLAID = {"MenuArrow", "VideoTile", "qt_spinbox_lineedit"}
"""Pictures over which buttons stand; a button and a number's line that have room for a smaller button inside."""


def shown(window: QWidget) -> list[QWidget]:
    """The window's own visible widgets, the window first."""
    parts = [one for one in window.findChildren(QWidget) if one.window() is window]
    return [window, *(one for one in parts if one.isVisible() and not one.size().isEmpty())]


def name_of(widget: QWidget) -> str:
    """As a screen reader asks for it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    trail: list[str] = []
    step: QWidget | None = widget
    while step is not None:
        trail.append(type(step).__name__ + (f"#{step.objectName()}" if step.objectName() else ""))
        step = step.parentWidget()
    return " < ".join(trail[:4])


def paints_itself(widget: QWidget) -> bool:
    return any("paintEvent" in vars(kind) for kind in type(widget).__mro__ if not kind.__module__.startswith("PySide6"))


def is_interactive(widget: QWidget) -> bool:
    """Pressed, or reached by Tab; Qt's own parts of areas and boxes are none of ours."""
    if isinstance(widget, QScrollBar | QMenu) or widget.objectName() == "qt_scrollarea_viewport":
        return False
    if isinstance(widget.focusProxy(), QWidget):
        return False
    is_inside = isinstance(widget.parentWidget(), QAbstractScrollArea)
    return isinstance(widget, QAbstractButton) or (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_inside
    )


def nameless(window: QWidget) -> list[str]:
    return [
        described(one)
        for one in shown(window)
        if (is_interactive(one) or paints_itself(one))
        and not isinstance(one, QLabel | Card)
        and type(one).__name__ not in DECORATION
        and not name_of(one).strip()
    ]


def guessing(window: QWidget) -> list[str]:
    """Labels that would take what looks like markup for markup."""
    return [
        described(one)
        for one in shown(window)
        if isinstance(one, QLabel) and one.text() and one.textFormat() != Qt.TextFormat.PlainText
    ]


def clipped(window: QWidget) -> list[str]:
    """Text of which a part lies outside of its widget, or outside of what the widgets around leave to it."""
    return [f"{described(one.widget)}: {one.text}" for one in painted(window) if is_clipped(one)]


def is_clipped(piece: Piece) -> bool:
    widget = piece.widget
    if isinstance(widget, QLineEdit) or isinstance(widget.parentWidget(), QPlainTextEdit | QTextEdit):
        return False  # it moves along with the cursor
    scrolls = _is_in_scroll_area(widget)
    room = widget.rect()
    if not scrolls:
        room &= visible_part(widget).translated(-widget.mapTo(widget.window(), QPoint()))
    is_viewport = widget.objectName() == "qt_scrollarea_viewport"
    wide = _sides(piece.place.left(), piece.place.right(), room.left(), room.right(), SLACK)
    high = _sides(piece.place.top(), piece.place.bottom(), room.top(), room.bottom(), LOOSE)
    return wide or (high and not is_viewport)


def _is_in_scroll_area(widget: QWidget) -> bool:
    step = widget.parentWidget()
    while step is not None:
        if isinstance(step, QAbstractScrollArea):
            return True
        step = step.parentWidget()
    return False


def _sides(low: int, high: int, least: int, most: int, slack: int) -> bool:
    return low < least - slack or high > most + slack


def pale(window: QWidget) -> list[str]:
    """Text with too little contrast to what lies behind it."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found: list[str] = []
    for piece in painted(window):
        if any(letter.isalnum() for letter in piece.text):
            ratio = contrast_of(piece, picture)
            if ratio is not None and ratio < LEAST:
                found.append(f"{described(piece.widget)} {ratio:.1f}: {piece.text}")
    return found


def overlapping(window: QWidget) -> list[str]:
    """Labels and buttons of one parent that lie over one another."""
    found: list[str] = []
    parts = [one for one in shown(window) if isinstance(one, QLabel | QAbstractButton | QLineEdit)]
    parts = [one for one in parts if type(one).__name__ not in OVERLAID and one.objectName() not in OVERLAID]
    for index, one in enumerate(parts):
        found += [
            f"{described(one)} {one.geometry()} and {type(other).__name__} {other.geometry()}"
            for other in parts[index + 1 :]
            if one.parentWidget() is other.parentWidget() and _overlap(one.geometry(), other.geometry())
        ]
    return found


def _overlap(one: QRect, other: QRect) -> bool:
    both = one & other
    return both.width() > SLACK and both.height() > SLACK
