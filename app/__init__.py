"""The desktop client: windows over a call engine over media and network."""

__version__ = "0.1.0"
