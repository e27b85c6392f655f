"""Where the app keeps what it keeps, and where its shipped resources are.

``DESKMATES_HOME`` puts everything under one folder: for a stick, a school's shared machine, and tests.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

NAME = "Deskmates"


def _home() -> Path | None:
    home = os.environ.get("DESKMATES_HOME")
    return Path(home) if home else None


def config_dir() -> Path:
    """Settings; made when first written."""
    home = _home()
    return home / "config" if home else platformdirs.user_config_path(NAME, appauthor=False)


def data_dir() -> Path:
    """Messages still to be sent, and the database of a server that this computer hosts."""
    home = _home()
    return home / "data" if home else platformdirs.user_data_path(NAME, appauthor=False)


def log_dir() -> Path:
    home = _home()
    return home / "log" if home else platformdirs.user_log_path(NAME, appauthor=False)


def resources() -> Path:
    """Icons, fonts and demo clips: beside the code in a checkout, inside the bundle once frozen."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) / "resources" if bundle else Path(__file__).resolve().parent.parent / "resources"
