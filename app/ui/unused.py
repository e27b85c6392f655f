"""What PySide does for those who use its switchable features (``snake_case``, ``true_property``), switched off.

From its import on, PySide reads the source of every module that is imported, to see whether it names PySide6, and
``linecache`` keeps the text for good: of two hundred modules, 4 MB. Nobody here switches a feature on, so each module
is told to be none that does; that is also what PySide takes a module for whose source is not there.
"""

from __future__ import annotations

import linecache
import sys
from typing import Any

import PySide6.QtCore  # noqa: F401  # pyright: ignore[reportUnusedImport] - brings the module that is changed

FEATURES = "shibokensupport.feature"
ASKED = "_mod_uses_pyside"
"""Of that module: asked about each module that was imported. Pinned by ``tests/ui/test_unused.py``."""


def _no(_module: Any) -> bool:
    return False


def spare_features() -> None:
    """From now on no source is read, and what was read is dropped. Harmless to repeat, and where PySide has changed."""
    linecache.clearcache()
    features = sys.modules.get(FEATURES)
    if hasattr(features, ASKED):
        setattr(features, ASKED, _no)
