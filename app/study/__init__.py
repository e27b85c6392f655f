"""What somebody studied: stays in rooms, the days that they make, and the streaks of those days."""
