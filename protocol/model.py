"""The base of everything on the wire: frozen, camelCase outside, snake_case inside, unknown keys ignored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from protocol.errors import BadPayload, ErrorCode

MAX_TEXT = 4_000
"""Characters in a chat message."""
MAX_SDP = 32_768
"""Characters in a session description."""
MAX_CANDIDATES = 50
"""ICE candidates that one connection may have."""
MAX_CANDIDATE = 1_024
"""Characters in one ICE candidate."""
MAX_NAME = 80
MAX_ID = 128
_TOO_LONG = frozenset({"string_too_long", "too_long"})


class Wire(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        extra="ignore",
        ser_json_timedelta="float",
    )

    def to_wire(self) -> dict[str, Any]:
        """A JSON-ready dictionary; what is None stays away, so that the seed's peers see its own shape."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def bad_payload(event: str, error: ValidationError) -> BadPayload:
    """The first complaint of ``error``, named by its field. A field can be a key of the sender's own, so it is cut."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part)[:MAX_ID] for part in first["loc"])
    code = ErrorCode.TOO_LARGE if first["type"] in _TOO_LONG else ErrorCode.BAD_PAYLOAD
    return BadPayload(event, field, first["msg"], code)


def read[M: Wire](model: type[M], payload: object, event: str = "") -> M:
    """Decode ``payload`` as ``model``.

    Raises:
        BadPayload: it is not an object, or a key is missing, wrong or too long.
    """
    name = event or model.__name__
    if not isinstance(payload, Mapping):
        raise BadPayload(name, "", "expected an object")
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        raise bad_payload(name, error) from error
