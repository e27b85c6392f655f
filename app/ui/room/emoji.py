"""The emoji that the picker offers, by the names that people look for, and which messages are nothing but emoji.
Pure.
"""

from __future__ import annotations

import re

MOST_LARGE = 8
"""So many emoji alone are shown large; more are a text."""

EMOJI: tuple[tuple[str, str], ...] = (
    ("👍", "thumbs up, yes"),
    ("🙌", "raised hands, hooray"),
    ("👏", "clapping, well done"),
    ("🙏", "thank you, please"),
    ("💪", "strong, keep going"),
    ("🎉", "party, celebration"),
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
    ("🐍", "snake, python"),
    ("🦀", "crab, rust"),
    ("🎓", "graduation"),
    ("🏆", "trophy, win"),
    ("🎯", "target, goal"),
    ("💡", "idea, light bulb"),
    ("🧠", "brain"),
    ("⏰", "alarm clock"),
    ("⏳", "hourglass, waiting"),
    ("⏱️", "stopwatch, timer"),
    ("☕", "coffee, break"),
    ("🍵", "tea"),
    ("🍎", "apple"),
    ("🍌", "banana"),
    ("🍪", "biscuit, cookie"),
    ("🍕", "pizza"),
    ("🥪", "sandwich, lunch"),
    ("💧", "water"),
    ("🚶", "walking, break"),
    ("🧘", "calm, meditation"),
    ("🌱", "seedling, growth"),
    ("🌞", "sun, morning"),
    ("🌙", "moon, night"),
    ("🌧️", "rain"),
    ("🔥", "fire, streak"),
    ("⭐", "star"),
    ("✨", "sparkles"),
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
    ("🎧", "headphones, music"),
    ("🎵", "music"),
    ("🐢", "turtle, slow"),
    ("🚀", "rocket, fast"),
)

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
