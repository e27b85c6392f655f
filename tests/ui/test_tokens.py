"""Text can be read and edges can be seen, in every set."""

from __future__ import annotations

import pytest

from app.ui.tokens import AVATAR_FILLS, DARK, HIGH_CONTRAST, LIGHT, Tokens, Tone, contrast

SETS = [LIGHT, DARK, HIGH_CONTRAST]
TEXT = 4.5
EDGE = 3.0


def test_contrast_is_the_one_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#3557D5", "#FFFFFF") == pytest.approx(6.0, abs=0.1)


@pytest.mark.parametrize("tokens", SETS, ids=lambda one: one.name)
def test_text_can_be_read_on_every_surface(tokens: Tokens) -> None:
    for surface in (tokens.hero_from, tokens.hero_to):
        for text in (tokens.text, tokens.muted):
            assert contrast(text, surface) >= TEXT, (text, surface)
    for surface in (tokens.bg, tokens.surface, tokens.raised, tokens.hover):
        for text in (tokens.text, tokens.muted, tokens.danger, tokens.success, tokens.warn, tokens.accent):
            assert contrast(text, surface) >= TEXT, (text, surface)


@pytest.mark.parametrize("tokens", SETS, ids=lambda one: one.name)
def test_what_cannot_be_used_can_be_read_and_looks_it(tokens: Tokens) -> None:
    for surface in (tokens.bg, tokens.surface, tokens.raised):
        assert contrast(tokens.off, surface) >= TEXT
    assert contrast(tokens.off, tokens.text) >= 1.8, "words"
    assert contrast(tokens.off_edge, tokens.border) >= 2, "edges"


@pytest.mark.parametrize("tokens", SETS, ids=lambda one: one.name)
def test_labels_can_be_read_on_filled_buttons(tokens: Tokens) -> None:
    for text, fill in (
        (tokens.on_accent, tokens.accent),
        (tokens.on_accent, tokens.accent_hover),
        (tokens.on_danger, tokens.danger),
        (tokens.on_danger, tokens.danger_hover),
        (tokens.text, tokens.thumb),
    ):
        assert contrast(text, fill) >= TEXT, (text, fill)


@pytest.mark.parametrize("tokens", SETS, ids=lambda one: one.name)
def test_chips_can_be_read(tokens: Tokens) -> None:
    pairs = [tokens.soft(tone) for tone in Tone] + list(tokens.hues)
    for text, fill in pairs:
        assert contrast(text, fill) >= TEXT, (text, fill)


@pytest.mark.parametrize("tokens", SETS, ids=lambda one: one.name)
def test_edges_that_carry_meaning_can_be_seen(tokens: Tokens) -> None:
    for surface in (tokens.bg, tokens.surface):
        for edge in (tokens.border, tokens.focus, tokens.danger):
            assert contrast(edge, surface) >= EDGE, (edge, surface)
    assert contrast(tokens.focus_on_stage, tokens.stage) >= EDGE
    assert contrast(tokens.speaking, tokens.stage) >= EDGE


def test_initials_can_be_read_on_every_disc() -> None:
    for fill in AVATAR_FILLS:
        assert contrast("#FFFFFF", fill) >= TEXT, fill
