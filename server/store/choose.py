"""Which store a ``--database`` setting names."""

from __future__ import annotations

from pathlib import Path

from server.store.interface import Store, StoreUnavailable
from server.store.sqlite import SqliteStore

SQLITE_FILE = "deskmates.db"


def store_for(database: str | None, data_dir: Path) -> Store:
    """SQLite in ``data_dir`` by default; MongoDB for ``mongodb://…`` and ``mongodb+srv://…``.

    Raises:
        StoreUnavailable: it names neither.
    """
    if database is None:
        return SqliteStore(data_dir / SQLITE_FILE)
    if database.startswith(("mongodb://", "mongodb+srv://")):
        from server.store.mongo import MongoStore  # only here: it takes as long to import as all the rest

        return MongoStore(database)
    raise StoreUnavailable(
        f"unknown kind of database: {database.split('://')[0]!r} (mongodb://… or nothing for SQLite)"
    )
