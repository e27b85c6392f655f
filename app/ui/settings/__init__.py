"""Settings: cards beside their list, each about one thing."""
