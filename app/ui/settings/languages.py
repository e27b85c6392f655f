"""The language of the app; a change is live."""

from __future__ import annotations

from app.config import SettingsFile
from app.ui.components.dropdown import Dropdown
from app.ui.language import LANGUAGES, SYSTEM, language
from app.ui.settings.section import Section
from app.ui.words import tr


class LanguageSection(Section):
    def __init__(self, settings: SettingsFile) -> None:
        super().__init__(tr("Language"), "globe", tr("Dates and times are written the way this computer writes them."))
        self._settings = settings
        self.picker = Dropdown(tr("Language"), icon="globe", height=40)
        entries = [(SYSTEM, tr("Like the system")), *LANGUAGES.items()]
        self.picker.offer(entries, language().choice)
        self.picker.chosen.connect(self._choose)
        self.body.addWidget(self.picker)

    def _choose(self, code: str) -> None:
        self._settings.change(language=code)
        language().choose(code)
