"""Choosing what to share."""
