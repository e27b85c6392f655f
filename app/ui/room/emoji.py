"""The emoji that the picker offers, by the names that people look for, and which messages are nothing but emoji.
Pure.
"""

from __future__ import annotations

import re
from enum import StrEnum

MOST_LARGE = 8
"""So many emoji alone are shown large; more are a text."""


class Group(StrEnum):
    OFTEN = "often"
    SMILEYS = "smileys"
    NATURE = "nature"
    FOOD = "food"
    ACTIVITIES = "activities"
    OBJECTS = "objects"
    SYMBOLS = "symbols"


BY_GROUP: dict[Group, tuple[tuple[str, str], ...]] = {
    Group.SMILEYS: (
        ("👍", "thumbs up, yes"),
        ("🙌", "raised hands, hooray"),
        ("👏", "clapping, well done"),
        ("🙏", "thank you, please"),
        ("💪", "strong, keep going"),
        ("👀", "eyes, looking"),
        ("😀", "grinning"),
        ("😊", "smiling"),
        ("🙂", "slight smile"),
        ("😌", "relieved"),
        ("🤓", "nerd, glasses"),
        ("🤔", "thinking"),
        ("😂", "tears of joy, laughing"),
        ("😅", "sweat, phew"),
        ("😉", "wink"),
        ("😎", "cool, sunglasses"),
        ("🥳", "party face"),
        ("😍", "heart eyes"),
        ("😴", "sleeping, tired"),
        ("🥱", "yawning"),
        ("😬", "grimace, oops"),
        ("😕", "confused"),
        ("😢", "crying, sad"),
        ("😭", "sobbing"),
        ("😱", "screaming, shock"),
        ("😤", "determined, huff"),
        ("🤯", "mind blown"),
        ("🫠", "melting"),
        ("🙃", "upside down"),
        ("😇", "halo, innocent"),
        ("🤗", "hug"),
        ("👋", "wave, hello, goodbye"),
        ("👌", "perfect"),
        ("🤞", "fingers crossed, luck"),
        ("✌️", "victory, peace"),
        ("🤝", "handshake, deal"),
        ("👎", "thumbs down, no"),
        ("✋", "hand, stop"),
        ("🫶", "heart hands"),
    ),
    Group.NATURE: (
        ("🌱", "seedling, growth"),
        ("🌞", "sun, morning"),
        ("🌙", "moon, night"),
        ("🌧️", "rain"),
        ("🔥", "fire, streak"),
        ("⭐", "star"),
        ("✨", "sparkles"),
        ("🐢", "turtle, slow"),
        ("🐍", "snake, python"),
        ("🦀", "crab, rust"),
    ),
    Group.FOOD: (
        ("☕", "coffee, break"),
        ("🍵", "tea"),
        ("🍎", "apple"),
        ("🍌", "banana"),
        ("🍪", "biscuit, cookie"),
        ("🍕", "pizza"),
        ("🥪", "sandwich, lunch"),
        ("💧", "water"),
    ),
    Group.ACTIVITIES: (
        ("🎉", "party, celebration"),
        ("🏆", "trophy, win"),
        ("🎯", "target, goal"),
        ("🎓", "graduation"),
        ("🚶", "walking, break"),
        ("🧘", "calm, meditation"),
        ("🎵", "music"),
        ("🎧", "headphones, music"),
        ("🚀", "rocket, fast"),
    ),
    Group.OBJECTS: (
        ("📚", "books"),
        ("📖", "open book, reading"),
        ("📝", "memo, notes"),
        ("✏️", "pencil"),
        ("🧮", "abacus, calculating"),
        ("📐", "triangle ruler, geometry"),
        ("🔬", "microscope, biology"),
        ("🧪", "test tube, chemistry"),
        ("🧬", "dna, genetics"),
        ("💻", "laptop, coding"),
        ("💡", "idea, light bulb"),
        ("🧠", "brain"),
        ("⏰", "alarm clock"),
        ("⏳", "hourglass, waiting"),
        ("⏱️", "stopwatch, timer"),
    ),
    Group.SYMBOLS: (
        ("❤️", "red heart"),
        ("💙", "blue heart"),
        ("💚", "green heart"),
        ("✅", "done, check"),
        ("❌", "cross, wrong"),
        ("❓", "question"),
        ("❗", "exclamation, important"),
        ("💯", "hundred, full marks"),
        ("🆘", "help"),
        ("🔇", "muted, quiet"),
    ),
}
EMOJI: tuple[tuple[str, str], ...] = tuple(one for group in BY_GROUP.values() for one in group)
USUAL = ("👍", "🙌", "👏", "💪", "🎉", "👀", "😀", "😊", "🤔", "😂", "🙏", "📚", "☕", "✅")
"""Offered as often used while nothing has been used."""

_ONE = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}"
    "|[0-9#*]\ufe0f?\u20e3"
    "|(?:[\u2190-\u21ff\u231a-\u23ff\u25aa-\u27bf\u2934-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff])"
    "[\U0001f3fb-\U0001f3ff]?\ufe0f?[\U000e0020-\U000e007f]*)"
)
_CLUSTER = f"{_ONE}(?:\u200d{_ONE})*"
_ONLY = re.compile(rf"(?:\s*{_CLUSTER}){{1,{MOST_LARGE}}}\s*")


def is_only_emoji(text: str) -> bool:
    """Whether a message is one to ``MOST_LARGE`` emoji and nothing else (Unicode TR 51's sequences, coarsely)."""
    return _ONLY.fullmatch(text) is not None
