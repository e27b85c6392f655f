"""A whole server on the present event loop: store, desk, ASGI application, uvicorn."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Generator

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.wsproto_impl import WSProtocol

from server.asgi import asgi_app
from server.desk import build_desk
from server.realtime import MAX_MESSAGE_BYTES, Realtime, emitter, socket_server, wake_polls
from server.settings import ServerSettings
from server.store.choose import store_for
from server.store.interface import StoreUnavailable

GRACE_S = 2
"""How long requests in progress may take to finish when the server stops."""
EVERYWHERE = "0.0.0.0"


class CannotServe(Exception):
    """The server could not start; the text says why in plain words."""


class RunningServer:
    """``serve`` runs until ``stop``; ``on_ready`` is told the port once connections are accepted."""

    def __init__(self, settings: ServerSettings, on_ready: Callable[[int], None]) -> None:
        self._settings = settings
        self._on_ready = on_ready
        self._uvicorn: _Uvicorn | None = None
        self._is_stopped = False

    async def serve(self) -> None:
        """Raises CannotServe."""
        settings = self._settings
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            store = store_for(settings.database, settings.data_dir)
            await store.open()
        except (OSError, StoreUnavailable) as error:
            raise CannotServe(str(error)) from error
        try:
            with _listening(settings.host, settings.port) as listener:
                sio = socket_server(settings)
                try:
                    desk = await build_desk(settings, store, emitter(sio))
                except (OSError, ValueError) as error:
                    raise CannotServe(str(error)) from error
                try:
                    realtime = Realtime(sio, desk)
                    server = _Uvicorn(_config(asgi_app(desk, sio)), self._on_ready, lambda: wake_polls(sio))
                    await self._run(server, listener)
                    await sio.shutdown()
                    await realtime.close()
                finally:
                    desk.close()
        finally:
            await store.close()

    def stop(self) -> None:
        """Ask it to end. Callable from a signal handler; from another thread through the loop."""
        self._is_stopped = True
        if self._uvicorn is not None:
            self._uvicorn.should_exit = True

    async def _run(self, server: _Uvicorn, listener: socket.socket) -> None:
        self._uvicorn = server
        server.should_exit = self._is_stopped
        await server.serve(sockets=[listener])


class _Uvicorn(uvicorn.Server):
    """Says when it is ready, and leaves signals to whoever runs it."""

    def __init__(
        self, config: uvicorn.Config, on_ready: Callable[[int], None], on_stopping: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_stopping = on_stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if sockets:
            self._on_ready(sockets[0].getsockname()[1])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_stopping()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def _config(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        # by class, not by name: what is looked up by name gets lost in a bundle
        http=H11Protocol,
        ws=WSProtocol,
        ws_max_size=MAX_MESSAGE_BYTES,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )


@contextlib.contextmanager
def _listening(host: str, port: int) -> Generator[socket.socket]:
    """A bound socket. Raises CannotServe."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise CannotServe(f"cannot listen on {host}: {error}") from error
    with listener:
        _reuse(listener)
        try:
            if address[0] == EVERYWHERE:
                # Windows and macOS give it away beside another server that has this computer's own address alone, and
                # whoever calls from here would find that one.
                with socket.socket(family, kind, protocol) as probe:
                    _reuse(probe)
                    probe.bind(("127.0.0.1", port))
            listener.bind(address)
        except OSError as error:
            raise CannotServe(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
        yield listener


def _reuse(listener: socket.socket) -> None:
    """A restarted server gets its port again at once; on Windows this would let two share it."""
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def url_of(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
