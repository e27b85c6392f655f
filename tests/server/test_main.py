"""``deskmates server`` as a process."""

from __future__ import annotations

import re
import signal
import socket
import urllib.request
from pathlib import Path

import pytest

from server.main import main
from tests.server.processes import address, free_port, process, python, wait_for_port

SERVE = "import sys; from server.main import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with process(python("-c", SERVE, "--port", "0", "--data", str(tmp_path / "data"))) as server:
        url = address(server)
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d*", url)
        with urllib.request.urlopen(f"{url}/api/server", timeout=10) as response:
            assert response.status == 200
        server.send_signal(number)
        out, err = server.communicate(timeout=30)
        assert (server.returncode, out, err) == (0, "", "")
    assert (tmp_path / "data" / "deskmates.db").exists()


def test_it_serves_without_a_console(tmp_path: Path) -> None:
    """A windowed program of Windows has neither of these."""
    without = f"import sys; sys.stdout = sys.stderr = None; {SERVE}"
    port = free_port()
    with process(python("-c", without, "--port", str(port), "--data", str(tmp_path))) as server:
        wait_for_port(port, server)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/server", timeout=10) as response:
            assert response.status == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0


def test_settings_reach_the_server(tmp_path: Path) -> None:
    origin = "https://study.example"
    said = "https://Study.Example:443"
    options = ["--allow-anonymous-sockets", "--allow-origin", said, "--allow-origin", "https://b.example"]
    with process(python("-c", SERVE, "--port", "0", "--data", str(tmp_path), *options)) as server:
        request = urllib.request.Request(f"{address(server)}/api/server", headers={"Origin": origin})
        with urllib.request.urlopen(request, timeout=10) as response:
            assert response.headers["Access-Control-Allow-Origin"] == origin
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0


def test_why_it_cannot_start_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["--port", port, "--data", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("deskmates server: cannot listen on 127.0.0.1, port")
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--port", "many"], "a port is a number from 0 to 65535, not 'many'"),
        (["--port", "70000"], "a port is a number from 0 to 65535"),
        (["--colour", "blue"], "--colour"),
        (["--allow-origin", "example.org"], "an origin is like https://example.org"),
        (["--allow-origin", "https://example.org/"], "with nothing after it"),
    ],
)
def test_a_wrong_option_is_said(arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    assert ending.value.code == 2
    said = capsys.readouterr().err
    assert "usage" in said
    assert why in said


def test_a_wrong_address_in_the_environment_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKMATES_STUN_URLS", "stun.example.org:3478")
    assert main(["--port", "0", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("deskmates server: DESKMATES_STUN_URLS: ")
    assert said.count("\n") == 1


def test_help_names_what_is_set_in_the_environment(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    for variable in ("DESKMATES_STUN_URLS", "DESKMATES_TURN_URLS", "DESKMATES_TURN_SECRET"):
        assert variable in said
