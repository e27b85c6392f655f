"""Every error is ``{"message": "..."}``, whoever raised it: our rules, FastAPI's validation, its router, or a bug."""

from __future__ import annotations

import logging
import math
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from protocol.errors import ErrorCode
from protocol.rest import Problem
from server.errors import STATUS, Refused

log = logging.getLogger(__name__)

PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "Bad input"},
    401: {"model": Problem, "description": "No token, or a bad one"},
    429: {"model": Problem, "description": "Too often"},
}
"""What ``/docs`` says of any endpoint's errors."""

_TOO_LONG = frozenset({"string_too_long", "too_long"})


def install(app: FastAPI) -> None:
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _bug)


def answer(status: int, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(Problem(message=message).to_wire(), status, headers)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    headers: dict[str, str] = {}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(math.ceil(error.retry_after_s))
    if error.code is ErrorCode.UNAUTHORISED:
        headers["WWW-Authenticate"] = "Bearer"
    return answer(STATUS[error.code], error.message, headers)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    """A body, query or path that does not decode: 400, or 413 where something is only too long."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return answer(400, "The request is not valid JSON.")
    where = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
    words = str(first["msg"]).removeprefix("Value error, ")
    status = STATUS[ErrorCode.TOO_LARGE if first["type"] in _TOO_LONG else ErrorCode.BAD_PAYLOAD]
    return answer(status, f"{where}: {words}" if where else words)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers) if error.headers is not None else None
    return answer(error.status_code, str(error.detail), headers)


async def _bug(_: Request, error: Exception) -> JSONResponse:
    # Starlette raises it again after the answer, so it reaches the log with its traceback
    return answer(500, "The server could not do that.")
