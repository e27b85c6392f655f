"""The relay as a process: started, killed and started again at the same address."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from tests.relay.npm import installed, tool

HERE = Path(__file__).parent
START_S = 20.0


@dataclass
class Relay:
    """``data`` is the file that outlives it; ``port`` 0 becomes the port it got."""

    data: Path
    port: int = 0
    _process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Returns once it listens.

        Raises:
            MissingToolError: there is no Node or no npm.
            RuntimeError: it ended, or said nothing, instead of listening.
        """
        node, packages = tool("node", "nodejs"), installed(HERE) / "node_modules"
        command = [str(node), str(HERE / "relay.js"), "--port", str(self.port), "--data", str(self.data)]
        environment = {**os.environ, "NODE_PATH": str(packages)}
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(*command, stdout=pipe, env=environment)
        assert self._process.stdout is not None
        async with asyncio.timeout(START_S):
            line = (await self._process.stdout.readline()).decode()
        if not line.startswith("listening on "):
            raise RuntimeError(f"the relay did not start: it said {line!r}")
        self.port = int(line.rsplit(":", 1)[1])

    async def kill(self) -> None:
        """End it as a power cut would: nobody is told."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await process.communicate()
