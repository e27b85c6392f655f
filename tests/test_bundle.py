"""What goes into the bundle, and what must not be left out of it."""

from __future__ import annotations

import plistlib
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PyInstaller.utils import hooks
from PySide6.QtCore import QLibraryInfo

from tools.bundle import is_used

ROOT = Path(__file__).parents[1]
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads ELF files")


def needed(library: Path) -> list[str]:
    """The libraries of Qt's that ``library`` does not load without."""
    read = subprocess.run(["readelf", "-d", str(library)], capture_output=True, text=True, check=True)
    return re.findall(r"\(NEEDED\).*\[(libQt6.*)\]", read.stdout)


@ON_LINUX
@pytest.mark.parametrize("folder", ["multimedia", "platforms", "tls", "imageformats", "xcbglintegrations"])
def test_what_a_plugin_of_qts_needs_comes_with_it(folder: str) -> None:
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    libraries = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    kept = [
        one for one in sorted((plugins / folder).glob("*.so")) if is_used(f"PySide6/Qt/plugins/{folder}/{one.name}")
    ]
    assert kept
    waiting, seen = list(kept), set(kept)
    while waiting:
        one = waiting.pop()
        for name in needed(one):
            assert is_used(f"PySide6/Qt/lib/{name}"), f"{one.name} needs {name}"
            if libraries / name not in seen:
                seen.add(libraries / name)
                waiting.append(libraries / name)


@pytest.mark.parametrize(
    "destination",
    [
        "PySide6/QtQml.abi3.so",
        "PySide6/Qt/lib/libQt6QuickControls2.so.6",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6\\Qt6Quick.dll",
        "PySide6/Qt/qml/QtQuick/libqtquick2plugin.so",
        "libgtk-3.so.0",
    ],
)
def test_what_nobody_uses_stays_out(destination: str) -> None:
    assert not is_used(destination)


def test_macos_is_told_that_camera_and_microphone_are_used() -> None:
    described = Path(__file__).parents[1] / "pyinstaller.spec"
    named = re.search(r'entitlements_file=str\(ROOT / "(.*)" / "(.*)"\)', described.read_text(encoding="utf-8"))
    assert named is not None
    entitled = plistlib.loads(described.parent.joinpath(*named.groups()).read_bytes())
    assert {name for name, is_wanted in entitled.items() if is_wanted} == {
        "com.apple.security.device.camera",
        "com.apple.security.device.audio-input",
    }


@pytest.mark.parametrize(
    ("platform", "programs"),
    [
        ("linux", {"deskmates": True}),
        ("darwin", {"deskmates": False}),
        ("win32", {"deskmates": False, "deskmates-cli": True}),
    ],
)
def test_no_console_opens_beside_the_window_and_the_commands_have_one(
    monkeypatch: pytest.MonkeyPatch, platform: str, programs: dict[str, bool]
) -> None:
    for name in ("collect_dynamic_libs", "copy_metadata"):
        monkeypatch.setattr(hooks, name, lambda _: [])
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "path", [*sys.path])
    consoles: dict[str, bool] = {}

    def program(*parts: object, name: str, console: bool, **wishes: object) -> str:
        consoles[name] = console
        return name

    def collect(*parts: Any, name: str) -> None:
        assert [one for one in parts if isinstance(one, str)] == list(programs)

    pyinstallers = {
        "SPECPATH": str(ROOT),
        "Analysis": lambda *_, **__: SimpleNamespace(pure=[], scripts=[], binaries=[], datas=[]),
        "PYZ": lambda _: None,
        "EXE": program,
        "COLLECT": collect,
        "BUNDLE": lambda *_, **__: None,
    }
    exec(compile((ROOT / "pyinstaller.spec").read_text("utf-8"), "pyinstaller.spec", "exec"), pyinstallers)
    assert consoles == programs
