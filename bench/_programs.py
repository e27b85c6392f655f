"""Programs of ours that answer in lines of JSON: started, asked, and ended by what we hold of them, never by name."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
ANSWER_S = 60.0
END_S = 15.0
LONGEST_LINE = 1 << 24


class ProgramFailed(RuntimeError):
    """It ended, or said nothing, instead of answering."""


class Program:
    """``python -m MODULE``, told what to do on its standard input and answering on its standard output."""

    def __init__(self, module: str, process: asyncio.subprocess.Process) -> None:
        self._module = module
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    @classmethod
    async def start(cls, module: str, options: Mapping[str, Any], **environment: str) -> Self:
        """Returns once it has said that it is ready.

        Raises:
            ProgramFailed: it did not.
        """
        program = cls(module, await _spawn(module, options, environment))
        try:
            await program._answer("start", ANSWER_S)
        except BaseException:
            await program.end()
            raise
        return program

    @classmethod
    async def outcome(cls, module: str, options: Mapping[str, Any], within_s: float) -> Any:
        """Of a program that is asked nothing: what it says once it is done.

        Raises:
            ProgramFailed: it said nothing in time.
        """
        program = cls(module, await _spawn(module, options, {}))
        try:
            return await program._answer("the whole task", within_s)
        finally:
            await program.end()

    async def ask(self, do: str, **more: Any) -> Any:
        """Tell it to ``do`` something, and wait for what it answers.

        Raises:
            ProgramFailed: it did not answer.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}).encode() + b"\n")
        return await self._answer(do, ANSWER_S)

    async def _answer(self, to: str, within_s: float) -> Any:
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), within_s)
        except TimeoutError:
            raise ProgramFailed(f"{self._module} did not answer {to!r} in {within_s:.0f} s") from None
        if not line:
            raise ProgramFailed(f"{self._module} ended at {to!r} instead of answering")
        return json.loads(line)

    async def end(self) -> None:
        """Let it leave; end it where it does not."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        for stop in (None, self._process.terminate, self._process.kill):
            if self._process.returncode is not None:
                return
            if stop is not None:
                stop()
            try:
                await asyncio.wait_for(self._process.wait(), END_S)
            except TimeoutError:
                continue


async def _spawn(module: str, options: Mapping[str, Any], environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        module,
        json.dumps(options),
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        limit=LONGEST_LINE,
    )
