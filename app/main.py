"""The command line, and the one place where everything is built and joined.

    deskmates                  the app
    deskmates server …         a companion server
    deskmates participant …    somebody in a session without a window
    deskmates demo …           a call with simulated classmates
    deskmates --self-test      what works on this computer

Every command imports only what it needs: the window paints before the media libraries are loaded.
"""

from __future__ import annotations

import argparse
import faulthandler
import logging
import logging.handlers
import sys
import threading
from collections.abc import Sequence
from types import TracebackType

from app import paths

log = logging.getLogger(__name__)

LOG_BYTES = 1_000_000
LOG_FILES = 3


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["server"]:
        from server.main import main as serve

        return serve(arguments[1:])
    command = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    if command == "participant":
        return _participant(arguments[1:])
    if command == "demo":
        return _demo(arguments[1:])
    return _app(arguments)


def _participant(argv: Sequence[str]) -> int:
    from app import participant

    parser = argparse.ArgumentParser(prog="deskmates participant", description="Join a session without a window.")
    participant.add_arguments(parser)
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return participant.main(arguments)


def _demo(argv: Sequence[str]) -> int:
    from app import demo

    parser = argparse.ArgumentParser(prog="deskmates demo", description="A call with simulated classmates.")
    demo.add_arguments(parser)
    arguments = parser.parse_args(argv)
    if arguments.headless:
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        return demo.main(arguments)
    log_to_file()
    from app.windows import show_demo

    return show_demo(arguments)


def _app(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="deskmates",
        description="Study together over video.",
        epilog="Commands with options of their own: server, participant, demo. Try: deskmates demo --help",
    )
    parser.add_argument("--self-test", action="store_true", help="try every part on this computer and say what works")
    parser.add_argument("--version", action="store_true")
    arguments = parser.parse_args(argv)
    if arguments.version:
        from protocol.version import VERSION

        print(f"Deskmates {VERSION}")  # noqa: T201
        return 0
    if arguments.self_test:
        from app.selftest import main as self_test

        return self_test()
    log_to_file()
    from app.windows import show_app

    return show_app()


def log_to_file() -> None:
    """A windowed program has no standard error: what went wrong is kept in a rotating file, crashes and lost exceptions
    too.
    """
    folder = paths.log_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "deskmates.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
        crashes = (folder / "crash.log").open("a", encoding="utf-8")
        faulthandler.enable(crashes)
    except OSError as error:
        handler = logging.StreamHandler()
        print(f"no log file in {folder}: {error}", file=sys.stderr)  # noqa: T201
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.captureWarnings(True)
    sys.excepthook = _log_exception
    threading.excepthook = _log_thread_exception


def _log_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("uncaught", exc_info=(kind, error, trace))
    if sys.__stderr__ is not None:
        sys.__excepthook__(kind, error, trace)


def _log_thread_exception(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        _log_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


if __name__ == "__main__":
    sys.exit(main())
