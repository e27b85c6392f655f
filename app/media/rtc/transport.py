"""Our RTCDtlsTransport: media goes in and out within one call, without a task, a queue or a coroutine for each packet.

aiortc hands every datagram from a callback through a queue to a task, through four coroutines, and makes a line for
the log at each station, whether or not anybody reads it. At 720p30 that is 200 packets a second from and to everybody.
What is no media (the handshake, most of RTCP) still goes aiortc's way. Here is also where the arrival of packets that
ask for it is noted and reported to their sender (``feedback``, ``reporting``), and where the reports of the other end
become limits for those who send (``rate``, ``budget``).
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Protocol, runtime_checkable

import pylibsrtp
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsTransport, RtpReceiver, RtpSender, State
from aiortc.rtcicetransport import RTCIceTransport
from aiortc.rtcrtpparameters import RTCRtpReceiveParameters
from aiortc.rtp import is_rtcp

from app.media.rtc import names
from app.media.rtc.budget import Budget, Spender
from app.media.rtc.feedback import Arrivals
from app.media.rtc.intake import Intake
from app.media.rtc.packets import Arrived, Extensions, parse
from app.media.rtc.rate import RateEstimator
from app.media.rtc.reporting import ReportPace
from app.media.rtc.reports import divided, is_one_report

log = logging.getLogger(__name__)

WIRE = 40
"""Bytes of a packet's IP, UDP and SRTP, and of its number."""
PROMPT_S = 0.002
"""To encrypt a packet and hand it to the kernel takes a fiftieth of this."""
LONGEST = 1500
"""Bytes that pylibsrtp takes. One more, from anybody at all, would end aiortc's receive loop and the connection."""
COMPONENT = 1
ROUTES = 64
"""A peer that changes its sources all the time must not fill the memory."""


@runtime_checkable
class Taker(Protocol):
    """A receiver that is told of packets in the callback."""

    rtcp_ssrc: int | None

    def take(self, packet: Arrived, now: float) -> None: ...


class DirectTransport(RTCDtlsTransport):
    """Reason: less than half the processor for each packet."""

    def __init__(self, transport: RTCIceTransport, certificates: list[RTCCertificate]) -> None:
        super().__init__(transport, certificates)
        self._extensions = Extensions()
        self._routes: dict[tuple[int, int], Taker] = {}
        """SSRC and payload type → who takes it: aiortc's router, remembered."""
        self._arrivals = Arrivals()
        self._report_for = (0, 0)
        self._pace = ReportPace()
        self._reporting: asyncio.TimerHandle | None = None
        self._rate = RateEstimator()
        self._budget = Budget()
        self._connection: Any = getattr(transport, names.ICE_CONNECTION)
        self._others: Any = self._connection.data_received

    @property
    def path_rate(self) -> int | None:
        """Bits a second that the path carries, as far as we found out; None where the other end reports nothing."""
        return self._rate.rate if self._rate.is_told else None

    def spends(self, spender: Spender) -> None:
        """``spender`` numbers its packets, and wants to be told how much it may send."""
        self._budget.add(spender)

    def send_numbered(self, head: bytes, tail: bytes) -> None:
        """``send_now``, with the transport-wide sequence number between ``head`` and ``tail``.

        Raises:
            ConnectionError: there is no connection.
        """
        now = time.monotonic()
        number = self._rate.sent(len(head) + len(tail) + WIRE, now)
        self.send_now(head + number.to_bytes(2) + tail)
        if time.monotonic() - now > PROMPT_S:
            self._rate.delayed()

    def send_now(self, data: bytes) -> None:
        """Encrypt ``data``, an RTP packet or RTCP ones, and put it on the wire.

        Raises:
            ConnectionError: there is no connection.
        """
        pair = getattr(self._connection, names.NOMINATED).get(COMPONENT)
        if self._state is not State.CONNECTED or pair is None:
            raise ConnectionError("not connected")
        session = self._tx_srtp
        sealed = session.protect_rtcp(data) if is_rtcp(data) else session.protect(data)
        pair.protocol.transport.sendto(sealed, pair.remote_addr)

    def _set_state(self, state: State) -> None:
        super()._set_state(state)
        if state is State.CONNECTED:
            setattr(self._connection, names.DATA_RECEIVED, self._datagram)
            self._read_directly()
        elif state in (State.CLOSED, State.FAILED) and self._reporting is not None:
            self._reporting.cancel()

    def _read_directly(self) -> None:
        """Read all our sockets, not only that of the pair we send over: the other end may have chosen another one."""
        for protocol in getattr(self._connection, names.PROTOCOLS):
            if isinstance(protocol.transport, asyncio.DatagramTransport):  # no TURN server
                Intake(protocol.transport, protocol, self._packet).start()

    def _datagram(self, data: bytes, component: int) -> None:
        """What an ``Intake`` did not take."""
        if len(data) >= 2 and not self._packet(data, time.monotonic()):  # an empty one would end aiortc's receive loop
            self._others(data, component)

    def _packet(self, data: bytes, at: float) -> bool:
        """Whether ``data``, which came ``at`` (monotonic seconds), is media; if so, it is dealt with."""
        if len(data) < 2 or not 0x80 <= data[0] <= 0xBF:
            return False
        if is_rtcp(data):
            if len(data) > LONGEST:
                return True
            return self._state is State.CONNECTED and is_one_report(data) and self._take_report(data)
        if self._state is not State.CONNECTED:
            return True
        try:
            plain = self._rx_srtp.unprotect(data)
        except pylibsrtp.Error:
            return True  # forged, doubled, or older than the replay window
        except ValueError:
            return True  # longer than any packet
        self._media(plain, at)
        return True

    def _take_report(self, data: bytes) -> bool:
        """Always true: there is nothing that aiortc could do with it."""
        try:
            report = self._rx_srtp.unprotect_rtcp(data)
        except (pylibsrtp.Error, ValueError):
            return True
        self._heard(report)
        return True

    def _heard(self, report: bytes) -> None:
        now = time.monotonic()
        if self._rate.heard(report, now):
            self._budget.share(self._rate.rate, now)

    async def _handle_rtp_data(self, data: bytes, arrival_time_ms: int) -> None:
        """What was queued before the handshake ended."""
        self._media(data, time.monotonic())

    async def _handle_rtcp_data(self, data: bytes) -> None:
        reports, rest = divided(data)
        for report in reports:
            self._heard(report)
        if rest:
            await super()._handle_rtcp_data(rest)

    def _media(self, data: bytes, at: float) -> None:
        packet = parse(data, self._extensions)
        if packet is None:
            return
        route = packet.ssrc, packet.payload_type
        taker = self._routes.get(route)
        if taker is None:
            taker = self._rtp_router.route_rtp(packet)
            if not isinstance(taker, Taker):
                return
            if len(self._routes) >= ROUTES:
                self._routes.clear()
            self._routes[route] = taker
        if packet.transport_sequence is not None:
            self._note(packet, taker, at)
        try:
            taker.take(packet, at)
        except ConnectionError:
            return  # an answer to it could not be sent any more
        except Exception as error:  # noqa: BLE001 - whatever it is, it came from outside
            log.info("a packet was dropped: %s: %s", type(error).__name__, error)

    def _note(self, packet: Arrived, taker: Taker, now: float) -> None:
        assert packet.transport_sequence is not None
        self._arrivals.add(packet.transport_sequence, now)
        if taker.rtcp_ssrc is None:
            return
        self._report_for = taker.rtcp_ssrc, packet.ssrc
        if self._pace.came(len(packet.payload), now):
            self._report(now)
        elif self._reporting is None:
            self._wait(now)

    def _wait(self, now: float) -> None:
        self._reporting = asyncio.get_running_loop().call_later(max(0.0, self._pace.due - now), self._report_late)

    def _report_late(self) -> None:
        self._reporting = None
        now = time.monotonic()
        if self._arrivals and now >= self._pace.due:
            self._report(now)
        elif self._arrivals:  # there was a report meanwhile
            self._wait(now)

    def _report(self, now: float) -> None:
        self._pace.reported(now)
        for report in self._arrivals.reports(*self._report_for):
            try:
                self.send_now(report)
            except (ConnectionError, pylibsrtp.Error) as error:
                log.debug("a report was not sent: %s", error)

    def _unregister_rtp_sender(self, sender: RtpSender) -> None:
        super()._unregister_rtp_sender(sender)
        if isinstance(sender, Spender):
            self._budget.discard(sender)

    def _register_rtp_receiver(self, receiver: RtpReceiver, parameters: RTCRtpReceiveParameters) -> None:
        super()._register_rtp_receiver(receiver, parameters)
        self._extensions.learn(parameters.headerExtensions)
        self._routes.clear()

    def _unregister_rtp_receiver(self, receiver: RtpReceiver) -> None:
        super()._unregister_rtp_receiver(receiver)
        self._routes.clear()
