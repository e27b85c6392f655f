"""Storage behind one interface: SQLite in a file (the default) or MongoDB."""
