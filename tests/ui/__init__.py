"""The windows, driven by clicks and keys on a real engine."""
