"""Where one begins: the streak, the next session, today, the year, and a room of one's own."""
