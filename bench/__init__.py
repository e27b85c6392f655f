"""Measurements. Each program is started as ``./dev run bench NAME``; none is part of the app."""
