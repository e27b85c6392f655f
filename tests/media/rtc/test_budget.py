"""Sound first, the rest for the pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.media.rtc.budget import HEADERS, Budget, parts, voice_bits


@dataclass(eq=False)
class Sender:
    kind: str
    octets: int = 0
    limits: list[int] = field(default_factory=list)

    def limit(self, bits_per_second: int) -> None:
        self.limits.append(bits_per_second)


def test_one_picture_gets_all_that_sound_leaves() -> None:
    voice, camera, budget = Sender("audio"), Sender("video"), Budget()
    budget.add(voice)
    budget.add(camera)
    budget.share(500_000, 1.0)
    assert voice.limits == [500_000], "in all"
    assert camera.limits == [round((500_000 - voice_bits(500_000)) * HEADERS)]
    budget.share(503_000, 1.1)
    assert len(camera.limits) == 1, "too little news"
    budget.share(30_000, 1.2)
    assert (voice.limits[-1], camera.limits[-1]) == (30_000, 0)


def test_a_still_screen_costs_the_camera_nothing_and_a_living_one_its_part() -> None:
    camera, screen, budget = Sender("video"), Sender("video"), Budget()
    budget.add(camera)
    budget.add(screen)
    budget.share(1_000_000, 0.0)
    camera.octets += 50_000
    budget.share(1_000_000, 1.0)
    assert camera.limits[-1] == 950_000
    screen.octets += 100_000
    camera.octets += 50_000
    budget.share(1_000_000, 2.0)
    assert (camera.limits[-1], screen.limits[-1]) == (475_000, 550_000)
    screen.octets += 100_000
    budget.discard(screen)
    budget.share(1_000_000, 3.0)
    assert (camera.limits[-1], len(screen.limits)) == (950_000, 3), "who has gone takes nothing and is told nothing"


def test_who_is_negotiated_anew_is_known() -> None:
    camera, screen, budget = Sender("video"), Sender("video"), Budget()
    budget.add(camera)
    budget.add(screen)
    budget.share(1_000_000, 0.0)
    screen.octets += 50_000
    budget.add(screen)
    budget.share(1_000_000, 1.0)
    assert camera.limits[-1] == 550_000


def test_it_is_told_again_now_and_then() -> None:
    """Who waits for better times must hear that nothing has changed."""
    camera, budget = Sender("video"), Budget()
    budget.add(camera)
    for tick in range(21):
        budget.share(100_000, tick / 10)
    assert camera.limits == [95_000] * 5


def test_a_voice_takes_less_of_a_thin_path_but_never_nothing() -> None:
    assert voice_bits(2_000_000) == voice_bits(1_000_000) > voice_bits(100_000) == voice_bits(64_000) + 9_000 > 40_000


def test_parts() -> None:
    assert parts(900, []) == []
    assert parts(900, [0.0, 0.0]) == [900, 900]
    assert parts(900, [600.0, 600.0]) == [450, 450]
