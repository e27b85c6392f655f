"""How the app looks just now: colours, type and whether things may move.

``theme()`` is made once per application. It follows the system's colour scheme and contrast preference live, unless the
person chose a set; ``changed`` comes after palette and style sheet were replaced: self-painted widgets need only
repaint.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from app.ui.assets import asset
from app.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

FAMILY = "Inter"
LINE_HEIGHT = {12: 16, 13: 18, 14: 20, 16: 24, 20: 28, 28: 36}
"""Line step of each size of the type scale, in pixels."""
_PICTURES = ("check", "chevron-left", "chevron-right")
SPACE = (4, 8, 12, 16, 24, 32, 48)

HOVER_MS = 120
RING_MS = 250


class ThemeChoice(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "contrast"


class SystemLook(QObject):
    """What the system asks for: dark or light, high contrast, less motion."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        # Both are kept: without a reference of ours PySide takes the accessibility hints for deleted.
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self.changed)
        self._accessibility.contrastPreferenceChanged.connect(self.changed)

    def tokens(self) -> Tokens:
        """The set that fits it."""
        if self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return HIGH_CONTRAST
        return DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def dress(self, scheme: Qt.ColorScheme) -> None:
        """In which colours it is to draw title bars and its own dialogs; ``Unknown``: as it likes."""
        self._hints.setColorScheme(scheme)

    def is_motion_reduced(self) -> bool:
        return self._accessibility.motionPreference() == Qt.MotionPreference.ReducedMotion


class Theme(QObject):
    """Holds the tokens in use and puts them into the application."""

    changed = Signal()

    def __init__(self, app: QApplication, system: SystemLook) -> None:
        super().__init__(app)
        self._app = app
        self._system = system
        self._choice = ThemeChoice.SYSTEM
        self._pictures = QTemporaryDir()
        self._template = Template(asset("styles", "app.qss").read_text(encoding="utf-8"))
        self.tokens: Tokens = LIGHT
        for weight in ("Regular", "Medium", "SemiBold", "Bold"):
            QFontDatabase.addApplicationFont(str(asset("fonts", f"Inter-{weight}.ttf")))
        app.setStyle("Fusion")
        app.setFont(font(14))
        QToolTip.setFont(font(12, 500))
        system.changed.connect(self._follow)
        self._put(self._wanted())

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Use one set, or follow the system again."""
        self._choice = choice
        self._system.dress(self._scheme())  # before it is asked: while it is told a scheme it answers with that one
        self._follow()

    def colour(self, name: str) -> QColor:
        """The colour of a token by its name, or of ``#RRGGBB``."""
        return QColor(name if name.startswith("#") else getattr(self.tokens, name))

    def duration(self, milliseconds: int) -> int:
        """How long a motion may take: 0 where the system asks for less motion."""
        return 0 if self._system.is_motion_reduced() else milliseconds

    def _wanted(self) -> Tokens:
        chosen = {ThemeChoice.LIGHT: LIGHT, ThemeChoice.DARK: DARK, ThemeChoice.HIGH_CONTRAST: HIGH_CONTRAST}
        return chosen.get(self._choice) or self._system.tokens()

    def _scheme(self) -> Qt.ColorScheme:
        """The one that goes with what the person chose."""
        if self._choice is ThemeChoice.SYSTEM:
            return Qt.ColorScheme.Unknown
        return Qt.ColorScheme.Dark if self._wanted().is_dark else Qt.ColorScheme.Light

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.tokens:
            self._put(wanted)
            self.changed.emit()

    def _put(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._app.setStyleSheet("")  # Qt takes five times as long to put one sheet in the place of another
        self._app.setPalette(palette(tokens))
        values = {name: getattr(tokens, name) for name in Tokens.__dataclass_fields__}
        self._app.setStyleSheet(self._template.substitute(values, pictures=self._write_pictures(tokens)))

    def _write_pictures(self, tokens: Tokens) -> str:
        """A style sheet takes pictures from files only: those it names, in the set's colours; their folder."""
        folder = Path(self._pictures.path()) / tokens.name
        folder.mkdir(exist_ok=True)
        for name in _PICTURES:
            drawn = asset("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", tokens.text)
            (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")
        return folder.as_posix()


def palette(tokens: Tokens) -> QPalette:
    """The Qt palette of a token set, for what the style draws by itself (menus, tooltips, selections)."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tokens.bg),
        (role.WindowText, tokens.text),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.raised),
        (role.ToolTipBase, tokens.text),
        (role.ToolTipText, tokens.surface),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.danger),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.off))
    return made


def font(size: int, weight: int = 400) -> QFont:
    """Inter at ``size`` pixels of the type scale; headings are set a little tighter."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if size >= 20:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.6 if size >= 28 else -0.3)
    return made


def tabular(size: int, weight: int = 400) -> QFont:
    """As ``font``, with figures of one width, for numbers that tick."""
    made = font(size, weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


_theme: Theme | None = None


def start_theme(app: QApplication) -> Theme:
    """Give ``app`` its look; what follows the system does so from now on."""
    global _theme
    if _theme is None:
        _theme = Theme(app, SystemLook(app))
    return _theme


def theme() -> Theme:
    """The theme of the running application, started on first use."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("there is no QApplication yet")
    return start_theme(app)
