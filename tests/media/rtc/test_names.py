"""aiortc still has what we touch, under the names that we touch it by: an upgrade that moves it fails here first."""

from __future__ import annotations

import asyncio
import inspect
import queue
import re
import socket
import threading
from pathlib import Path

import pytest
from aioice import ice as ice_module
from aiortc import rtcpeerconnection, rtcrtpreceiver, rtcrtpsender
from aiortc.rtcdtlstransport import SRTP_PROFILES, RTCCertificate, RTCDtlsTransport
from aiortc.rtcicetransport import RTCIceGatherer, RTCIceTransport

from app.media import rtc
from app.media.rtc import names
from app.media.rtc.install import install
from app.media.rtc.receiver import DirectReceiver
from app.media.rtc.sender import SharingSender
from app.media.rtc.transport import DirectTransport


async def test_the_receivers_attributes() -> None:
    gatherer = RTCIceGatherer([])
    transport = RTCDtlsTransport(RTCIceTransport(gatherer), [RTCCertificate.generateCertificate()])
    stock = rtcrtpreceiver.RTCRtpReceiver("video", transport)
    assert isinstance(getattr(stock, names.DECODER_QUEUE), queue.Queue)
    assert isinstance(getattr(stock, names.DECODER_ERROR), threading.Event)
    assert getattr(stock, names.REMOTE_STREAMS) == {}
    assert all(isinstance(getattr(stock, name), asyncio.Event) for name in names.RECEIVER_RTCP)
    assert "self.__remote_streams.items()" in inspect.getsource(rtcrtpreceiver.RTCRtpReceiver)


async def test_the_senders_attributes() -> None:
    gatherer = RTCIceGatherer([])
    transport = RTCDtlsTransport(RTCIceTransport(gatherer), [RTCCertificate.generateCertificate()])
    stock = rtcrtpsender.RTCRtpSender("video", transport)
    for name in (names.RTP_STARTED, names.RTP_EXITED, *names.SENDER_RTCP):
        assert isinstance(getattr(stock, name), asyncio.Event)
    for name in (names.NTP_TIMESTAMP, names.RTP_TIMESTAMP, names.OCTET_COUNT, names.PACKET_COUNT):
        assert getattr(stock, name) == 0
    assert getattr(stock, names.ENCODER) is None


async def test_the_transceivers_attributes() -> None:
    ours = rtcpeerconnection.RTCPeerConnection()
    transceiver = ours.addTransceiver("audio")
    assert getattr(transceiver, names.OFFERED) is None
    await ours.createOffer()
    assert all(getattr(transceiver, name) for name in names.AGREED), "what an offer says of it"
    await ours.close()


async def test_the_way_of_a_datagram() -> None:
    ice = RTCIceTransport(RTCIceGatherer([]))
    connection = getattr(ice, names.ICE_CONNECTION)
    assert list(inspect.signature(getattr(connection, names.DATA_RECEIVED)).parameters) == ["data", "component"]
    assert getattr(connection, names.NOMINATED) == {}
    assert getattr(connection, names.PROTOCOLS) == []
    assert "self.receiver.data_received(data, " in inspect.getsource(ice_module.StunProtocol.datagram_received)


async def test_asyncios_names() -> None:
    loop = asyncio.get_running_loop()
    assert list(inspect.signature(getattr(loop, names.ADD_READER)).parameters) == ["fd", "callback", "args"]
    transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
    assert isinstance(getattr(transport.get_extra_info("socket"), names.WRAPPED_SOCKET), socket.socket)
    transport.close()


def test_the_decoder_thread_does_what_our_queue_relies_on() -> None:
    source = inspect.getsource(rtcrtpreceiver.decoder_worker)
    assert re.search(r"task = input_q\.get\(\)\s+if task is None:.*?break", source, re.S)
    stop = inspect.getsource(rtcrtpreceiver.RTCRtpReceiver)
    assert "self.__decoder_queue.put(None)" in stop


@pytest.mark.parametrize("name", names.RECEIVER_METHODS)
def test_the_receivers_methods(name: str) -> None:
    ours, stock = getattr(DirectReceiver, name), getattr(rtcrtpreceiver.RTCRtpReceiver, name)
    assert ours is not stock
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(stock).parameters)


def test_the_certificates_context() -> None:
    assert getattr(RTCCertificate.generateCertificate(), names.DTLS_CONTEXT)(SRTP_PROFILES) is not None


@pytest.mark.parametrize("name", names.SENDER_METHODS)
def test_the_senders_methods(name: str) -> None:
    ours, stock = getattr(SharingSender, name), getattr(rtcrtpsender.RTCRtpSender, name)
    assert ours is not stock
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(stock).parameters)


@pytest.mark.parametrize("name", names.TRANSPORT_METHODS)
def test_the_transports_methods(name: str) -> None:
    ours, stock = getattr(DirectTransport, name), getattr(RTCDtlsTransport, name)
    assert ours is not stock
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(stock).parameters)


def test_ours_are_where_connections_look_them_up() -> None:
    install()
    assert [getattr(rtcpeerconnection, name) for name in names.LOOKED_UP] == [
        DirectReceiver,
        SharingSender,
        DirectTransport,
    ]


def test_no_private_name_is_touched_elsewhere() -> None:
    """Mangled names appear in names.py only."""
    folder = Path(rtc.__file__).parent.parent
    found = [path for path in folder.rglob("*.py") if re.search(r"_RTC\w+__", path.read_text(encoding="utf-8"))]
    assert [path.name for path in found] == ["names.py"]
