"""``./dev translate``: brings the catalogues in resources/translations up to date with the words in the code.

Every ``tr("…")`` is found by reading the code's syntax tree, handed to Qt's lupdate as the ``translate("Words", …)``
that it becomes at run time, merged into the ``.ts`` files (for Qt Linguist) and compiled to ``.qm`` (for the app).
What is new stands there as unfinished; a test fails until somebody has translated it.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "translations"
CONTEXT = "Words"
CODES = ("de", "en")
"""English has its plurals only: everything else is in the code."""


class NotLiteral(ValueError):
    """A ``tr()`` whose words lupdate could never find."""


@dataclass(frozen=True)
class Words:
    """One ``tr()`` in the code."""

    text: str
    is_plural: bool
    line: int


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        sources = [copy for path in sources_of(ROOT) if (copy := _rewritten(path, place)) is not None]
        for code in CODES:
            catalogue = CATALOGUES / f"deskmates_{code}.ts"
            only = ["-pluralonly"] if code == "en" else []
            options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", code, *only]
            _run("lupdate", *map(str, sources), *options, "-ts", str(catalogue))
            compile_to(catalogue.with_suffix(".qm"), catalogue)
    return 0


def sources_of(root: Path) -> list[Path]:
    return sorted((root / "app").rglob("*.py"))


def words_in(path: Path) -> Iterator[Words]:
    """Every ``tr()`` in a file, in order of line.

    Raises:
        NotLiteral: words that are put together at run time.
    """
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
    ]
    for call in sorted(calls, key=lambda one: one.lineno):
        text = call.args[0] if call.args else None
        if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
            raise NotLiteral(f"{path}:{call.lineno}: tr() needs its words in one literal")
        yield Words(text.value, len(call.args) > 1 or bool(call.keywords), call.lineno)


def compile_to(compiled: Path, catalogue: Path) -> None:
    """The ``.qm`` of a ``.ts``; what is unfinished is left out. Put in place whole: a running app has it mapped."""
    fresh = compiled.with_suffix(".fresh")
    _run("lrelease", "-silent", str(catalogue), "-qm", str(fresh))
    fresh.replace(compiled)


def _rewritten(path: Path, folder: Path) -> Path | None:
    """A file beside the others in ``folder`` that says the same words in the way that lupdate understands."""
    lines = [
        f'QCoreApplication.translate("{CONTEXT}", {_quoted(words.text)}{", None, 1" if words.is_plural else ""})'
        for words in words_in(path)
    ]
    if not lines:
        return None
    copy = folder / "_".join(path.relative_to(ROOT).parts)
    copy.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return copy


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _run(tool: str, *arguments: str) -> None:
    program = shutil.which(f"pyside6-{tool}", path=str(Path(sys.executable).parent))
    if program is None:
        raise FileNotFoundError(f"pyside6-{tool} is not in this environment")
    # What the tools say goes to standard error, and only matters where they fail.
    subprocess.run([program, *arguments], check=True, stdout=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
