"""The companion server as a process of its own, which can be killed as a power cut would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RUN = "import sys; from server.main import main; sys.exit(main(sys.argv[1:]))"


class ServerProcess:
    """``start``, ``stop``, ``url`` and ``port`` as ``EmbeddedServer`` has them; ``stop`` gives it no time at all."""

    def __init__(self, folder: Path, *, port: int = 0) -> None:
        self.port = port
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it listens.

        Raises:
            RuntimeError: it said something else.
        """
        command = [sys.executable, "-c", RUN, "--port", str(self.port), "--data", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        if not said.startswith("listening on "):
            self.stop()
            raise RuntimeError(f"the server did not start: it said {said!r}")
        self.port = int(said.rsplit(":", 1)[1])

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()
