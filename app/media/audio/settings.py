"""How one's own voice is treated: what a person may choose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SoundSettings:
    echo_cancellation: bool = True
    noise_suppression: bool = True
    gain_control: bool = True
    """Makes a faint voice louder."""
    high_pass: bool = True
    """Takes out rumble."""
    headphones: bool = False
    """Nothing that is played reaches the microphone, so no echo is looked for."""

    @property
    def cancels_echo(self) -> bool:
        return self.echo_cancellation and not self.headphones

    @property
    def takes_anything_out(self) -> bool:
        return self.cancels_echo or self.noise_suppression or self.high_pass
