"""What can go wrong in the app, each with a reason that the interface turns into plain words.

DeskmatesError
├── ServerUnreachable        no answer at all: host unknown, port closed, timeout
├── ServerRefused            the server answered with an error (status, code and its words)
│   └── SignedOut            401: the token is missing, wrong or expired
├── DeviceError              camera, microphone, speaker or screen (kind and problem)
├── HostingFailed            the server on this computer could not be started
├── AlreadyInRoom            one sits in one room at a time
├── NotSaved                 what was written about a session is still in the form only (its title and the reason)
├── MessageRefused           a chat message that cannot be sent as it is (problem)
└── ConnectionBlocked        one peer could never be reached

Payloads that do not decode raise ``protocol.errors.BadPayload``.
"""

from __future__ import annotations

from enum import StrEnum


class DeskmatesError(Exception):
    """Anything that the interface must be able to explain."""


class ServerUnreachable(DeskmatesError):
    """Nobody answered at ``host``."""

    def __init__(self, host: str, detail: str = "") -> None:
        super().__init__(f"cannot reach {host}" + (f": {detail}" if detail else ""))
        self.host = host
        self.detail = detail


class ServerRefused(DeskmatesError):
    """The server answered, and the answer is no.

    ``status`` is the HTTP status (0 where the refusal came over the socket), ``code`` one of
    ``protocol.errors.ErrorCode`` or "" where the server has no codes, ``message`` the server's own words.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message or code or f"HTTP {status}")
        self.status = status
        self.code = code
        self.message = message


class SignedOut(ServerRefused):
    """The token is missing, wrong or expired."""


class DeviceKind(StrEnum):
    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    SCREEN = "screen"


class DeviceProblem(StrEnum):
    ABSENT = "absent"
    BUSY = "busy"
    DENIED = "denied"
    SILENT = "silent"
    """It opened and delivers nothing."""
    NO_SOUND = "no-sound"
    """A clip without an audio stream was named as microphone."""
    FAILED = "failed"


class DeviceError(DeskmatesError):
    """A device could not be opened, or stopped working."""

    def __init__(self, kind: DeviceKind, problem: DeviceProblem, detail: str = "") -> None:
        super().__init__(f"{kind} {problem}" + (f": {detail}" if detail else ""))
        self.kind = kind
        self.problem = problem
        self.detail = detail


class AlreadyInRoom(DeskmatesError):
    """A room is open or about to be, and one sits in one at a time."""


class HostingFailed(DeskmatesError):
    """The server on this computer could not be started; the text says why, for the log."""


class NotSaved(DeskmatesError):
    """The server would not take what was written about the session ``title``; ``reason`` is what it failed with."""

    def __init__(self, title: str, reason: Exception) -> None:
        super().__init__(f"not saved: {reason}")
        self.title = title
        self.reason = reason


class MessageProblem(StrEnum):
    BLANK = "blank"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    """As many wait to be sent as may."""
    NOT_KEPT = "not-kept"
    """The disk would not have it."""


class MessageRefused(DeskmatesError):
    """A chat message that cannot be sent as it is. ``length`` is that of its text where it is too long."""

    def __init__(self, problem: MessageProblem, *, length: int = 0, detail: str = "") -> None:
        super().__init__(f"message refused: {problem}" + (f": {detail}" if detail else ""))
        self.problem = problem
        self.length = length


class ConnectionBlocked(DeskmatesError):
    """No path to one peer was found."""
