"""A language that nobody speaks: 40 % longer, accented and in brackets, so that what is cut or forgotten is seen."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Qt, QTranslator

LONGER = 0.4
LEFT_TO_RIGHT = Qt.LayoutDirection.LeftToRight
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
_PLACE = re.compile(r"(%n|%\d)")


def pseudo(text: str) -> str:
    """``text`` with accents, in brackets and longer; ``%1`` and ``%n``, and what has no words, stay as they are."""
    if not any(letter.isalpha() for letter in _PLACE.sub("", text)):
        return text
    parts = [part if _PLACE.fullmatch(part) else part.translate(_ACCENTS) for part in _PLACE.split(text)]
    padding = max(1, round(len(text) * LONGER) - 2)
    return f"[{''.join(parts)}{_filler(padding)}]"


def _filler(length: int) -> str:
    """Letters with a gap now and then, so that it can wrap as words do."""
    return "".join(" " if index % 8 == 0 else "~" for index in range(length))


class PseudoTranslator(QTranslator):
    """Answers every question of the app's own words."""

    def __init__(self, parent: QObject | None = None, *, direction: Qt.LayoutDirection = LEFT_TO_RIGHT) -> None:
        """Right to left, each text begins with the mark that makes it one of such a language."""
        super().__init__(parent)
        self._mark = "\u200f" if direction == Qt.LayoutDirection.RightToLeft else ""

    def isEmpty(self) -> bool:
        return False

    def translate(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        context: str,
        sourceText: str,  # noqa: N803
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """None, which Qt's stubs leave out, means that there is no translation; "" would empty Qt's own words."""
        return self._mark + pseudo(sourceText) if context == "Words" else None
