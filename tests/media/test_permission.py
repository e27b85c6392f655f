"""What a person refuses is called so, and they are asked where the system asks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import av.error
import pytest
from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QEventLoop,
    QMicrophonePermission,
    QObject,
    Qt,
    QThread,
    QTimer,
)
from pytestqt.qtbot import QtBot

from app.errors import DeviceError, DeviceKind, DeviceProblem
from app.media import permission
from app.media.capture import producers
from app.media.capture.feeds import Feeds
from app.media.capture.opening import device_error
from app.media.capture.worker import Produce
from app.media.qt_permission import QtPermission, shared
from app.media.sources import SourceSpec
from app.ui.devices.system_settings import settings_page
from tests.media.calls import SMALL, TEST

CAMERA, MICROPHONE = DeviceKind.CAMERA, DeviceKind.MICROPHONE
UNDETERMINED, GRANTED, DENIED = (
    Qt.PermissionStatus.Undetermined,
    Qt.PermissionStatus.Granted,
    Qt.PermissionStatus.Denied,
)
DEVICE = SourceSpec.parse("device:x")
PATIENCE_MS = 20_000


class MacOS:
    """A system that asks once, and lets the test answer in the person's place."""

    def __init__(self, status: Qt.PermissionStatus) -> None:
        self.status = status
        self.asked: list[tuple[type, QThread]] = []
        self._answered: list[Callable[..., Any]] = []

    def checkPermission(self, permission: Any, /) -> Qt.PermissionStatus:
        return self.status

    def requestPermission(self, permission: Any, context: QObject, functor: Callable[..., Any], /) -> None:
        self.asked.append((type(permission), QThread.currentThread()))
        self._answered.append(functor)

    def answer(self, status: Qt.PermissionStatus) -> None:
        self.status = status
        self._answered.pop()(permission)


class Asking:
    """The engine's side, in a thread with a loop of its own."""

    def __init__(self, through: QtPermission, kind: DeviceKind) -> None:
        self.refused: DeviceError | None = None
        self.is_over = False
        self._through = through
        self._kind = kind
        self._thread = threading.Thread(target=self._run, name="asking", daemon=True)

    def turn_until(self, comes: Callable[[], object]) -> None:
        """Begin in a loop of Qt's that turns without a pause until ``comes``, as the app's does."""
        loop = QEventLoop()
        look = QTimer(interval=5)
        look.timeout.connect(lambda: loop.quit() if comes() else None)
        look.start()
        QTimer.singleShot(0, loop, self._thread.start)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        loop.exec()
        assert comes()

    def _run(self) -> None:
        try:
            asyncio.run(self._through.ask(self._kind))
        except DeviceError as error:
            self.refused = error
        self.is_over = True


@pytest.mark.parametrize(("kind", "asked"), [(CAMERA, QCameraPermission), (MICROPHONE, QMicrophonePermission)])
@pytest.mark.parametrize("answer", [GRANTED, DENIED])
def test_the_person_is_asked_and_has_time_for_the_answer(
    qapp: QCoreApplication, qtbot: QtBot, kind: DeviceKind, asked: type, answer: Qt.PermissionStatus
) -> None:
    macos = MacOS(UNDETERMINED)
    asking = Asking(QtPermission(macos, qapp.thread()), kind)
    asking.turn_until(lambda: macos.asked)
    assert macos.asked == [(asked, qapp.thread())]
    assert not asking.is_over
    macos.answer(answer)
    qtbot.waitUntil(lambda: asking.is_over)
    if answer is GRANTED:
        assert asking.refused is None
        return
    assert asking.refused is not None
    assert (asking.refused.kind, asking.refused.problem) == (kind, DeviceProblem.DENIED)
    assert settings_page(kind, asking.refused.problem, "darwin"), "there is a page that mends it"


@pytest.mark.parametrize("status", [GRANTED, DENIED])
def test_nobody_is_asked_again(qapp: QCoreApplication, status: Qt.PermissionStatus) -> None:
    macos = MacOS(status)
    asking = Asking(QtPermission(macos, qapp.thread()), CAMERA)
    asking.turn_until(lambda: asking.is_over)
    assert macos.asked == []
    assert (asking.refused is not None) == (status is DENIED)


def test_where_qt_may_not_ask_the_device_is_opened_and_the_system_asks_by_itself(
    qapp: QCoreApplication, qtbot: QtBot
) -> None:
    macos = MacOS(UNDETERMINED)
    asking = Asking(QtPermission(macos, qapp.thread()), CAMERA)
    asking.turn_until(lambda: macos.asked)
    macos.answer(UNDETERMINED)
    qtbot.waitUntil(lambda: asking.is_over)
    assert asking.refused is None


class Forgetful(MacOS):
    """Asks with Qt's own words."""

    def requestPermission(self, permission: Any, context: QObject, functor: Callable[..., Any], /) -> None:
        super().requestPermission(permission, context, functor)
        app = QCoreApplication.instance()
        assert app is not None
        app.requestPermission(permission, context, functor)


def test_qt_answers_as_it_is_asked(qapp: QCoreApplication) -> None:
    forgetful = Forgetful(UNDETERMINED)
    asking = Asking(QtPermission(forgetful, qapp.thread()), CAMERA)
    asking.turn_until(lambda: asking.is_over)
    assert forgetful.asked
    assert asking.refused is None


async def test_a_program_without_a_loop_of_qts_asks_nobody(qapp: QCoreApplication) -> None:
    macos = MacOS(UNDETERMINED)
    thread = QThread()
    await QtPermission(macos, thread).ask(CAMERA)
    assert macos.asked == []


async def test_qt_is_asked_for_the_system(qapp: QCoreApplication) -> None:
    assert shared() is shared() is not None
    for kind in DeviceKind:
        await permission.ask(kind)


async def test_what_is_denied_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[SourceSpec] = []

    def pictures(spec: SourceSpec, *_others: object) -> Produce:
        opened.append(spec)
        return real(spec, SMALL)

    async def refuse(kind: DeviceKind) -> None:
        raise DeviceError(kind, DeviceProblem.DENIED)

    real = producers.pictures
    monkeypatch.setattr(producers, "pictures", pictures)
    feeds = Feeds(SMALL, lambda _frame, _at: None, lambda _sound, _at: None, lambda _kind, _error: None, ask=refuse)
    with pytest.raises(DeviceError) as raised:
        await feeds.open(CAMERA, DEVICE)
    assert raised.value.problem is DeviceProblem.DENIED
    assert opened == []
    await feeds.open(CAMERA, TEST)
    assert opened == [TEST], "a test picture is nobody's to allow"
    await feeds.close_all()


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, False),
        ({"webcam": ("Allow", "Allow"), r"webcam\NonPackaged": ("Allow",)}, False),
        ({"webcam": ("Deny", "Allow")}, True),
        ({"webcam": ("Allow", "Deny")}, True),
        ({"webcam": ("Allow",), r"webcam\NonPackaged": ("Deny",)}, True),
        ({"microphone": ("Deny",)}, False),
    ],
)
def test_windows_says_in_its_settings_what_is_refused(said: dict[str, tuple[str, ...]], refused: bool) -> None:
    assert permission.is_refused(CAMERA, lambda place: said.get(place, ())) == refused
    assert not permission.is_refused(DeviceKind.SCREEN, lambda _place: ("Deny",))


def test_a_refused_camera_of_windows_is_not_called_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    error = av.error.OSError(5, "Input/output error")
    monkeypatch.setattr(permission, "is_refused", lambda kind: kind is CAMERA)
    problem = device_error(CAMERA, error, lambda: True).problem
    assert problem is DeviceProblem.DENIED
    assert settings_page(CAMERA, problem, "win32")
    assert device_error(MICROPHONE, error, lambda: True).problem is DeviceProblem.BUSY
    assert device_error(CAMERA, error, lambda: False).problem is DeviceProblem.ABSENT
