"""``deskmates server``: the command line, and the one place that reads the environment."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from server.ice import IceSettings
from server.running import CannotServe, RunningServer, url_of
from server.settings import ServerSettings

_ORIGIN = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
_USUAL_PORTS = {"http": ":80", "https": ":443"}
"""Which browsers leave out."""

_ENVIRONMENT = """\
environment, for calls between people behind routers:
  DESKMATES_STUN_URLS   how they find out their addresses: stun:stun.example.org:3478
  DESKMATES_TURN_URLS   what relays for those who cannot reach each other: turn:turn.example.org:3478?transport=udp
  DESKMATES_TURN_SECRET what this server shares with the TURN server (coturn: static-auth-secret)
Several addresses are separated by commas.
"""


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
    parser = argparse.ArgumentParser(
        prog="deskmates server",
        description="The server on which people meet.",
        epilog=_ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
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
        type=_origin,
        metavar="ORIGIN",
        help="a web origin that may use this server from a browser, such as https://example.org (may be repeated)",
    )
    return parser


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def _origin(text: str) -> str:
    """As a browser would send it: it is compared letter by letter."""
    if text == "*":
        return text
    found = _ORIGIN.fullmatch(text.lower())
    if found is None:
        raise argparse.ArgumentTypeError(f"an origin is like https://example.org, with nothing after it, not {text!r}")
    return found[0].removesuffix(_USUAL_PORTS.get(found["scheme"], ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
