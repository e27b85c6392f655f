"""Deleting what this computer keeps, as far as it lets itself be deleted."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path


def delete(folders: Iterable[Path], *, besides: Path) -> None:
    """Delete ``folders`` and all that is in them, besides the folder ``besides``, which may be in one of them.

    The log is open while the app runs, and Windows deletes no open file. What cannot be deleted does not keep the rest.

    Raises:
        OSError: the first thing that could not be deleted.
    """
    problems: list[OSError] = []
    for folder in folders:
        _delete(folder, besides, problems)
    if problems:
        raise problems[0]


def _delete(path: Path, besides: Path, problems: list[OSError]) -> None:
    def note(_function: object, _path: str, error: BaseException) -> None:
        if not isinstance(error, OSError):
            raise error
        problems.append(error)

    try:
        if path == besides:
            return
        if besides.is_relative_to(path) and besides.exists():
            for inside in path.iterdir():
                _delete(inside, besides, problems)
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, onexc=note)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        problems.append(error)
