"""What was studied, per week and per day, as bars and as tables."""
