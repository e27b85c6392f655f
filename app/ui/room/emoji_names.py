"""What emoji are called in the language that is spoken: Unicode's CLDR annotations, resources/emoji/LANGUAGE.json.

English needs no file: its names stand in ``app.ui.room.emoji``. They are found in every language, since many people
know them from elsewhere.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache

from app.ui.assets import asset
from app.ui.room.emoji import EMOJI

ENGLISH = "en"
_ENGLISH = dict(EMOJI)


def shown(emoji: str, language: str) -> str:
    """Its name in ``language``, for a tooltip and a screen reader."""
    local = _local(language).get(emoji)
    return local.partition(", ")[0] if local is not None else _ENGLISH.get(emoji, emoji)


def searched(emoji: str, language: str) -> str:
    """Everything it is found by, folded as ``folded`` does."""
    names = (_local(language).get(emoji, ""), _ENGLISH.get(emoji, emoji))
    return folded(", ".join(one for one in names if one))


def folded(text: str) -> str:
    """Without case and accents: "Hände" is found as "hande"."""
    apart = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold().strip()


@cache
def _local(language: str) -> dict[str, str]:
    if language == ENGLISH:
        return {}
    try:
        path = asset("emoji", f"{language}.json")
    except FileNotFoundError:  # a language without names of its own: English ones are found
        return {}
    return json.loads(path.read_text(encoding="utf-8"))
