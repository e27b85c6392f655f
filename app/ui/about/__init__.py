"""What the app is made of, and under which terms."""
