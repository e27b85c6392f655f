"""Which language the app speaks: the system's, or the one that a person chose; and its direction.

``language()`` is made once per application. The catalogues under ``resources/translations`` are made by ``./dev
translate`` from every ``tr()`` in the code. A change is live: Qt tells every window (``LanguageChange``), and
``changed`` comes afterwards for whoever rebuilds what it shows.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from app.paths import resources

SYSTEM = ""
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""What the app speaks, each by the name that its speakers know it by."""


class Language(QObject):
    """Holds the catalogues in use."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = SYSTEM
        self._installed: list[QTranslator] = []
        self.code = ENGLISH
        """The language in use, one of ``LANGUAGES``."""
        self._system = QLocale.system()
        self._put(self._wanted())

    @property
    def choice(self) -> str:
        """What was chosen: a code, or ``SYSTEM``."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Speak one language, or the system's again. What is not shipped is answered with the system's."""
        self._choice = choice if choice in LANGUAGES else SYSTEM
        wanted = self._wanted()
        if wanted != self.code:
            self._put(wanted)
            self.changed.emit()

    def try_out(self, catalogue: QTranslator, direction: Qt.LayoutDirection) -> Callable[[], None]:
        """Speak through ``catalogue`` in ``direction``, for tests of other languages; the result ends that."""
        before = self._app.layoutDirection()
        self._app.installTranslator(catalogue)
        self._app.setLayoutDirection(direction)

        def end() -> None:
            self._app.removeTranslator(catalogue)
            self._app.setLayoutDirection(before)

        return end

    def _wanted(self) -> str:
        if self._choice:
            return self._choice
        spoken = [name.replace("_", "-").partition("-")[0] for name in self._system.uiLanguages()]
        return next((one for one in spoken if one in LANGUAGES), ENGLISH)

    def _put(self, code: str) -> None:
        for old in self._installed:
            self._app.removeTranslator(old)
        self.code = code
        locale = _locale(code, self._system)
        QLocale.setDefault(locale)
        self._installed = [made for name, folder in _catalogues(code) if (made := self._load(name, folder))]
        for made in self._installed:
            self._app.installTranslator(made)
        self._app.setLayoutDirection(locale.textDirection())

    def _load(self, name: str, folder: str) -> QTranslator | None:
        made = QTranslator(self)
        return made if made.load(name, folder) else None


def _catalogues(code: str) -> tuple[tuple[str, str], ...]:
    """Qt's own words (dialogs, text menus) and ours, which come last since Qt asks the newest first."""
    qts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return (f"qtbase_{code}", qts), (f"deskmates_{code}", str(resources() / "translations"))


def _locale(code: str, system: QLocale) -> QLocale:
    """The system's own way with dates and times where it speaks the language, else the language's usual one."""
    is_at_home = system.name().partition("_")[0] == code
    is_nowhere = system.language() == QLocale.Language.C and code == ENGLISH
    return system if is_at_home or is_nowhere else QLocale(code)


_language: Language | None = None


def start_language(app: QApplication) -> Language:
    """Let ``app`` speak the system's language until another one is chosen."""
    global _language
    if _language is None:
        _language = Language(app)
    return _language


def language() -> Language:
    """The language of the running application, started on first use."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("there is no QApplication yet")
    return start_language(app)


def day_format(plain: str) -> str:
    """``plain``, a format such as "ddd d MMM", as the language writes its days: "ddd, d. MMM" in German."""
    if "d." not in QLocale().dateFormat(QLocale.FormatType.LongFormat):
        return plain
    return plain.replace("d d ", "d, d. ") if "d d " in plain else plain.replace("d ", "d. ", 1)
