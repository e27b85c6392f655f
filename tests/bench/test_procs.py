"""Who belongs to a participant, and what it used: from texts as Linux writes them, and from real processes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from bench import _procs
from bench._procs import Stat

LINE = "4242 (a (web) tab) S 17 4242 17 0 -1 4194560 500 9 0 0 {times} 20 0 3 0 99 1 2"
CHILD = "import sys; print('up', flush=True); sys.stdin.read()"
PARENT = (
    "import subprocess, sys\n"
    f"child = subprocess.Popen([sys.executable, '-c', {CHILD!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
    "child.stdout.readline(); print(child.pid, flush=True); sys.stdin.read(); child.stdin.close(); child.wait()"
)
BURN = "import time\nwhile time.process_time() < 0.3: pass"
BURNER = (
    f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])\n"
    "print('done', flush=True); sys.stdin.read()"
)


def test_a_command_may_hold_spaces_and_brackets() -> None:
    line = LINE.format(times="1 20 300 4000")
    assert _procs.parse_stat(line) == Stat(pid=4242, parent=17, ticks=4321)


def test_a_family_is_the_root_and_all_that_descend_from_it_whatever_their_order() -> None:
    stats = [Stat(9, 4, 1), Stat(4, 2, 1), Stat(3, 1, 1), Stat(2, 1, 1), Stat(5, 2, 1), Stat(7, 3, 1)]
    assert {stat.pid for stat in _procs.family(stats, 2)} == {2, 4, 5, 9}
    assert _procs.family(stats, 8) == []


def test_only_private_pages_count() -> None:
    rollup = (
        "55d0-7ffd ---p 00000000 00:00 0    [rollup]\n"
        "Rss:                9000 kB\nShared_Clean:       5000 kB\nShared_Dirty:         10 kB\n"
        "Private_Clean:      1000 kB\nPrivate_Dirty:       234 kB\nPrivate_Hugetlb:       0 kB\nSwap:   7 kB\n"
    )
    assert _procs.parse_private(rollup) == 1234 * 1024


@contextmanager
def running(program: str) -> Generator[tuple[int, str]]:
    """The process and its first line; it ends when its input does."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process.pid, process.stdout.readline()
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(20)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux' /proc")


def test_a_real_child_belongs_to_its_parent() -> None:
    with running(PARENT) as (parent, line):
        child = int(line)
        assert {stat.pid for stat in _procs.family(_procs.all_stats(), parent)} == {parent, child}
        assert _procs.unique_mb(parent) > _procs.unique_mb(child) > 1


def test_what_a_child_used_is_still_there_after_it_has_ended() -> None:
    with running(BURNER) as (parent, _):
        assert _procs.cpu_seconds(parent) >= 0.28


def test_a_process_that_does_nothing_costs_nothing() -> None:
    with running(PARENT) as (parent, _):
        before, start = _procs.cpu_seconds(parent), time.monotonic()
        while time.monotonic() - start < 0.2:
            pass  # we are busy, they are not
        assert _procs.cpu_seconds(parent) - before <= 0.02
