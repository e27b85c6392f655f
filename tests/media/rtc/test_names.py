"""aiortc still has what we touch, under the names that we touch it by: an upgrade that moves it fails here first."""

from __future__ import annotations

import inspect
import queue
import re
import threading
from pathlib import Path

import pytest
from aiortc import rtcpeerconnection, rtcrtpreceiver, rtcrtpsender
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsTransport
from aiortc.rtcicetransport import RTCIceGatherer, RTCIceTransport

from app.media import rtc
from app.media.rtc import names
from app.media.rtc.install import install
from app.media.rtc.receiver import DirectReceiver
from app.media.rtc.sender import SharingSender


async def test_the_receivers_attributes() -> None:
    gatherer = RTCIceGatherer([])
    transport = RTCDtlsTransport(RTCIceTransport(gatherer), [RTCCertificate.generateCertificate()])
    stock = rtcrtpreceiver.RTCRtpReceiver("video", transport)
    assert isinstance(getattr(stock, names.JITTER_BUFFER), JitterBuffer)
    assert isinstance(getattr(stock, names.DECODER_QUEUE), queue.Queue)
    assert isinstance(getattr(stock, names.DECODER_ERROR), threading.Event)


def test_the_decoder_thread_does_what_our_queue_relies_on() -> None:
    source = inspect.getsource(rtcrtpreceiver.decoder_worker)
    assert re.search(r"task = input_q\.get\(\)\s+if task is None:.*?break", source, re.S)
    stop = inspect.getsource(rtcrtpreceiver.RTCRtpReceiver)
    assert "self.__decoder_queue.put(None)" in stop
    assert "self.__decoder_queue.put((codec, encoded_frame))" in stop
    assert "pli_flag, encoded_frame = self.__jitter_buffer.add(packet)" in stop


@pytest.mark.parametrize("name", names.RECEIVER_METHODS)
def test_the_receivers_methods(name: str) -> None:
    ours, stock = getattr(DirectReceiver, name), getattr(rtcrtpreceiver.RTCRtpReceiver, name)
    assert ours is not stock
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(stock).parameters)


@pytest.mark.parametrize("name", names.SENDER_METHODS)
def test_the_senders_methods(name: str) -> None:
    ours, stock = getattr(SharingSender, name), getattr(rtcrtpsender.RTCRtpSender, name)
    assert ours is not stock
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(stock).parameters)


def test_ours_are_where_connections_look_them_up() -> None:
    install()
    assert [getattr(rtcpeerconnection, name) for name in names.LOOKED_UP] == [DirectReceiver, SharingSender]


def test_no_private_name_is_touched_elsewhere() -> None:
    """Mangled names appear in names.py only."""
    folder = Path(rtc.__file__).parent.parent
    found = [path for path in folder.rglob("*.py") if re.search(r"_RTC\w+__", path.read_text(encoding="utf-8"))]
    assert [path.name for path in found] == ["names.py"]
