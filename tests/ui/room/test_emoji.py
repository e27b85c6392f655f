from __future__ import annotations

import pytest

from app.ui.room.emoji import EMOJI, MOST_LARGE, is_only_emoji


@pytest.mark.parametrize("emoji", [emoji for emoji, _ in EMOJI])
def test_everything_offered_counts_as_emoji(emoji: str) -> None:
    assert is_only_emoji(emoji)


def test_every_emoji_is_offered_once_and_has_a_name() -> None:
    assert len({emoji for emoji, _ in EMOJI}) == len(EMOJI)
    assert all(name.strip() for _, name in EMOJI)


@pytest.mark.parametrize("text", ["👍🏽", "👩‍💻", "🇩🇪", "1️⃣", "❤️ 💙", " 🎉 ", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_sequences_are_emoji(text: str) -> None:
    assert is_only_emoji(text)


@pytest.mark.parametrize("text", ["", " ", "1", "42", "ok 👍", "👍!", "→x", "λ", "#", "👍" * (MOST_LARGE + 1)])
def test_texts_are_not(text: str) -> None:
    assert not is_only_emoji(text)
