"""What a participant costs: the processor time and the memory of all its processes, from Linux' /proc.

A participant is a process and everything that descends from it: a browser's zygotes, renderers and helpers as much as
its main process. Processor time is user and system time; that of children which have ended and were waited for is
in their parent's ``cutime`` and ``cstime`` (proc(5)), so nothing is lost when a helper ends meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Stat:
    """What counts of one line of /proc/PID/stat; ``ticks`` include the children that were waited for."""

    pid: int
    parent: int
    ticks: int


def parse_stat(line: str) -> Stat:
    """The command is in brackets, and may itself hold spaces and brackets: what counts begins after the last one."""
    start, _, rest = line.rpartition(")")
    fields = rest.split()
    return Stat(pid=int(start.split("(", 1)[0]), parent=int(fields[1]), ticks=sum(map(int, fields[11:15])))


def family(stats: Iterable[Stat], root: int) -> list[Stat]:
    """``root`` and all its descendants."""
    by_parent: dict[int, list[Stat]] = {}
    found: list[Stat] = []
    for stat in stats:
        by_parent.setdefault(stat.parent, []).append(stat)
        if stat.pid == root:
            found.append(stat)
    for stat in found:  # grows while it is walked
        found += by_parent.get(stat.pid, [])
    return found


def parse_private(rollup: str) -> int:
    """Bytes that nobody else has mapped (the unique set size), from the text of /proc/PID/smaps_rollup."""
    return 1024 * sum(
        int(line.split()[1])
        for line in rollup.splitlines()
        if line.startswith(("Private_Clean:", "Private_Dirty:", "Private_Hugetlb:"))
    )


def all_stats(proc: Path = PROC) -> list[Stat]:
    """Every process there is; one that ends while we look is left out."""
    found: list[Stat] = []
    for entry in proc.iterdir():
        if entry.name.isdecimal():
            try:
                found.append(parse_stat((entry / "stat").read_text()))
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found


def cpu_seconds(root: int) -> float:
    """Used so far by ``root`` and its descendants."""
    return sum(stat.ticks for stat in family(all_stats(), root)) / os.sysconf("SC_CLK_TCK")


def seconds_by_kind(root: int) -> dict[str, float]:
    """The same, by what Chromium says a process is for (``--type=`` and ``--utility-sub-type=``)."""
    found: dict[str, float] = {}
    for stat in family(all_stats(), root):
        try:
            words = (PROC / str(stat.pid) / "cmdline").read_text(errors="replace").replace("\0", " ").split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        kinds = [word.partition("=")[2] for word in words if word.startswith(("--type=", "--utility-sub-type="))]
        kind = kinds[-1] if kinds else "main"
        found[kind] = found.get(kind, 0.0) + stat.ticks / os.sysconf("SC_CLK_TCK")
    return found


def unique_mb(root: int) -> float:
    """Unique set size of ``root`` and its descendants, in megabytes of 10^6 bytes, process by process.

    Memory that a participant's own processes share with each other is in no process's unique set, and so is left out:
    that is to the advantage of whoever has several.
    """
    total = 0
    for stat in family(all_stats(), root):
        try:
            total += parse_private((PROC / str(stat.pid) / "smaps_rollup").read_text())
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1e6
