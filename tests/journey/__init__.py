"""Whole stories: real windows, a real engine, a real server."""
