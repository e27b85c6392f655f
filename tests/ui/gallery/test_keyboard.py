"""Every screen of the gallery is walked by keyboard alone.

Tab comes to everything that is for the keyboard and leaves it again, forwards and backwards; what has the focus can be
seen to have it; Space and Enter press what can be pressed; menus go by arrows and leave by Escape.
"""

from __future__ import annotations

import warnings
from contextlib import suppress

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.ui.components.pickers import Stepper
from app.ui.gallery.render import SCREENS
from app.ui.gallery.shots import over
from tests.ui.gallery.access import described, is_interactive, shown
from tests.ui.gallery.conftest import Open

_PARTS = 6
_RING = 4
"""Pixels around a widget that its focus ring takes."""

every_screen = pytest.mark.parametrize("name", SCREENS)


@every_screen
def test_a_screen_is_walked_by_keyboard(name: str, open_screen: Open, qtbot: QtBot) -> None:
    window = open_screen(name)
    top = next(reversed(over(window)), window)
    if isinstance(top, QMenu):
        assert not unreached_in_menu(top), "\n".join(unreached_in_menu(top))
        QTest.keyClick(top, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: top not in over(window))
        return
    if top.windowType() is Qt.WindowType.Popup:
        wrong = walk_popup(top)
        QTest.keyClick(top.focusWidget() or top, Qt.Key.Key_Escape)
        assert not wrong, "\n".join(wrong)
        assert top not in over(window)
        return
    activate(top, qtbot)
    wrong = [f"by mouse alone: {described(one)}" for one in mouse_alone(top)]
    wrong += walk(top)
    wrong += unpressed(top)
    assert not wrong, "\n".join(wrong)


def activate(window: QWidget, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


# ---- who should be reached -----------------------------------------------------------------------------------------


def for_tab(window: QWidget) -> list[QWidget]:
    """What Tab should come to. Of radio buttons that is the one that is chosen; the arrow keys lead to the others."""
    return [
        one
        for one in shown(window)
        if one is not window and is_interactive(one) and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def mouse_alone(window: QWidget) -> list[QWidget]:
    """What can be pressed with the mouse and by no key."""
    return [
        one
        for one in shown(window)
        if isinstance(one, QAbstractButton)
        and one.isEnabled()
        and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not is_one_of_a_group(one)
        and not isinstance(one.parentWidget(), Stepper)  # the arrow keys do it in the number itself
        and not is_only_looked_at(one)
    ]


def is_one_of_a_group(button: QAbstractButton) -> bool:
    groups = button.window().findChildren(QButtonGroup)
    return button.autoExclusive() or any(button in one.buttons() and one.exclusive() for one in groups)


def is_only_looked_at(widget: QWidget) -> bool:
    step: QWidget | None = widget
    while step is not None:
        if step.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
            return True
        step = step.parentWidget()
    return False


# ---- the walk ------------------------------------------------------------------------------------------------------


def walk(window: QWidget) -> list[str]:
    """What is wrong with a walk through all of ``window``, there and back."""
    wanted = for_tab(window)
    if not wanted:
        return []
    wrong: list[str] = []
    for key, way in ((Qt.Key.Key_Tab, "forwards"), (Qt.Key.Key_Backtab, "backwards")):
        wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
        reached: list[QWidget] = []
        here = QApplication.focusWidget()
        while here is not None and here not in reached:
            reached.append(here)
            if key == Qt.Key.Key_Tab and not is_focus_seen(here):
                wrong.append(f"focus not seen: {described(here)}")
            here = step_from(here, key)
        # What was chosen on the way may have changed what there is: only what is still there counts.
        missed = [one for one in wanted if one not in reached and one in for_tab(window)]
        wrong += [f"not reached {way}: {described(one)}" for one in missed]
        if here is not reached[0]:
            wrong.append(f"trapped {way} in {described(here or window)}")
    return wrong


def step_from(here: QWidget, key: Qt.Key) -> QWidget | None:
    """Where ``key`` leads. A date has several parts, of which each is a step."""
    for _ in range(_PARTS):
        QTest.keyClick(here, key)
        if QApplication.focusWidget() is not here:
            break
    return QApplication.focusWidget()


def is_focus_seen(widget: QWidget) -> bool:
    """Whether the widget or what is close around it looks different without the focus."""
    focused = around(widget)
    widget.clearFocus()
    plain = around(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return focused != plain


def around(widget: QWidget) -> QImage:
    window = widget.window()
    place = widget.rect().translated(widget.mapTo(window, QPoint())).adjusted(-_RING, -_RING, _RING, _RING)
    return window.grab(place & window.rect()).toImage()


# ---- pressing ------------------------------------------------------------------------------------------------------


def unpressed(window: QWidget) -> list[str]:
    """Buttons that Space or Enter does not press. What pressing does is taken from them first."""
    wrong: list[str] = []
    for button in [one for one in for_tab(window) if isinstance(one, QAbstractButton)]:
        if button not in for_tab(window):
            continue  # a choice on the way has taken it away
        pressed: list[bool] = []
        with suppress(RuntimeError), warnings.catch_warnings(action="ignore"):
            button.clicked.disconnect()  # complains where nothing was connected
        button.clicked.connect(lambda _=False, said=pressed: said.append(True))
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            button.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(button, key)
        if len(pressed) != 2:
            wrong.append(f"pressed {len(pressed)} times by Space and Enter: {described(button)}")
    return wrong


# ---- menus and popups ------------------------------------------------------------------------------------------------


def walk_popup(popup: QWidget) -> list[str]:
    """The arrow keys come to everything in it, and one sees where they are."""
    wanted = for_tab(popup)
    seen: list[QWidget] = []
    wrong: list[str] = []
    for _ in wanted:
        here = popup.focusWidget()
        seen.append(here)
        if not is_focus_seen(here):
            wrong.append(f"focus not seen: {described(here)}")
        QTest.keyClick(here, Qt.Key.Key_Right)
    return wrong + [f"not reached: {described(one)}" for one in wanted if one not in seen]


def unreached_in_menu(menu: QMenu) -> list[str]:
    actions = [one for one in menu.actions() if one.isEnabled() and not one.isSeparator()]
    seen: list[object] = []
    for _ in range(len(actions) + 1):
        seen.append(menu.activeAction())
        QTest.keyClick(menu, Qt.Key.Key_Down)
    return [one.text() for one in actions if one not in seen]
