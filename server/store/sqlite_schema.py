"""The tables of the SQLite store. Moments are milliseconds since 1970, days are ISO dates."""

from __future__ import annotations

import sqlite3

VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    description TEXT NOT NULL,
    start_time INTEGER NOT NULL,
    end_time INTEGER NOT NULL,
    status TEXT NOT NULL,
    max_participants INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS sessions_by_start ON sessions (start_time DESC);
CREATE TABLE IF NOT EXISTS session_participants (
    place INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    UNIQUE (session_id, user_id)
);
CREATE TABLE IF NOT EXISTS chat_messages (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    user_name TEXT NOT NULL,
    message TEXT NOT NULL,
    message_type TEXT NOT NULL,
    client_message_id TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS chat_by_session ON chat_messages (session_id, id);
CREATE UNIQUE INDEX IF NOT EXISTS chat_said_once ON chat_messages (user_id, client_message_id)
    WHERE client_message_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS activities (
    user_id TEXT NOT NULL,
    date TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (user_id, date)
) WITHOUT ROWID;
"""


def prepare(db: sqlite3.Connection) -> None:
    """Create what is missing. Raises sqlite3.DatabaseError for a file of a newer version."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise sqlite3.DatabaseError(f"it was written by a newer version of this program (schema {version})")
    db.executescript(_TABLES)
    db.execute(f"PRAGMA user_version = {VERSION}")
