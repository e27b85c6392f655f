"""The room's window: stage, chat, people and controls."""
