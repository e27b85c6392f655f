"""Whether windows can be seen through here.

On X11 that takes a compositing manager; without one, what a window leaves clear is black. Everywhere else it is so.
"""

from __future__ import annotations

import ctypes
from functools import cache

from PySide6.QtGui import QGuiApplication, QNativeInterface

_MANAGER = b"_NET_WM_CM_S0"
"""Who composites owns this selection (Extended Window Manager Hints 1.5)."""


def can_see_through() -> bool:
    """Asks anew each time: a compositor comes and goes."""
    app = QGuiApplication.instance()
    if not isinstance(app, QGuiApplication) or QGuiApplication.platformName() != "xcb":
        return True
    native = app.nativeInterface()
    return not isinstance(native, QNativeInterface.QX11Application) or _has_manager(native.connection())


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Reply(ctypes.Structure):
    """What is asked here is answered by one number: an atom, or a window."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


@cache
def _xcb() -> ctypes.CDLL:
    """Qt's own plugin has loaded it already."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_intern_atom.argtypes = (ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_char_p)
    xcb.xcb_get_selection_owner.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    for ask in (xcb.xcb_intern_atom, xcb.xcb_get_selection_owner):
        ask.restype = _Cookie
    for hear in (xcb.xcb_intern_atom_reply, xcb.xcb_get_selection_owner_reply):
        hear.argtypes = (ctypes.c_void_p, _Cookie, ctypes.c_void_p)
        hear.restype = ctypes.POINTER(_Reply)
    return xcb


def _has_manager(connection: int) -> bool:
    xcb = _xcb()
    asked = xcb.xcb_intern_atom(connection, 0, len(_MANAGER), _MANAGER)
    atom = _value(xcb.xcb_intern_atom_reply(connection, asked, None))
    asked = xcb.xcb_get_selection_owner(connection, atom)
    return _value(xcb.xcb_get_selection_owner_reply(connection, asked, None)) != 0


def _value(reply: ctypes._Pointer[_Reply]) -> int:  # pyright: ignore[reportPrivateUsage]
    """0 where there was no answer. The reply is ours to free."""
    if not reply:
        return 0
    value = int(reply.contents.value)
    free = ctypes.CDLL(None).free
    free.argtypes = (ctypes.c_void_p,)
    free(reply)
    return value
