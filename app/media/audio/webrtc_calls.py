"""Calls to livekit's audio processing, made ready once: its wrapper builds, encodes, decodes and drops four objects for
each of 200 calls a second, which costs a third as much as the processing itself.

The frames stay in one place, so a request never changes. Where the inside of livekit's package is not what is known
here, its own methods are called instead; both do the same.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable
from typing import Any, Literal

log = logging.getLogger(__name__)

Stream = Literal["process_stream", "process_reverse_stream"]


def ready(module: Any, stream: Stream, frame: Any) -> Callable[[], None]:
    """What calls ``module.process_stream(frame)``, or the other one.

    ``module`` is an ``AudioProcessingModule``, ``frame`` an ``AudioFrame`` whose memory is never replaced. What is
    returned raises RuntimeError, as they do.
    """
    try:
        return _direct(module, stream, frame)
    except (ImportError, AttributeError, TypeError) as error:
        log.info("livekit has changed inside: its sound is processed in the slower way: %s", error)
        method = getattr(module, stream)
        return lambda: method(frame)


def _direct(module: Any, stream: Stream, frame: Any) -> Callable[[], None]:
    from livekit.rtc._ffi_client import FfiClient
    from livekit.rtc._proto import ffi_pb2
    from livekit.rtc._utils import get_address

    kind = f"apm_{stream}"
    request: Any = ffi_pb2.FfiRequest()
    asked = getattr(request, kind)
    asked.apm_handle = module._ffi_handle.handle
    asked.data_ptr = get_address(frame._data)
    asked.size = len(frame._data)
    asked.sample_rate, asked.num_channels = frame.sample_rate, frame.num_channels
    encoded: bytes = request.SerializeToString()
    size = len(encoded)
    data = (ctypes.c_ubyte * size).from_buffer_copy(encoded)
    answer, length = ctypes.POINTER(ctypes.c_ubyte)(), ctypes.c_size_t()
    answer_place, length_place = ctypes.byref(answer), ctypes.byref(length)
    library: Any = FfiClient.instance._ffi_lib
    call, drop = library.livekit_ffi_request, library.livekit_ffi_drop_handle
    nothing_wrong = len(_fine(ffi_pb2, kind))

    kept = module, frame  # as long as they may be called

    def direct() -> None:
        handle = call(data, size, answer_place, length_place)
        if handle == 0:
            raise RuntimeError(f"{kept[0]!r} is refused")
        if length.value == nothing_wrong:  # an error would come on top
            drop(handle)
            return
        response: Any = ffi_pb2.FfiResponse()
        response.ParseFromString(ctypes.string_at(answer, length.value))
        drop(handle)
        raise RuntimeError(getattr(response, kind).error)

    return direct


def _fine(ffi_pb2: Any, kind: str) -> bytes:
    """The answer without an error."""
    response = ffi_pb2.FfiResponse()
    getattr(response, kind).SetInParent()
    return response.SerializeToString()
