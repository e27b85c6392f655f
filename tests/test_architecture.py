"""The sentences about the house that an import graph of whole packages cannot check."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module that ``path`` imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def importers(prefix: str, *folders: str) -> set[str]:
    return {
        str(path.relative_to(ROOT).as_posix())
        for path in sources(*folders)
        if any(name == prefix or name.startswith(prefix + ".") for name in imported(path))
    }


def test_qt_widgets_are_the_interfaces_alone() -> None:
    users = importers("PySide6.QtWidgets", "app")
    assert users, "the check sees nothing"
    assert {path for path in users if not path.startswith("app/ui/")} <= {"app/windows.py", "app/selftest.py"}


def test_qt_multimedia_stays_behind_the_medias_interfaces() -> None:
    users = importers("PySide6.QtMultimedia", "app")
    assert users, "the check sees nothing"
    assert all(path.startswith("app/media/") for path in users), users


def test_everything_importable_names_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources("app", "server", "protocol")
        if (tree := ast.parse(path.read_text(encoding="utf-8"))).body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_what_qts_threads_call_is_no_method() -> None:
    """PySide takes a method's connection back when its object goes, in whichever thread that is, and may then meet the
    other end's destruction in Qt's thread: the program dies of it. A function's connection goes with the other end."""
    connected = [
        node
        for path in sources("app")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and any("DirectConnection" in ast.unparse(argument) for argument in node.args[1:])
    ]
    assert connected, "the check sees nothing"
    methods = [ast.unparse(node) for node in connected if isinstance(node.args[0], ast.Attribute)]
    assert methods == []
