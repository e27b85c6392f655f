"""Choosing and trying one's camera, microphone and speaker: what the green room and the settings share."""
