"""What developers run, and the app never does."""
