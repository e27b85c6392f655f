"""Every icon that is named is shipped, none is shipped for nothing, and each takes its colour."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from app.paths import resources
from app.ui.icons import icon, mark, pixmap, window_icon
from app.ui.theme import ThemeChoice, theme

UI = Path(__file__).resolve().parent.parent.parent / "app" / "ui"


def said_in_code() -> set[str]:
    """Every string in the interface's code."""
    found: set[str] = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_no_icon_is_shipped_that_nothing_shows() -> None:
    shipped = {path.stem for path in (resources() / "icons").glob("*.svg")}
    assert shipped
    assert shipped <= said_in_code()


def test_the_licences_are_shipped() -> None:
    assert "ISC" in (resources() / "icons" / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License" in (resources() / "fonts" / "LICENSE.txt").read_text(encoding="utf-8")


def colours(picture: QPixmap) -> set[str]:
    image = picture.toImage()
    return {
        QColor(image.pixelColor(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_takes_the_colour_of_its_token(light: None) -> None:
    assert colours(pixmap("check", "accent", 32)) == {"#3557d5"}
    theme().choose(ThemeChoice.DARK)
    assert colours(pixmap("check", "accent", 32)) == {"#8aa4ff"}


def test_an_icon_is_sharp_on_a_dense_screen(qapp: QApplication) -> None:
    dense = pixmap("check", "text", 20, 2.0)
    assert (dense.width(), dense.devicePixelRatio()) == (40, 2.0)
    assert dense.deviceIndependentSize().width() == 20


def test_an_icon_that_is_not_shipped_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon")


def test_the_mark_and_the_window_icon_have_a_picture(qapp: QApplication) -> None:
    assert len(colours(mark(36))) > 3
    assert {size.width() for size in window_icon().availableSizes()} >= {16, 32, 256}
    assert not icon("check").isNull()
