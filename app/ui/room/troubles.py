"""What keeps a device of ours from working while we are in the room, said once when it begins.

Promises: it is taken back when the device works or is no longer wanted, so that nothing is on show that is not true any
more. A microphone or camera that was missing on the way in was told in the green room: here only its button says so,
until somebody presses it. What can be done without stays for a moment only, what broke stays until it is dismissed.
"""

from __future__ import annotations

from app.errors import DeviceKind, DeviceProblem
from app.room.state import RoomState, Switch
from app.ui.components.toasts import ToastStack
from app.ui.devices.system_settings import open_settings, settings_page
from app.ui.words import explain_device_inside, tr


class Troubles:
    def __init__(self, toasts: ToastStack) -> None:
        self._toasts = toasts
        self._told: dict[DeviceKind, tuple[DeviceProblem, str]] = {}
        """The problem of now and the words that were said of it, "" for none."""
        self._asked: set[DeviceKind] = set()
        self._worked: set[DeviceKind] = set()

    def asked(self, kind: DeviceKind) -> None:
        """Somebody wants to have it on: what is in the way is news again."""
        self._asked.add(kind)
        self._take_back(kind)

    def show_state(self, state: RoomState) -> None:
        self._show(DeviceKind.MICROPHONE, state.microphone)
        self._show(DeviceKind.CAMERA, state.camera)
        self._show(DeviceKind.SCREEN, state.sharing)

    def _show(self, kind: DeviceKind, switch: Switch) -> None:
        if switch.actual:
            self._worked.add(kind)
        problem = switch.problem
        told = self._told.get(kind)
        if told is not None and told[0] is not problem:
            self._take_back(kind)
            told = None
        if problem is not None and told is None:
            self._told[kind] = problem, self._tell(kind, problem)
            self._worked.discard(kind)

    def _tell(self, kind: DeviceKind, problem: DeviceProblem) -> str:
        words = explain_device_inside(kind, problem)
        is_missing = problem is DeviceProblem.ABSENT and kind is not DeviceKind.SCREEN
        if is_missing and kind not in self._worked:
            if kind not in self._asked:
                return ""
            self._toasts.tell(words, "circle-alert", "warn")
            return words
        page = settings_page(kind, problem)
        if page:
            self._toasts.fail(words, tr("Open Settings"), lambda: open_settings(page))
        else:
            self._toasts.fail(words)
        return words

    def _take_back(self, kind: DeviceKind) -> None:
        _, words = self._told.pop(kind, (None, ""))
        if words:
            self._toasts.take_back(words)
