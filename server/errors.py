"""What the server refuses, told in two ways: as an acknowledgement over the socket, as a status over REST."""

from __future__ import annotations

from protocol.errors import ErrorCode
from protocol.events import ErrorAck, ErrorBody

STATUS = {
    ErrorCode.BAD_PAYLOAD: 400,
    ErrorCode.TOO_LARGE: 413,
    ErrorCode.UNAUTHORISED: 401,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.FULL: 409,
    ErrorCode.ENDED: 409,
    ErrorCode.NOT_IN_ROOM: 409,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.FAILED: 500,
}


class Refused(Exception):
    """The request was understood, and the answer is no. ``retry_after_s`` is set where waiting helps."""

    def __init__(self, code: ErrorCode, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry_after_s = retry_after_s

    @property
    def ack(self) -> ErrorAck:
        return ErrorAck(error=ErrorBody(code=self.code, message=self.message))


def too_fast(wait_s: float) -> Refused:
    return Refused(ErrorCode.RATE_LIMITED, "That was too often. Please wait a moment.", retry_after_s=wait_s)
