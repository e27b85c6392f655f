"""What text a window paints: every piece of it, whoever paints it, with its colour and its place.

Each widget is rendered onto a device that draws nothing and writes down each piece of text that reaches it. So painted
tiles, bubbles and charts are read as labels are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPaintEngine, QPaintEngineState, QRegion, QTextItem
from PySide6.QtWidgets import QWidget

from app.ui.tokens import contrast

_DPI = 96


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line."""

    widget: QWidget
    text: str
    colour: QColor
    """With the painter's opacity in its alpha."""
    place: QRect
    """In its widget."""


def painted(window: QWidget) -> list[Piece]:
    """Every piece of text that the visible widgets of ``window`` paint, also where something lies over it."""
    pieces: list[Piece] = []
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.window() is window and widget.isVisible() and not widget.size().isEmpty():
            device = _Device(widget)
            widget.render(device, QPoint(), QRegion(), QWidget.RenderFlag(0))
            pieces += device.engine.pieces
    return pieces


def visible_part(widget: QWidget) -> QRect:
    """What of its window the widgets around it leave to it, in the window."""
    window = widget.window()
    part = QRect(widget.mapTo(window, QPoint()), widget.size())
    step = widget.parentWidget()
    while step is not None and not widget.isWindow():
        part &= QRect(step.mapTo(window, QPoint()), step.size())
        if step is window:
            break
        step = step.parentWidget()
    return part


def ground_of(piece: Piece, picture: QImage) -> str | None:
    """The colour behind most of a piece in a ``picture`` of its window; None where the piece cannot be seen in it."""
    window = piece.widget.window()
    in_window = piece.place.translated(piece.widget.mapTo(window, QPoint()))
    place = in_window & visible_part(piece.widget)
    if place.width() < 3 or 3 * place.height() < 2 * in_window.height():
        return None  # too little of it can be seen to tell its colours from their blends
    above = window.childAt(place.center()) or window
    if above is not piece.widget and not above.isAncestorOf(piece.widget) and not piece.widget.isAncestorOf(above):
        return None  # something lies over it
    points = ((x, y) for y in range(place.top(), place.bottom() + 1) for x in range(place.left(), place.right() + 1))
    colours = Counter(picture.pixel(x, y) & 0xFFFFFF for x, y in points)
    ground = colours.most_common(1)[0][0]
    ink = _rgb(mixed(piece.colour, _hex(ground)))
    half = _distance(ink, ground) / 2
    is_seen = any(_distance(ink, colour) <= half for colour in colours if colour != ground)
    return _hex(ground) if is_seen else None


def contrast_of(piece: Piece, picture: QImage) -> float | None:
    """As ``app.ui.tokens.contrast``; None where the piece cannot be seen."""
    ground = ground_of(piece, picture)
    return None if ground is None else contrast(mixed(piece.colour, ground), ground)


def mixed(colour: QColor, ground: str) -> str:
    """What a half transparent colour looks like on a ground."""
    below, share = QColor(ground), colour.alphaF()
    parts = zip((colour.red(), colour.green(), colour.blue()), (below.red(), below.green(), below.blue()), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in parts)


def _distance(first: int, second: int) -> int:
    return sum(abs((first >> shift & 255) - (second >> shift & 255)) for shift in (16, 8, 0))


def _hex(rgb: int) -> str:
    return f"#{rgb:06x}"


def _rgb(colour: str) -> int:
    return int(colour[1:], 16)


class _Engine(QPaintEngine):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self._widget = widget
        self.pieces: list[Piece] = []

    def drawTextItem(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        p: QPointF,
        textItem: QTextItem,  # noqa: N803
    ) -> None:
        painter = self.painter()
        colour = QColor(painter.pen().color())
        colour.setAlphaF(colour.alphaF() * painter.opacity())
        box = QRectF(p.x(), p.y() - textItem.ascent(), textItem.width(), textItem.ascent() + textItem.descent())
        place = painter.combinedTransform().mapRect(box).toAlignedRect()
        self.pieces.append(Piece(self._widget, textItem.text(), colour, place))

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def begin(self, pdev: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def updateState(self, state: QPaintEngineState) -> None:
        return

    def _ignored(self, *_: Any) -> None:
        return

    drawPixmap = drawTiledPixmap = drawPath = drawPolygon = drawRects = drawLines = drawPoints = drawEllipse = _ignored
    drawImage = _ignored  # pyright: ignore[reportAssignmentType]


class _Device(QPaintDevice):
    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.engine = _Engine(widget)
        self._size = widget.width(), widget.height()

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kind = QPaintDevice.PaintDeviceMetric
        known = {
            kind.PdmWidth: self._size[0],
            kind.PdmHeight: self._size[1],
            kind.PdmDepth: 32,
            kind.PdmDpiX: _DPI,
            kind.PdmDpiY: _DPI,
            kind.PdmPhysicalDpiX: _DPI,
            kind.PdmPhysicalDpiY: _DPI,
            kind.PdmDevicePixelRatio: 1,
            kind.PdmDevicePixelRatioScaled: round(QPaintDevice.devicePixelRatioFScale()),
        }
        return known.get(metric, 0)
