"""The room before the room: see and hear oneself, choose devices, say one's goal, and join."""
