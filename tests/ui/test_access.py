"""Every screen of the gallery is walked: names for who listens, contrast for who looks, room for longer words."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QScrollBar, QWidget

from app.engine import Engine
from app.ui.components.cards import Card
from app.ui.components.labels import ElidingLabel
from app.ui.gallery.pseudo import PseudoTranslator
from app.ui.gallery.render import SCREENS
from app.ui.gallery.screens import Studio, scene_of
from app.ui.gallery.shots import LOOKS, dispose, end_intents, settle, show
from app.ui.language import language
from app.ui.theme import ThemeChoice, theme
from app.ui.tokens import contrast

SIZE = (960, 640)
DECORATION = {
    "HeatMap",  # its table says it
    "HomeSkeleton",
    "KeyRow",
    "CardPage",
    "ConnectionSign",  # the words beside it say the same
    "Figures",  # its labels say it
    "FocusRing",
    "Hairline",
    "IconLabel",
    "Medal",
    "LinkBanner",  # its two labels say it
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
    "_Box",  # the frame of the line one types in
    "_Flame",
    "_GreyCard",
    "_Header",  # its two labels say it
    "_Picture",
    "_SkeletonCard",
}
"""What only frames or decorates: everything that it says stands in a widget of its own."""
LEAST = 4.5

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def english() -> Iterator[None]:
    language().choose("en")
    yield
    language().choose("")


@pytest.fixture
def long_words() -> Iterator[None]:
    end = language().try_out(PseudoTranslator(), Qt.LayoutDirection.LeftToRight)
    yield
    end()


@pytest.fixture
def studio(engine: Engine, tmp_path: Path) -> Studio:
    return Studio(engine, tmp_path)


@pytest.fixture(params=list(SCREENS))
def window(request: pytest.FixtureRequest, studio: Studio, ui_loop: asyncio.AbstractEventLoop) -> Iterator[QWidget]:
    """One screen after the other, shown."""
    theme().choose(ThemeChoice.LIGHT)
    screen = SCREENS[request.param]
    scene = scene_of(screen.build(studio))
    ui_loop.run_until_complete(show(scene, *(screen.size or SIZE), screen.wait_ms))
    yield scene.window
    dispose(scene.window)
    ui_loop.run_until_complete(end_intents())
    theme().choose(ThemeChoice.LIGHT)


def shown(window: QWidget) -> list[QWidget]:
    return [window, *(one for one in window.findChildren(QWidget) if one.isVisible() and not one.size().isEmpty())]


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def described(widget: QWidget) -> str:
    trail: list[str] = []
    step: QWidget | None = widget
    while step is not None:
        trail.append(type(step).__name__ + (f"#{step.objectName()}" if step.objectName() else ""))
        step = step.parentWidget()
    return " < ".join(trail[:4])


def paints_itself(widget: QWidget) -> bool:
    return any("paintEvent" in vars(kind) for kind in type(widget).__mro__ if kind.__module__.startswith("app."))


def is_interactive(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar) or widget.objectName() == "qt_scrollarea_viewport":
        return False
    if isinstance(widget.focusProxy(), QWidget):
        return False
    is_inside = isinstance(widget.parentWidget(), QAbstractScrollArea)  # Qt's own parts of an area
    return isinstance(widget, QAbstractButton) or (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_inside
    )


def test_everything_that_is_pressed_or_painted_has_a_name(window: QWidget) -> None:
    nameless = [
        described(one)
        for one in shown(window)
        if (is_interactive(one) or paints_itself(one))
        and not isinstance(one, QLabel | Card)
        and type(one).__name__ not in DECORATION
        and not name_of(one).strip()
    ]
    assert not nameless, "\n".join(nameless)


def test_no_label_guesses_rich_text(window: QWidget) -> None:
    guessing = [
        described(one)
        for one in shown(window)
        if isinstance(one, QLabel) and one.text() and one.textFormat() != Qt.TextFormat.PlainText
    ]
    assert not guessing


@pytest.mark.usefixtures("long_words")
def test_no_label_is_clipped_when_words_are_longer(window: QWidget) -> None:
    clipped = [f"{described(one)}: {one.property('text')}" for one in shown(window) if is_clipped(one)]
    assert not clipped


def is_clipped(widget: QWidget) -> bool:
    if isinstance(widget, ElidingLabel):
        return False  # its tooltip has all of it
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.fontMetrics().horizontalAdvance(widget.text()) > widget.contentsRect().width() + 1
    if isinstance(widget, QAbstractButton) and widget.text() and not widget.toolTip():
        return widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width()
    return False


@pytest.mark.parametrize("look", LOOKS)
def test_all_text_can_be_read(window: QWidget, look: str, ui_loop: asyncio.AbstractEventLoop) -> None:
    theme().choose(LOOKS[look])
    ui_loop.run_until_complete(settle())
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pale = [
        f"{described(one)} {ratio:.1f}: {one.property('text')}"
        for one in shown(window)
        if (ratio := text_contrast(one, window, picture)) is not None and ratio < LEAST
    ]
    assert not pale


def text_contrast(widget: QWidget, window: QWidget, picture: QImage) -> float | None:
    """Of a label's colour, or of what a button painted, against what lies behind most of it; None where there is no
    text.
    """
    if not isinstance(widget, QLabel | QAbstractButton) or not widget.text():
        return None
    at = QRect(widget.mapTo(window, QPoint()), widget.size()) & _visible_part(widget, window)
    if at.isEmpty() or not _is_on_top(widget, window, at.center()):
        return None
    points = ((x, y) for y in range(at.top(), at.bottom(), 2) for x in range(at.left(), at.right()))
    colours = Counter(picture.pixel(x, y) for x, y in points)
    if not colours:
        return None
    ground = _hex(colours.most_common(1)[0][0])
    if isinstance(widget, QLabel):
        return contrast(widget.palette().color(widget.foregroundRole()).name(), ground)
    return max(contrast(_hex(colour), ground) for colour in colours)


def _is_on_top(widget: QWidget, window: QWidget, at: QPoint) -> bool:
    """Nothing lies over it (a toast, or the side panel in a narrow window)."""
    found = window.childAt(at)
    return found is not None and (found is widget or widget.isAncestorOf(found) or found.isAncestorOf(widget))


def _visible_part(widget: QWidget, window: QWidget) -> QRect:
    """What of the window the widget's scroll areas leave to it."""
    part = window.rect()
    step = widget.parentWidget()
    while step is not None and step is not window:
        part &= QRect(step.mapTo(window, QPoint()), step.size())
        step = step.parentWidget()
    return part


def _hex(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06x}"
