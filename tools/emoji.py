"""``python -m tools.emoji ANNOTATIONS.json LANGUAGE``: what the emoji that the app offers are called in a language.

Reads the annotations of Unicode's CLDR (the npm package ``cldr-annotations-full``, annotations/LANGUAGE) and writes
resources/emoji/LANGUAGE.json: of each emoji its name first, then what else people look for.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app.ui.room.emoji import EMOJI

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "emoji"
_LOOK = "\ufe0f"
"""Asks for an emoji's coloured look; CLDR leaves it out."""


def main(annotations: Path, language: str) -> None:
    known = json.loads(annotations.read_text(encoding="utf-8"))["annotations"]["annotations"]
    found: dict[str, str] = {}
    for emoji, _ in EMOJI:
        names = known[emoji if emoji in known else emoji.replace(_LOOK, "")]
        found[emoji] = ", ".join(dict.fromkeys([*names["tts"], *names["default"]]))
    text = json.dumps(found, ensure_ascii=False, indent=0)
    (FOLDER / f"{language}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
