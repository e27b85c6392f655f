"""The licences, one at a time beside their list."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.about.licences import Licence
from app.ui.components.buttons import Button
from app.ui.components.fields import SearchEdit
from app.ui.components.focus_ring import FocusRing
from app.ui.components.labels import Label, tip
from app.ui.icons import window_icon
from app.ui.theme import font
from app.ui.words import line, tr

_LIST = 260
_ROW = 32
_BESIDE = 40
"""Padding and scroll bar of the list."""


class LicencesWindow(QWidget):
    """A window of its own, so that one can read beside what one does."""

    def __init__(self, known: tuple[Licence, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("Licences – Deskmates"))
        self.setWindowIcon(window_icon())
        self.setMinimumSize(640, 420)
        self.resize(880, 620)
        self._all = known
        self._shown: list[Licence] = []
        self.search = SearchEdit(tr("Find a part"))
        self.list = QListWidget()
        self.list.setObjectName("parts")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Parts"))
        self.list.setFont(font(13))
        self.list.setFixedWidth(_LIST)
        self.title = Label("", 16, 600)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("Licence"))
        self.text.setFont(_typewriter())
        self.text.setTabChangesFocus(True)
        self.close_button = Button(tr("Close"))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.title)
        right.addWidget(self.text, 1)
        right.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.search.setFixedWidth(_LIST)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(16)
        row.addLayout(left)
        row.addLayout(right, 1)
        FocusRing(self)
        self.search.textChanged.connect(self._find)
        self.list.currentRowChanged.connect(self._show)
        self.close_button.clicked.connect(self.close)
        self._find("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        wanted = text.strip().casefold()
        self._shown = [one for one in self._all if wanted in one.name.casefold()]
        self.list.clear()
        for one in self._shown:
            self.list.addItem(_entry(_words(one), self.list))
        if self._shown:
            self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        one = self._shown[row] if 0 <= row < len(self._shown) else None
        self.title.setText(_words(one) if one is not None else tr("Nothing is called that."))
        self.text.setPlainText(one.text() if one is not None else "")


def _entry(words: str, into: QListWidget) -> QListWidgetItem:
    """A row that is as wide as the list, whatever it says: what has no room ends in "…" and is in the tooltip."""
    item = QListWidgetItem(words)
    item.setSizeHint(QSize(0, _ROW))
    if into.fontMetrics().horizontalAdvance(words) > _LIST - _BESIDE:
        item.setToolTip(tip(words))
    return item


def _typewriter() -> QFont:
    """Licences are written for letters of one width: their headings are centred by blanks."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(12)
    return made


def _words(one: Licence) -> str:
    name = {"art": tr("Drawings"), "demo": tr("Demo clips")}.get(one.name, line(f"{one.name} {one.version}"))
    return f"{name} · {line(one.terms)}" if one.terms else name
