"""Every screen in every state, from the real widgets with a state of our own making: for looking at, and for tests."""
