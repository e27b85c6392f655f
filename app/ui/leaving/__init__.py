"""After a room: what counted, whether the goal was reached, and what is kept of it."""
