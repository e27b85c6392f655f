"""A computer that does not keep up says so, once."""

from __future__ import annotations

from app.media.video.pressure import Step
from tests.fakes.house import House


async def test_it_is_said_when_less_is_sent_and_not_with_each_step(house: House) -> None:
    ann = await house.enter("Ann")
    tell = ann.media.on_relief
    assert tell is not None

    def said() -> int:
        return [one.kind for one in ann.state.notices].count("strained")

    for step in (Step.FEWER, Step.SMALLER, Step.FEWER):
        tell(step)
    assert said() == 1
    tell(Step.ALL)
    assert said() == 1
    tell(Step.FEWER)
    assert said() == 2
