"""The newest picture of a tile, as an image that shares its memory, and a blurred memory of it for "Reconnecting…".

Promises: a picture is never copied on its way to the screen, and never scaled while it has the tile's size. Only
between a resize and the next frame is the old one fitted by the painter.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.media.slot import Picture

_COARSE = 14
"""How much smaller the picture is made on its way to a blur."""


class Frame:
    """Holds the pixels as long as the image shows them."""

    def __init__(self, picture: Picture, *, is_mirrored: bool) -> None:
        self._picture = picture
        self._is_mirrored = is_mirrored
        self._image = QImage(
            picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
        )  # BGRA bytes, opaque

    def paint(self, painter: QPainter, size: QSize, ratio: float) -> None:
        """Fill ``size`` logical pixels at ``ratio`` device pixels each."""
        device = QSize(round(size.width() * ratio), round(size.height() * ratio))
        fits = self._image.size() == device
        if self._is_mirrored:  # on the way to the screen: a flipped copy costs another walk through memory
            painter.save()
            painter.translate(device.width() / ratio if fits else size.width(), 0)
            painter.scale(-1, 1)
        self._image.setDevicePixelRatio(ratio if fits else 1.0)
        if fits:
            painter.drawImage(0, 0, self._image)
        else:
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), self._image, QRectF(self._cover(device)))
        if self._is_mirrored:
            painter.restore()

    def faded(self, size: QSize, ratio: float) -> QPixmap:
        """The picture blurred, grey and dimmed by 70 %, so that words are readable over it."""
        device = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        cut = self._image.copy(self._cover(device))
        if self._is_mirrored:
            cut = cut.flipped(Qt.Orientation.Horizontal)
        small = cut.scaled(
            max(1, device.width() // _COARSE),
            max(1, device.height() // _COARSE),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        ).convertToFormat(QImage.Format.Format_Grayscale8)
        made = QPixmap.fromImage(
            small.scaled(device, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        painter = QPainter(made)
        painter.fillRect(made.rect(), QColor(0, 0, 0, 178))
        painter.end()
        made.setDevicePixelRatio(ratio)
        return made

    def _cover(self, target: QSize) -> QRect:
        """The middle part of the image that has the target's shape."""
        fitted = target.scaled(self._image.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self._image.width() - fitted.width()) // 2
        top = (self._image.height() - fitted.height()) // 2
        return QRect(left, top, fitted.width(), fitted.height())
