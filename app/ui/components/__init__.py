"""The parts that every window is made of: each a real widget with a name that a screen reader can say, plain text
only.
"""
