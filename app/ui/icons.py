"""Lucide icons and the app's own mark, recoloured from the tokens and sharp on any screen.

Each picture is drawn once per (name, colour, size, scale) and kept; there are few, since names and tokens are few.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from app.ui.assets import asset
from app.ui.theme import theme

_POINTING = frozenset({"arrow-left", "log-out", "send-horizontal"})


def pixmap(name: str, colour: str = "text", size: int = 20, scale: float = 1.0) -> QPixmap:
    """The icon ``name`` in a token's colour (or ``#RRGGBB``), ``size`` logical pixels square.

    ``scale`` is the screen's device pixel ratio. What points along the line of reading points the other way where one
    reads from right to left.
    """
    is_turned = name in _POINTING and QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _drawn(name, theme().colour(colour).name(), size, scale, is_turned)


def icon(name: str, colour: str = "text", size: int = 20) -> QIcon:
    """As ``pixmap``, for widgets that take a QIcon; holds a picture for each screen's scale."""
    made = QIcon()
    for scale in {screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {1.0}:
        made.addPixmap(pixmap(name, colour, size, scale))
    return made


def mark(size: int, scale: float = 1.0) -> QPixmap:
    """The app's mark, for dark or light surroundings."""
    return _mark(theme().tokens.is_dark, size, scale)


def window_icon() -> QIcon:
    """The mark in the sizes that window managers and task bars ask for."""
    made = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_mark(False, size, 1.0))
    return made


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, scale: float, is_turned: bool) -> QPixmap:
    text = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    stroke = "2.25" if size <= 14 else "1.75"
    text = text.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    drawn = _render(text.encode(), size, scale)
    return drawn.transformed(QTransform.fromScale(-1, 1)) if is_turned else drawn


@lru_cache(maxsize=64)
def _mark(is_dark: bool, size: int, scale: float) -> QPixmap:
    kind = "app-icon-small" if size <= 24 else "app-icon"
    return _render(asset("app", f"{kind}-{'dark' if is_dark else 'light'}.svg").read_bytes(), size, scale)


def _render(svg: bytes, size: int, scale: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(svg))
    made = QPixmap(QSize(round(size * scale), round(size * scale)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(scale)
    return made
