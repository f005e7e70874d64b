# SPDX-License-Identifier: GPL-2.0-or-later
"""What the verification of a replay found."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from puzzles.judge import Judgement
from puzzles.replays.play import Divergence, Played


class VerifyError(Exception):
    """A replay that cannot be tried on this level at all; the message says why and what to do."""


class Status(Enum):
    """How well a replay fits: the same states, the same outcome by other states, or a move that is not possible."""

    EXACT = "exact"
    COMPATIBLE = "compatible"
    DIVERGED = "diverged"


@frozen
class Verdict:
    """A replay's run as recomputed.

    `judgement` is about the last state that was reached, `played` holds all moments. `divergence` is where the main
    line went wrong (None unless DIVERGED). `notes` are sentences for the player: another level hash, header claims
    that are not true, digests that differ, variations that cannot be played. `changed` says that boot values or the
    kernel are not the level's own: such a run is never scored.
    """

    status: Status
    judgement: Judgement
    divergence: Divergence | None
    notes: tuple[str, ...]
    false_claims: tuple[str, ...]
    same_level: bool
    changed: bool
    played: Played = field(eq=False, repr=False)

    @property
    def scored(self) -> bool:
        """Whether this run counts as a win of the level."""
        return self.judgement.won and not self.changed and self.status is not Status.DIVERGED

    def __str__(self) -> str:
        """Give the verdict as `exact: oom-premature in 31 steps, 1 preemption`."""
        if self.divergence is not None:
            return f"{self.status.value} {self.divergence}"
        return f"{self.status.value}: {self.judgement.outcome.value} in {self.judgement.score}"
