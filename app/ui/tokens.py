"""The colours of the app by what they are for, in three sets. No Qt: plain values that tests can measure.

Text on any of its surfaces keeps a contrast of at least 4.5, edges that carry meaning at least 3 (WCAG 2.2,
1.4.3 and 1.4.11).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """Which of a subject's or chip's colours is meant."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    SUCCESS = "success"
    WARN = "warn"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set. Every colour is ``#RRGGBB``."""

    name: str
    is_dark: bool
    bg: str
    surface: str
    text: str
    muted: str
    accent: str
    on_accent: str
    danger: str
    on_danger: str
    success: str
    warn: str
    border: str
    """Edge of a control; carries meaning."""
    stage: str
    speaking: str
    focus: str
    focus_on_stage: str
    raised: str
    """Segmented track, soft inputs, disabled buttons."""
    hover: str
    divider: str
    edge: str
    """Edge of cards and secondary buttons."""
    off: str
    """Words, signs and fills of what cannot be used now; in high contrast paler than anything else."""
    off_edge: str
    thumb: str
    """The chosen part of a segmented control."""
    accent_soft: str
    accent_hover: str
    danger_soft: str
    danger_hover: str
    success_soft: str
    warn_soft: str
    shadow: float
    """Strength of shadows under cards, 0 where the surface and a hairline do their work."""
    hero_from: str
    """The welcome panel's gradient, top left to bottom right."""
    hero_to: str
    heat: tuple[str, str, str, str, str]
    """Days from nothing to much; never the only carrier."""
    hues: tuple[tuple[str, str], ...]
    """Subject colours as (text, soft fill), chosen by a stable hash."""

    def soft(self, tone: Tone) -> tuple[str, str]:
        """Text and soft fill of ``tone``."""
        return {
            Tone.NEUTRAL: (self.muted, self.raised),
            Tone.ACCENT: (self.accent, self.accent_soft),
            Tone.SUCCESS: (self.success, self.success_soft),
            Tone.WARN: (self.warn, self.warn_soft),
            Tone.DANGER: (self.danger, self.danger_soft),
        }[tone]


LIGHT = Tokens(
    name="light",
    is_dark=False,
    bg="#F7F8FA",
    surface="#FFFFFF",
    text="#171A1F",
    muted="#565E6B",
    accent="#3557D5",
    on_accent="#FFFFFF",
    danger="#C42B2B",
    on_danger="#FFFFFF",
    success="#177245",
    warn="#8A5A00",
    border="#7D8694",
    stage="#14171C",
    speaking="#2E9E5B",
    focus="#1D4ED8",
    focus_on_stage="#B7C6FF",
    raised="#F1F3F6",
    hover="#EEF0F4",
    divider="#E3E6EB",
    edge="#D3D8DF",
    off="#565E6B",
    off_edge="#D3D8DF",
    thumb="#FFFFFF",
    accent_soft="#ECF0FD",
    accent_hover="#2B49BC",
    danger_soft="#FCEEEE",
    danger_hover="#A92323",
    success_soft="#E6F4EC",
    warn_soft="#FBF2DF",
    shadow=1.0,
    hero_from="#EEF2FE",
    hero_to="#DAE2FC",
    heat=("#ECEEF2", "#CBD6FA", "#98AEF3", "#6380E6", "#3557D5"),
    hues=(
        ("#3557D5", "#ECF0FD"),
        ("#6B3FC4", "#F2ECFC"),
        ("#A82A78", "#FCEBF5"),
        ("#11677D", "#E5F4F7"),
        ("#177245", "#E6F4EC"),
        ("#8A5A00", "#F7F0E2"),
        ("#A34518", "#FBEEE7"),
    ),
)

DARK = Tokens(
    name="dark",
    is_dark=True,
    bg="#111418",
    surface="#1A1E24",
    text="#ECEFF3",
    muted="#A7B0BD",
    accent="#8AA4FF",
    on_accent="#0E1533",
    danger="#FF8A80",
    on_danger="#2B0A08",
    success="#5FD39A",
    warn="#F2C063",
    border="#7A8493",
    stage="#0A0C0F",
    speaking="#4ADE80",
    focus="#B7C6FF",
    focus_on_stage="#B7C6FF",
    raised="#232931",
    hover="#262C35",
    divider="#2A3038",
    edge="#363D48",
    off="#A7B0BD",
    off_edge="#363D48",
    thumb="#363D48",
    accent_soft="#232C47",
    accent_hover="#A3B7FF",
    danger_soft="#3A2224",
    danger_hover="#FFA59D",
    success_soft="#1B3329",
    warn_soft="#372D1B",
    shadow=0.0,
    hero_from="#1B2238",
    hero_to="#141927",
    heat=("#242A32", "#2C3A69", "#4259A3", "#6580D6", "#8AA4FF"),
    hues=(
        ("#8AA4FF", "#232C47"),
        ("#BCA2FF", "#2C2545"),
        ("#F49AD0", "#3A2233"),
        ("#6CCBE0", "#18323A"),
        ("#5FD39A", "#1B3329"),
        ("#F2C063", "#372D1B"),
        ("#F7A67C", "#3A271D"),
    ),
)

HIGH_CONTRAST = Tokens(
    name="high-contrast",
    is_dark=True,
    bg="#000000",
    surface="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    accent="#FFEB3B",
    on_accent="#000000",
    danger="#FF9C9C",
    on_danger="#000000",
    success="#7CFFB2",
    warn="#FFD54F",
    border="#FFFFFF",
    stage="#000000",
    speaking="#00FF66",
    focus="#00E5FF",
    focus_on_stage="#00E5FF",
    raised="#1A1A1A",
    hover="#333333",
    divider="#FFFFFF",
    edge="#FFFFFF",
    off="#A0A0A0",
    off_edge="#6B6B6B",
    thumb="#4D4D4D",
    accent_soft="#332F00",
    accent_hover="#FFF59D",
    danger_soft="#330A0A",
    danger_hover="#FFC2C2",
    success_soft="#00331A",
    warn_soft="#332900",
    shadow=0.0,
    hero_from="#000000",
    hero_to="#000000",
    heat=("#262626", "#5C5400", "#998C00", "#CCBC21", "#FFEB3B"),
    hues=(("#FFFFFF", "#1A1A1A"),),
)

AVATAR_FILLS = ("#3E7A5E", "#44698A", "#7A5AA6", "#A0552F", "#96406F", "#2F7A80", "#6A6F2B", "#4A5FB0")
"""Discs behind white initials, the same in every set. White on each has at least 4.5."""

ON_VIDEO = "#0A0C0F"
"""Pills over video, at ``ON_VIDEO_ALPHA``, with white text."""
ON_VIDEO_ALPHA = 0.75


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2)."""

    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[index : index + 2], 16)) for index in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
