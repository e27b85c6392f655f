"""A stay's notes, as Markdown and as plain words: what, when, with whom, the goal, and what was said."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from PySide6.QtCore import QLocale

from app.study.stays import Outcome, Said, Stay
from app.ui import amounts
from app.ui.sessions import when
from app.ui.words import line, person, plain, tr

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_AT_BEGINNING = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.MULTILINE)
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
MAX_NAME = 80
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


def literal(text: str) -> str:
    """``text`` so that Markdown shows it as it is: nobody's message becomes a heading, a list or HTML."""
    return _AT_BEGINNING.sub(r"\1\\\2\3", _MARKS.sub(r"\\\1", text)).replace("&", "&amp;")


def markdown(stay: Stay, said: Sequence[Said]) -> str:
    """The whole file."""
    lines = [f"# {literal(line(stay.title) or tr('Study room'))}", "", _facts(stay)]
    if stay.mates:
        names = ", ".join(literal(person(mate.name)) for mate in stay.mates)
        lines += ["", f"**{tr('With')}:** {names}"]
    if stay.goal:
        outcome = outcome_words(stay.outcome)
        lines += ["", f"**{tr('Goal')}:** {literal(line(stay.goal))}" + (f" – {outcome}" if outcome else "")]
    if said:
        lines += ["", f"## {tr('Chat')}", ""]
        lines += [_said(one, stay.zone) for one in said]
    return "\n".join(lines) + "\n"


def words(stay: Stay, said: Sequence[Said]) -> str:
    """The same, for reading on the screen."""
    lines = [_facts(stay)]
    if stay.mates:
        lines += [f"{tr('With')}: {', '.join(person(mate.name) for mate in stay.mates)}"]
    if stay.goal:
        outcome = outcome_words(stay.outcome)
        lines += [f"{tr('Goal')}: {line(stay.goal)}" + (f" – {outcome}" if outcome else "")]
    lines += [""]
    lines += [f"{when.clock(one.at, stay.zone)}  {person(one.user_name)}: {plain(one.text).strip()}" for one in said]
    if not said:
        lines += [tr("Nothing was said in the chat.")]
    return "\n".join(lines)


def _facts(stay: Stay) -> str:
    """ "Thursday 14 May 2026 · 14:00 – 15:00 · 60 min counted"."""
    year = QLocale().toString(stay.day.year).replace(QLocale().groupSeparator(), "")
    facts = [
        f"{amounts.long_day(stay.day)} {year}",
        f"{when.clock(stay.began, stay.zone)} – {when.clock(stay.ended, stay.zone)}",
        tr("%1 counted").replace("%1", amounts.minutes(stay.minutes)),
    ]
    return " · ".join(facts)


def _said(one: Said, zone: tzinfo | None) -> str:
    text = literal(plain(one.text)).strip().replace("\n", "  \n  ")
    return f"- {when.clock(one.at, zone)} **{literal(person(one.user_name))}**: {text}"


def outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.OPEN: "",
        Outcome.DONE: tr("Done"),
        Outcome.PARTLY: tr("Partly"),
        Outcome.NOT: tr("Not this time"),
    }[outcome]


def file_name(stay: Stay) -> str:
    """A name that every file system takes, "2026-05-14 Linear algebra.md"."""
    title = _NOT_IN_NAMES.sub(" ", line(stay.title))
    title = " ".join(title.split())[:MAX_NAME].strip(". ")
    return f"{stay.day.isoformat()} {title or tr('Study room')}.md"


def save(path: Path, text: str) -> None:
    """Write the file as a whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def explain_not_saved(error: Exception) -> str:
    """Why the notes are not on the disk."""
    match error:
        case PermissionError():
            return tr("You may not write there. Choose another folder.")
        case FileNotFoundError() | NotADirectoryError():
            return tr("That folder is not there any more. Choose another one.")
        case IsADirectoryError():
            return tr("That is a folder. Give the file a name of its own.")
        case OSError(errno=number) if number in _FULL:
            return tr("The disk is full. Make room, or choose another one.")
        case _:
            return tr("The notes could not be saved there. Choose another folder.")
