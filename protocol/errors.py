"""Error codes and their meaning, and the one error that a bad payload raises."""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """``code`` in ``{"error": {"code", "message"}}`` acknowledgements."""

    BAD_PAYLOAD = "bad-payload"
    """A key is missing or has the wrong type or value; the message names it."""
    TOO_LARGE = "too-large"
    """A text, a description or a list is longer than its limit; the message names it."""
    UNAUTHORISED = "unauthorised"
    """No token, a wrong one, or an expired one."""
    NOT_FOUND = "not-found"
    """No such session, or nobody with that socket id in a common room."""
    FULL = "full"
    ENDED = "ended"
    """The session was completed or cancelled."""
    NOT_IN_ROOM = "not-in-room"
    """The sender has not joined the session that it names."""
    RATE_LIMITED = "rate-limited"
    FAILED = "failed"
    """The server could not do it; trying again may help."""


class BadPayload(ValueError):
    """A payload that does not decode.

    ``field`` is the dotted path of the first offending key, as it stands on the wire; ``code`` tells what is wrong
    from what is only too long.
    """

    def __init__(self, event: str, field: str, problem: str, code: ErrorCode = ErrorCode.BAD_PAYLOAD) -> None:
        super().__init__(f"{event}: {field or 'payload'}: {problem}")
        self.event = event
        self.field = field
        self.problem = problem
        self.code = code
