"""What a participant's network code brings along, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import app.net.signaling
print(" ".join(sorted({"requests", "urllib3", "websocket", "socketio"} & set(sys.modules))))
"""


def test_only_what_is_used_of_pythons_socketio_is_imported() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["socketio"]


def test_what_was_hidden_can_be_imported_afterwards() -> None:
    program = "import app.net.signaling, sys; assert 'requests' not in sys.modules; import requests, websocket"
    subprocess.run([sys.executable, "-c", program], check=True)
