"""What becomes of the windows where somebody is signed in, is not any more, or is somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.account import AccountPhase
from app.errors import ServerUnreachable
from app.ui.main_window import MainWindow
from protocol.rest import Profile
from tests.ui.own_desk import SERVER, OwnDesk, session

Open = Callable[[], MainWindow]


@pytest.fixture
def window(open_window: Open, desk: OwnDesk, student: Profile) -> MainWindow:
    """Of a student with one session that runs."""
    desk.account.remembered = student
    desk.server.sessions = {"live": session("live")}
    return open_window()


def test_a_second_window_of_whoever_is_signed_in_asks_nobody(
    window: MainWindow, open_window: Open, desk: OwnDesk
) -> None:
    desk.server.problem = ServerUnreachable(SERVER)
    again = open_window()
    assert again.shell.isVisible()
    assert desk.account.store.state.phase is AccountPhase.SIGNED_IN
    assert desk.server.asked.count("restore") == 1
