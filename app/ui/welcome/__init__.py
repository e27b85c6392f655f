"""Before anybody is signed in: who are you, on which server, or a room on this computer."""
