"""One page that shows every picture: a row for each screen and way, the looks and sizes beside one another."""

from __future__ import annotations

import html
from pathlib import Path

from app.ui.gallery.screens import Screen
from app.ui.gallery.shots import WAYS, shots

_HEAD = """<!doctype html>
<meta charset="utf-8">
<title>Every screen</title>
<style>
body { font: 14px/1.4 system-ui, sans-serif; margin: 24px; background: #f7f8fa; color: #171a1f; }
h2 { font-size: 16px; margin: 32px 0 8px; }
div { display: flex; flex-wrap: wrap; gap: 8px; }
img { width: 300px; height: auto; border: 1px solid #d3d8df; }
</style>
"""


def write_index(out: Path, screens: list[Screen]) -> None:
    """``index.html`` for the pictures that are in ``out``."""
    parts = [_HEAD]
    for shot in shots(screens, tuple(WAYS)):
        names = [name for name in shot.names if (out / f"{name}.png").is_file()]
        if names:
            title = f"{shot.screen.name} {shot.way}".strip()
            images = "".join(_image(name) for name in names)
            parts.append(f"<h2>{html.escape(title)}</h2>\n<div>{images}</div>\n")
    (out / "index.html").write_text("".join(parts), encoding="utf-8")


def _image(name: str) -> str:
    file = html.escape(f"{name}.png")
    return f'<a href="{file}"><img loading="lazy" src="{file}" alt="{html.escape(name)}"></a>'
