"""The window of one room: puts the parts together, shows snapshots of the state and turns what people do into
intents.

Promises: it joins when it is first shown; closing it leaves; ``left`` comes exactly once, after the goodbye (or when
that takes too long), and then the window is closed for good.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.engine import Engine
from app.errors import DeviceKind, DeviceProblem
from app.room.state import Link, MessageKind, RoomState
from app.ui.bridge import Intents, StoreBridge
from app.ui.components.focus_ring import FocusRing
from app.ui.components.toasts import ToastStack
from app.ui.icons import window_icon
from app.ui.room import grid
from app.ui.room.banner import LinkBanner
from app.ui.room.controls import HEIGHT as CONTROLS_HEIGHT
from app.ui.room.controls import ControlBar
from app.ui.room.leaving import LONGEST_MS, SLOW_MS, LeavingCover
from app.ui.room.notices import Teller
from app.ui.room.port import Room
from app.ui.room.refused import RefusedPage
from app.ui.room.shortcuts import bind
from app.ui.room.side_panel import CHAT, PEOPLE, SidePanel
from app.ui.room.side_panel import WIDTH as PANEL_WIDTH
from app.ui.room.stage import Stage
from app.ui.room.top_bar import HEIGHT as TOP_HEIGHT
from app.ui.room.top_bar import TopBar
from app.ui.theme import theme
from app.ui.words import explain, explain_device, line, tr

LEAST_WIDTH, LEAST_HEIGHT = 800, 560
OVERLAY_BELOW = 1100
"""In narrower windows the side panel lies over the stage."""
_PILL_CLEARANCE = 44
"""Toasts stand above the name pills."""


class RoomWindow(QWidget):
    left = Signal()

    def __init__(self, engine: Engine, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._engine = engine
        self._room = room
        self._has_joined = False
        self._is_leaving = False
        self._has_left = False
        self._problems: dict[DeviceKind, DeviceProblem | None] = {}
        self._intents = Intents(self._on_failed)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(1440, 900)
        self.setWindowIcon(window_icon())
        self.top_bar = TopBar()
        self.controls = ControlBar()
        self.stage = Stage(room.picture, room.self_view, room.server, LinkBanner())
        self.panel = SidePanel()
        self.refused = RefusedPage()
        self._pages = QStackedWidget(self)
        self._content = QWidget()
        self._pages.addWidget(self._content)
        self._pages.addWidget(self.refused)
        for part in (self.top_bar, self.controls, self.stage, self.panel):
            part.setParent(self._content)
        self.toasts = ToastStack(self.stage, lift=_PILL_CLEARANCE, left=grid.GAP)
        self._teller = Teller(self.toasts, self)
        self._cover = LeavingCover(self)
        self._ring = FocusRing(self)
        self.panel.hide()
        self._connect()
        self._bind_keys()
        self.bridge = StoreBridge(room.store)
        self.bridge.listen(self._show_state)
        theme().changed.connect(self._repaint)

    # -- what people do

    def _connect(self) -> None:
        room, controls, chat = self._room, self.controls, self.panel.chat
        controls.microphone_wanted.connect(lambda on: self._do(room.set_microphone(on)))
        controls.camera_wanted.connect(lambda on: self._do(room.set_camera(on)))
        controls.chat_pressed.connect(lambda: self._press_panel(CHAT))
        controls.people_pressed.connect(lambda: self._press_panel(PEOPLE))
        controls.leave_pressed.connect(self.leave)
        chat.said.connect(self._say)
        chat.retried.connect(lambda key: self._do(room.retry(key)))
        chat.discarded.connect(lambda key: self._do(room.discard(key)))
        chat.earlier_wanted.connect(lambda: self._do(room.load_earlier()))
        chat.unread_changed.connect(self._show_panel_buttons)
        self.panel.people.volume_changed.connect(lambda who, volume: self._do(room.set_volume(who, volume)))
        self.panel.tab_chosen.connect(self._show_panel_buttons)
        self.panel.escaped.connect(self._on_panel_escape)
        self.stage.retried.connect(lambda who: self._do(room.reconnect_peer(who)))
        self.stage.everybody_wanted.connect(lambda: self.open_panel(PEOPLE))
        self.stage.banner.try_again_pressed.connect(lambda: self._do(room.try_again()))
        self.stage.banner.leave_pressed.connect(self.leave)
        self.refused.back_pressed.connect(self.leave)

    def _bind_keys(self) -> None:
        bind(
            self,
            {
                "M": self.controls.microphone.click,
                "Ctrl+D": self.controls.microphone.click,
                "V": self.controls.camera.click,
                "Ctrl+E": self.controls.camera.click,
                "C": self.controls.chat.click,
                "P": self.controls.people.click,
                "F11": self._turn_full_screen,
                "F2": lambda: self.controls.microphone.setFocus(Qt.FocusReason.ShortcutFocusReason),
            },
        )

    def _do(self, intent: Coroutine[Any, Any, None]) -> None:
        self._intents.start(self._engine.call(intent))

    def _say(self, text: str, kind: MessageKind) -> None:
        def failed(error: Exception) -> None:
            self.panel.chat.composer.give_back(text)
            self._on_failed(error)

        self._intents.start(self._engine.call(self._room.say(text, kind)), failed=failed)

    def _on_failed(self, error: Exception) -> None:
        self.toasts.fail(explain(error))

    def _turn_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    # -- the panel

    @property
    def open_tab(self) -> str:
        """What the side panel shows, or "" while it is closed."""
        return "" if self.panel.isHidden() else self.panel.tab

    def open_panel(self, tab: str) -> None:
        self.panel.choose(tab)
        self.panel.show()
        self._place()
        self._show_panel_buttons()
        if tab == CHAT:
            self.panel.chat.composer.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        had_focus = self.panel.isAncestorOf(QApplication.focusWidget() or self)
        button = self.controls.chat if self.panel.tab == CHAT else self.controls.people
        self.panel.hide()
        self._place()
        self._show_panel_buttons()
        if had_focus:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press_panel(self, tab: str) -> None:
        if self.open_tab == tab:
            self.close_panel()
        else:
            self.open_panel(tab)

    def _on_panel_escape(self) -> None:
        if self._overlays:
            self.close_panel()
        else:
            self.controls.microphone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_panel_buttons(self) -> None:
        self.controls.show_panel(self.open_tab, self.panel.chat.unread)

    # -- snapshots

    def _show_state(self, state: RoomState) -> None:
        self.setWindowTitle(f"{line(state.session.title) or tr('Study room')} – Deskmates")
        if state.link is Link.REFUSED:
            self.refused.show_state(state)
            self._pages.setCurrentWidget(self.refused)
            if self.refused.back is not None:
                self.refused.back.setFocus(Qt.FocusReason.OtherFocusReason)
        if state.link is Link.LEFT:
            self._on_left_without_us()
            return
        self.top_bar.show_state(state)
        self.stage.show_state(state)
        self.panel.show_state(state)
        self.controls.show_switches(state.microphone, state.camera)
        self._teller.show_notices(state.notices)
        self._tell_problem(DeviceKind.MICROPHONE, state.microphone.problem)
        self._tell_problem(DeviceKind.CAMERA, state.camera.problem)

    def _tell_problem(self, kind: DeviceKind, problem: DeviceProblem | None) -> None:
        """Once, when it begins; the button keeps saying it."""
        if problem is not None and self._problems.get(kind) is not problem:
            self.toasts.fail(explain_device(kind, problem))
        self._problems[kind] = problem

    # -- coming and going

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_joined:
            self._has_joined = True
            if not self._overlays:
                self.panel.show()
                self._show_panel_buttons()
            self._place()
            self.controls.microphone.setProperty("ring", False)  # the ring comes with the first key
            self.controls.microphone.setFocus(Qt.FocusReason.MouseFocusReason)
            self._do(self._room.join())

    def leave(self) -> None:
        """Say goodbye, then close. Pressing it twice leaves once."""
        if self._is_leaving:
            return
        self._is_leaving = True
        self.controls.leave.setEnabled(False)
        QTimer.singleShot(SLOW_MS, self, self._show_leaving)
        QTimer.singleShot(LONGEST_MS, self, self._finish)
        self._intents.start(
            self._engine.call(self._room.leave()), done=lambda _: self._finish(), failed=lambda _: self._finish()
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._has_left:
            event.accept()
            return
        event.ignore()
        self.leave()

    def _on_left_without_us(self) -> None:
        """The engine left by itself; while we are leaving, the end of our own goodbye counts."""
        if not self._is_leaving:
            self._is_leaving = True
            self._finish()

    def _show_leaving(self) -> None:
        if not self._has_left:
            self._cover.cover()

    def _finish(self) -> None:
        if self._has_left:
            return
        self._has_left = True
        self.bridge.close()
        self.stage.let_go()
        self.close()
        self.left.emit()

    # -- places

    @property
    def _overlays(self) -> bool:
        return self.width() < OVERLAY_BELOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        became_narrow = event.oldSize().width() >= OVERLAY_BELOW > event.size().width()
        if became_narrow and not self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self.close_panel()
        self._pages.setGeometry(self.rect())
        self._cover.setGeometry(self.rect())
        self._place()

    def _place(self) -> None:
        width, height = self.width(), self.height()
        middle = height - TOP_HEIGHT - CONTROLS_HEIGHT
        self.top_bar.setGeometry(0, 0, width, TOP_HEIGHT)
        self.controls.setGeometry(0, height - CONTROLS_HEIGHT, width, CONTROLS_HEIGHT)
        is_open = not self.panel.isHidden()
        beside = PANEL_WIDTH if is_open and not self._overlays else 0
        self.stage.setGeometry(0, TOP_HEIGHT, width - beside, middle)
        self.panel.setGeometry(width - PANEL_WIDTH, TOP_HEIGHT, PANEL_WIDTH, middle)
        self.panel.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._overlays and self.open_tab:
            self.close_panel()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.stage.look_again()
        elif event.type() == QEvent.Type.LanguageChange:
            self._show_state(self.bridge.state)

    def _repaint(self) -> None:
        for part in self.findChildren(QWidget):
            part.update()
