# SPDX-License-Identifier: GPL-2.0-or-later
"""The best ways to win, by number of preemptions, and the player's own run among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from puzzles.judging.score import Score
from puzzles.proofs import Proof
from tui.view.counts import counts

HERE = "<- you are here"
AS_GOOD = "<- yours is as good"


@frozen
class Way:
    """A line of the table: preemptions, steps, a schedule ("" for one of the player alone), whether it is his run."""

    preemptions: int
    steps: int
    schedule: str
    own: bool = False

    @property
    def text(self) -> str:
        """All of it in a sentence."""
        schedule = f": {self.schedule}" if self.schedule else ""
        mark = f"  {AS_GOOD if self.schedule else HERE}" if self.own else ""
        return counts(self) + schedule + mark


def offer(ways_: Sequence[Way], own: Score | None) -> Iterator[str]:
    """Whether a run can be bettered, and what the best ways come to; not how they go."""
    others = [way for way in ways_ if way.schedule and not way.own]
    better = [way for way in others if own and way.preemptions <= own.preemptions and way.steps <= own.steps]
    if own is None:
        yield "the best ways to win:"
    elif better:
        yield "there is a better way than yours:"
    else:
        yield "there is no better way than yours" + (", but others as good:" if others else "")
    yield from (f"  {counts(way)}" for way in better or others)
    yield "m again shows how they go; a way that was shown to you wins no more"


def refutes(own: Score, proof: Proof) -> bool:
    """Whether a win shows that the best results of a proof are not: a lock file can say anything."""
    whole = bool(proof.par) and proof.within is None and not proof.bound
    return whole and not any(par.preemptions <= own.preemptions and par.steps <= own.steps for par in proof.par)


def ways(proof: Proof, own: Score | None) -> Sequence[Way]:
    """For each number of preemptions the fewest steps to win in, and the player's own run in its place among them."""
    place = (own.preemptions, own.steps) if own else None
    table = [Way(par.preemptions, par.steps, par.schedule, (par.preemptions, par.steps) == place) for par in proof.par]
    if own is not None and not any(way.own for way in table):
        table.append(Way(own.preemptions, own.steps, "", own=True))
    return sorted(table, key=lambda way: (way.preemptions, way.steps))
