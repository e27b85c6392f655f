"""The desktop client: windows over a call engine over media and network."""
