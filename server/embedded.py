"""A server inside another program, in a thread with a loop of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from server.running import RunningServer, url_of
from server.settings import ServerSettings

_START_S = 30.0
_STOP_S = 15.0


class EmbeddedServer:
    """``start`` returns when connections are accepted.

    ``data_dir`` holds what a later server needs to go on where this one stopped.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        database: str | None = None,
        allow_anonymous_sockets: bool = False,
        allowed_origins: Sequence[str] = (),
        name: str = "Deskmates",
    ) -> None:
        self._settings = ServerSettings(
            data_dir=data_dir,
            host=host,
            port=port,
            database=database,
            allow_anonymous_sockets=allow_anonymous_sockets,
            allowed_origins=tuple(allowed_origins),
            name=name,
        )
        self._host = host
        self._port = port
        self._server: RunningServer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port it listens on; 0 before the first start where a free one was asked for."""
        return self._port

    @property
    def url(self) -> str:
        return url_of(self._host, self._port)

    def start(self) -> None:
        """Raises CannotServe."""
        if self._thread is not None:
            raise RuntimeError("the server runs already")
        ready: Future[int] = Future()
        self._server = RunningServer(self._settings, ready.set_result)
        self._thread = threading.Thread(target=self._run, args=(self._server, ready), name="server", daemon=True)
        self._thread.start()
        try:
            self._port = ready.result(_START_S)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Returns when everything is closed. Stopping twice is no error."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        if self._server is not None and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._server.stop)
        thread.join(_STOP_S)
        if thread.is_alive():
            raise RuntimeError("the server did not stop")

    def _run(self, server: RunningServer, ready: Future[int]) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await server.serve()

        try:
            asyncio.run(serve())
        except Exception as error:
            if ready.done():
                raise
            ready.set_exception(error)
