"""Two and three people in a room of a real server, with real media: what each sees, hears and reads of the others."""

from __future__ import annotations

import asyncio
import threading

import pytest

from app.errors import DeviceError, DeviceKind, DeviceProblem, MessageRefused
from app.room.state import Delivery, Link, MessageKind, Phase, SessionInfo, Switch
from protocol.rest import SessionChange
from tests.fakes.house import NONE, TEST, House
from tests.fakes.waiting import until


def capturing() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("capture")}


async def test_two_people_see_hear_and_read_each_other(house: House) -> None:
    ann, ben = await house.enter("Ann"), await house.enter("Ben")
    for one, other in ((ann, "Ben"), (ben, "Ann")):
        await one.sees(other)
        await one.receives(other)
        await until(lambda one=one, other=other: one.other(other).speaking and one.other(other).has_picture)
        assert (one.other(other).audio, one.other(other).video) == (True, True)
        await until(lambda one=one: one.state.speaking)
        figures = one.room.peer_figures(one.other(other).id)
        assert figures is not None
        assert (figures.video.width, figures.video.height) == (320, 180)
    await ann.room.say("<b>hello</b>")
    await until(lambda: ben.texts == ["<b>hello</b>"])
    await ben.room.say("👋", MessageKind.EMOJI)
    await until(lambda: ann.texts == ["<b>hello</b>", "👋"])
    last = ann.state.messages[-1]
    assert (last.user_name, last.kind, last.mine, last.delivery) == ("Ben", MessageKind.EMOJI, False, Delivery.SENT)
    await until(lambda: all(one.delivery is Delivery.SENT for one in ben.state.messages))
    assert [one.mine for one in ben.state.messages] == [False, True]

    await ben.room.leave()
    await until(lambda: not ann.state.participants)
    assert [notice.kind for notice in ann.state.notices] == ["joined", "left"]
    assert ben.state.link is Link.LEFT


async def test_muting_and_the_camera_show_on_the_other_side(house: House) -> None:
    ann, ben = await house.enter("Ann"), await house.enter("Ben")
    await ben.sees("Ann")
    await ben.receives("Ann")
    await until(lambda: ben.other("Ann").speaking)
    await ann.room.set_microphone(False)
    assert (ann.state.microphone.desired, ann.state.microphone.actual) == (False, False)
    await until(lambda: ben.other("Ann").audio is False and not ben.other("Ann").speaking)
    await ann.room.set_camera(False)
    await until(lambda: ben.other("Ann").video is False and not ben.other("Ann").has_picture)
    await ann.room.set_camera(True)
    await until(lambda: ben.other("Ann").video is True and ben.other("Ann").has_picture)
    assert (ben.other("Ann").phase, ben.other("Ann").attempt) == (Phase.CONNECTED, 0)


async def test_a_late_joiner_knows_what_is_muted(house: House) -> None:
    ann = await house.enter("Ann")
    await ann.room.set_microphone(False)
    ben = await house.enter("Ben", silent=True)
    await until(lambda: (ben.other("Ann").audio, ben.other("Ann").video) == (False, True))
    await until(lambda: [(one.name, one.audio, one.video) for one in ann.state.participants] == [("Ben", False, False)])
    await ben.sees("Ann")
    await ben.receives("Ann", 3)
    assert ann.other("Ben").phase is Phase.CONNECTED  # who sends nothing is not taken for lost


async def test_three_people_each_meet_both_others(house: House) -> None:
    people = [await house.enter(name) for name in ("Ann", "Ben", "Cem")]
    names = {one.who.name for one in people}
    for one in people:
        others = names - {one.who.name}
        await one.sees(*others)
        for other in others:
            await one.receives(other)


async def test_the_same_account_may_sit_at_two_machines(house: House) -> None:
    who = await house.sign_up("Ann")
    here, there = house.stay(who), house.stay(who)
    await here.room.join()
    await there.room.join()
    await until(lambda: any(notice.kind == "also-here" for notice in here.state.notices))
    await here.sees("Ann")
    await there.sees("Ann")
    await here.room.say("from here")
    await until(lambda: there.texts == ["from here"])
    assert there.state.messages[0].mine
    await there.room.leave()
    await until(lambda: not here.state.participants)
    assert here.state.link is Link.ONLINE


async def test_names_are_text_and_nothing_else(house: House) -> None:
    name = "<img src=x onerror=alert(1)> \u202eevil"
    ann, ben = await house.enter(name, silent=True), await house.enter("Ben", silent=True)
    await ben.sees(name)
    await ann.room.say("<script>1</script>")
    await until(lambda: [one.user_name for one in ben.state.messages] == [name])


async def test_a_message_that_is_too_long_is_refused_with_the_reason(house: House) -> None:
    ann = await house.enter("Ann", silent=True)
    with pytest.raises(MessageRefused, match="too-long") as refused:
        await ann.room.say("x" * 5_000)
    assert refused.value.length == 5_000
    with pytest.raises(MessageRefused, match="blank"):
        await ann.room.say(" \n ")
    assert ann.texts == []
    await ann.room.say("ö" * 4_000)
    await until(lambda: [one.delivery for one in ann.state.messages] == [Delivery.SENT])
    assert ann.state.link is Link.ONLINE


async def test_history_is_read_page_by_page(house: House) -> None:
    ann = await house.enter("Ann", silent=True)
    for number in range(120):
        await ann.room.say(f"line {number}")
    await until(lambda: all(one.delivery is Delivery.SENT for one in ann.state.messages), within_s=60)
    ben = await house.enter("Ben", silent=True)
    await until(lambda: ben.state.history_loaded)
    assert ben.texts == [f"line {number}" for number in range(20, 120)]
    assert ben.state.has_earlier_messages
    await ben.room.load_earlier()
    assert ben.texts == [f"line {number}" for number in range(120)]
    assert not ben.state.has_earlier_messages
    await ben.room.load_earlier()
    assert len(ben.texts) == 120


@pytest.mark.parametrize("token", ["nonsense", "eyJhbGciOiJIUzI1NiJ9.e30.ZRrHA1JJJW8opsbCGfG_HACGpVUMN_a9IMIVbEkOsNA"])
async def test_a_wrong_token_is_told_as_signed_out(house: House, token: str) -> None:
    ann = house.stay(await house.sign_up("Ann"), token=token)
    await ann.room.join()
    assert ann.state.link is Link.REFUSED
    assert ann.state.refusal is not None
    assert ann.state.refusal.code == "unauthorised"
    await ann.room.say("kept")
    assert [(one.text, one.delivery) for one in ann.state.messages] == [("kept", Delivery.PENDING)]


async def test_an_expired_token_is_told_as_signed_out(house: House) -> None:
    who = await house.sign_up("Ann")
    ann = house.stay(who, token=house.expired_token(who))
    await ann.room.join()
    assert ann.state.refusal is not None
    assert (ann.state.link, ann.state.refusal.code) == (Link.REFUSED, "unauthorised")


async def test_a_session_that_does_not_exist(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"), session=SessionInfo("0123456789abcdef01234567"))
    await ann.room.join()
    assert ann.state.link is Link.REFUSED
    assert ann.state.refusal is not None
    assert ann.state.refusal.code == "not-found"


async def test_a_session_that_is_full(house: House) -> None:
    session = SessionInfo.of(await house.open_session(places=2))
    for name in ("Ann", "Ben"):
        one = house.stay(await house.sign_up(name), session=session)
        await one.room.join()
        assert one.state.link is Link.ONLINE
    cem = house.stay(await house.sign_up("Cem"), session=session)
    await cem.room.join()
    assert cem.state.link is Link.REFUSED
    assert cem.state.refusal is not None
    assert cem.state.refusal.code == "full"


async def test_a_session_that_has_ended(house: House) -> None:
    session = await house.open_session()
    await house.rest(house.tutor).change(session.id, SessionChange(status="cancelled"))
    ann = house.stay(await house.sign_up("Ann"), session=SessionInfo.of(session))
    await ann.room.join()
    assert ann.state.link is Link.REFUSED
    assert ann.state.refusal is not None
    assert ann.state.refusal.code == "ended"


async def test_a_room_that_ends_lets_go_of_camera_microphone_and_screen(house: House) -> None:
    ann = await house.enter("Ann")
    await ann.room.share(TEST)
    assert capturing() == {"capture-camera", "capture-microphone", "capture-screen"}
    await house.rest(house.tutor).change(house.session.id, SessionChange(status="cancelled"))
    await ann.lose_socket()
    await until(lambda: ann.state.link is Link.REFUSED)
    await until(lambda: not capturing())
    off = Switch()
    await until(lambda: (ann.state.camera, ann.state.microphone, ann.state.sharing) == (off, off, off))
    await asyncio.gather(ann.room.set_camera(True), ann.room.set_microphone(True), ann.room.share(TEST))
    assert (ann.state.camera, ann.state.microphone, ann.state.sharing) == (off, off, off)
    assert not capturing()


async def test_a_device_that_is_not_there_keeps_nobody_out(house: House) -> None:
    ann = house.stay(await house.sign_up("Ann"), camera=NONE, microphone=NONE)
    await ann.room.join()
    await ann.room.set_camera(True)
    await ann.room.set_microphone(True)
    for switch in (ann.state.camera, ann.state.microphone):
        assert (switch.desired, switch.actual, switch.problem) == (True, False, DeviceProblem.ABSENT)
    assert [(one.kind, one.name) for one in ann.state.notices] == [("device", "camera"), ("device", "microphone")]
    await ann.room.set_camera(False)
    assert (ann.state.camera.desired, ann.state.camera.problem) == (False, None)
    ben = await house.enter("Ben")
    await ann.sees("Ben")
    await ann.receives("Ben")
    assert ben.other("Ann").video is False


async def test_a_camera_that_goes_by_itself_is_told_and_does_not_come_back_by_itself(house: House) -> None:
    ann, ben = await house.enter("Ann"), await house.enter("Ben")
    await until(lambda: ben.other("Ann").video is True)
    lost = ann.media.on_device_lost
    assert lost is not None
    lost(DeviceKind.CAMERA, DeviceError(DeviceKind.CAMERA, DeviceProblem.SILENT))
    switch = ann.state.camera
    assert (switch.desired, switch.actual, switch.problem) == (True, False, None)
    await until(lambda: ben.other("Ann").video is False)
    await until(lambda: ann.state.camera.problem is DeviceProblem.SILENT)  # it did not come back within a moment
    assert (ann.state.camera.desired, ann.state.camera.actual) == (True, False)
    assert ann.state.microphone.actual
    await ann.room.set_camera(True)
    assert ann.state.camera.actual
    await until(lambda: ben.other("Ann").video is True)


async def test_somebody_whose_program_dies_is_kept_for_a_while_and_then_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.room import lifeline

    monkeypatch.setattr(lifeline, "GRACE_S", 2.0)
    ann, ben = await house.enter("Ann"), await house.enter("Ben")
    await ann.sees("Ben")
    await ben.vanish()
    await until(lambda: not ann.state.participants, lambda: str(ann.state))
    assert ann.state.notices[-1].kind == "left"


async def test_a_room_is_joined_once_and_left_as_often_as_one_likes(house: House) -> None:
    ann = await house.enter("Ann", silent=True)
    with pytest.raises(RuntimeError):
        await ann.room.join()
    await asyncio.gather(ann.room.leave(), ann.room.leave())
    await ann.room.leave()
    assert ann.state.link is Link.LEFT


async def test_the_volume_of_one_person_stays_through_a_rebuilt_connection(house: House) -> None:
    ann, ben = await house.enter("Ann"), await house.enter("Ben")
    await ann.sees("Ben")
    ben_id = ann.other("Ben").id
    slot = ann.room.picture(ben_id)
    slot.show(32, 18)
    await ann.room.set_volume(ben_id, 0.5)
    await ann.room.reconnect_peer(ben_id)
    await until(lambda: ann.other("Ben").attempt == 1 and ben.other("Ann").attempt == 1)
    await ann.sees("Ben")
    await ann.receives("Ben")
    assert ann.room.picture(ben_id) is slot
    await until(lambda: slot.take() is not None)
    await ann.room.set_volume("nobody", 1.0)
    await ann.room.reconnect_peer("nobody")
    assert ann.room.peer_figures("nobody") is None
    assert ann.room.picture("nobody").take() is None
