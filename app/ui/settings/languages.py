"""The language of the app; a change is live."""

from __future__ import annotations

from app.config import SettingsFile
from app.ui.components.dropdown import Dropdown
from app.ui.language import LANGUAGES, SYSTEM, language
from app.ui.settings.section import Section
from app.ui.words import tr


class LanguagePicker(Dropdown):
    """Takes effect at once, and is remembered."""

    def __init__(self, settings: SettingsFile) -> None:
        super().__init__(tr("Language"), icon="globe", height=40)
        self._settings = settings
        self.offer([(SYSTEM, tr("Like the system")), *LANGUAGES.items()], language().choice)
        self.chosen.connect(self._take)

    def _take(self, code: str) -> None:
        self._settings.change(language=code)
        language().choose(code)


class LanguageSection(Section):
    def __init__(self, settings: SettingsFile) -> None:
        super().__init__(tr("Language"), "globe", tr("Dates and times are written the way this computer writes them."))
        self.picker = LanguagePicker(settings)
        self.body.addWidget(self.picker)
