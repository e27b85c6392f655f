"""The sessions on offer, and opening one of one's own."""
