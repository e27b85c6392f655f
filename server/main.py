"""``deskmates server``: the command line, and the one place that reads the environment."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from server.ice import IceSettings
from server.running import CannotServe, RunningServer, url_of
from server.settings import ServerSettings


def main(argv: Sequence[str]) -> int:
    """Serve until SIGINT or SIGTERM. Returns the exit status: 0 after a clean end, 1 where it could not start."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = _settings(arguments)
        asyncio.run(_serve(settings))
    except (CannotServe, ValueError) as error:
        print(f"deskmates server: {error}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


async def _serve(settings: ServerSettings) -> None:
    def say(port: int) -> None:
        # Not ``sys.stdout.write``: a program without a console has no such thing on Windows.
        print(f"listening on {url_of(settings.host, port)}", flush=True)  # noqa: T201

    server = RunningServer(settings, say)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: server.stop())
    await server.serve()


def _settings(arguments: argparse.Namespace) -> ServerSettings:
    return ServerSettings(
        data_dir=arguments.data,
        host=arguments.host,
        port=arguments.port,
        database=arguments.database,
        allow_anonymous_sockets=arguments.allow_anonymous_sockets,
        allowed_origins=tuple(arguments.allow_origin),
        ice=IceSettings.from_environment(os.environ),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="deskmates server", description="The server on which people meet.")
    parser.add_argument("--host", default="127.0.0.1", metavar="H", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", default=8765, type=_port, metavar="P", help="0: a free one (default: %(default)s)")
    parser.add_argument(
        "--data",
        default=Path(platformdirs.user_data_dir("deskmates-server", appauthor=False)),
        type=Path,
        metavar="DIR",
        help="where the database and the secret are kept (default: %(default)s)",
    )
    parser.add_argument("--database", metavar="URL", help="mongodb://... (default: SQLite in the data folder)")
    parser.add_argument(
        "--allow-anonymous-sockets",
        action="store_true",
        help="admit web clients that send no token; they are marked as unverified to everyone else",
    )
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a web origin that may use this server from a browser, such as https://example.org (may be repeated)",
    )
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
