"""The command line, and the one place where everything is built and joined.

    deskmates                  the app
    deskmates server …         a companion server
    deskmates participant …    somebody in a session without a window
    deskmates demo …           a call with simulated classmates
    deskmates classmates …     simulated classmates in a session of your own
    deskmates screens …        pictures of every screen, for looking at
    deskmates --self-test      what works on this computer

Every command imports only what it needs: the window paints before the media libraries are loaded.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    _keep_libraries_to_ourselves()
    if arguments[:1] == ["server"]:
        from server.main import main as serve

        return serve(arguments[1:])
    command = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    if command == "participant":
        return _participant(arguments[1:])
    if command == "demo":
        return _demo(arguments[1:])
    if command == "classmates":
        return _classmates(arguments[1:])
    if command == "screens":
        return _screens(arguments[1:])
    return _app(arguments)


def _keep_libraries_to_ourselves() -> None:
    """Undo what the bundle's start does on Linux, once it has served: a browser that opens a link, or ``pactl``, would
    load the bundle's libraries in place of its system's.
    """
    if getattr(sys, "frozen", False) and sys.platform.startswith("linux"):
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
        if before is None:
            os.environ.pop("LD_LIBRARY_PATH", None)
        else:
            os.environ["LD_LIBRARY_PATH"] = before


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
    from app.windows import show_demo

    return show_demo(arguments)


def _classmates(argv: Sequence[str]) -> int:
    from app import classmates

    parser = argparse.ArgumentParser(
        prog="deskmates classmates", description="Simulated classmates join a session of yours, until Ctrl+C."
    )
    classmates.add_arguments(parser)
    return classmates.main(parser.parse_args(argv))


def _screens(argv: Sequence[str]) -> int:
    from app.ui.gallery import render

    parser = argparse.ArgumentParser(prog="deskmates screens", description="Paint every screen in every state.")
    render.add_arguments(parser)
    return render.main(parser.parse_args(argv))


def _app(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="deskmates",
        description="Study together over video.",
        epilog="Commands with options of their own: server, participant, demo, classmates. Try: deskmates demo --help",
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
    from app.windows import show_app

    return show_app()


if __name__ == "__main__":
    sys.exit(main())
