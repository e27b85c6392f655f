"""The focus ring: one overlay per window that follows the focus, so that no widget has to reserve room for it.

It covers only the ring itself (its middle is masked out), so that what plays below is not painted twice. A widget
says how round it is by the property ``ring_radius`` (8 by default), by ``ring_around`` which part of it the ring is
around (all of it by default), and ``ring`` = False while it was focused with the mouse. Below a widget with the
property ``stage`` the ring takes the colour for dark surroundings.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.ui.components.hiding import HideWatch
from app.ui.theme import theme

_GAP = 2
_WIDTH = 2
_FOLLOWED = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.DynamicPropertyChange,
        QEvent.Type.ZOrderChange,
    }
)


class FocusRing(QWidget):
    """Put one into each window: ``FocusRing(window)``."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        HideWatch(window).hidden.connect(self._let_go)
        self._on_focus(None, app.focusWidget())

    @property
    def target(self) -> QWidget | None:
        """The widget that the ring is around, None while it is hidden."""
        return self._target if self.isVisible() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isValid(self._window):
            return False  # it goes, and takes its parts with it one by one
        if event.type() in _FOLLOWED:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().colour("focus_on_stage" if self._is_on_stage() else "focus"), _WIDTH))
        half = _WIDTH / 2
        radius = self._radius() + _GAP + half
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        self._let_go()
        is_here = now is not None and self._window.isAncestorOf(now) and now.window() is self._window.window()
        self._target = now if is_here else None
        step = self._target
        while step is not None and step is not self._window:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def _let_go(self) -> None:
        """Follow nothing; what was followed may have been deleted meanwhile."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None
        self.hide()

    def _place(self) -> None:
        target = self._target
        if (
            target is None
            or not all(isValid(one) for one in self._watched)  # what is being deleted still hides its children
            or target is self._window
            or not target.isVisible()
            or target.property("ring") is False
        ):
            self.hide()
            return
        part = target.property("ring_around")
        part = part if isinstance(part, QRect) else target.rect()
        around = QRect(target.mapTo(self._window, part.topLeft()), part.size())
        margin = _GAP + _WIDTH
        visible = self._visible_part(around.adjusted(-margin, -margin, margin, margin))
        if visible.isEmpty():
            self.hide()
            return
        self.setGeometry(around.adjusted(-margin, -margin, margin, margin))
        inner = QRegion(self.rect().adjusted(margin, margin, -margin, -margin))
        corners = QRegion(self.rect()) - inner
        reach = int(self._radius() * 0.3) + 1
        for corner in _corners(self.rect().adjusted(margin, margin, -margin, -margin), reach):
            corners += QRegion(corner)
        self.setMask(corners & QRegion(visible.translated(-self.pos())))
        self.show()
        self.raise_()
        self.update()

    def _visible_part(self, ring: QRect) -> QRect:
        """What of the ring lies within the scroll areas around the target."""
        visible = ring
        for widget in self._watched[1:]:
            if widget.objectName() == "qt_scrollarea_viewport":
                visible &= QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
        return visible

    def _radius(self) -> float:
        radius = self._target.property("ring_radius") if self._target is not None else None
        return float(radius) if isinstance(radius, int | float) else 8.0

    def _is_on_stage(self) -> bool:
        return any(widget.property("stage") is True for widget in self._watched)


def _corners(rect: QRect, reach: int) -> list[QRect]:
    return [
        QRect(rect.left(), rect.top(), reach, reach),
        QRect(rect.right() - reach + 1, rect.top(), reach, reach),
        QRect(rect.left(), rect.bottom() - reach + 1, reach, reach),
        QRect(rect.right() - reach + 1, rect.bottom() - reach + 1, reach, reach),
    ]
