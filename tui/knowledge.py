# SPDX-License-Identifier: GPL-2.0-or-later
"""What the explorer has found out about the machine of a game. What it has not been asked yet raises Unknown."""

from __future__ import annotations

from attrs import define, field

from puzzles.bounds import CLAIM, HINT, Bounds
from puzzles.claims import Answer, Settled, settle
from puzzles.guard import limits
from sim import Machine
from sim.explore import Advisor, Halted, Watch, advisor
from tui.searching import Unknown


@define(eq=False)
class Knowledge:
    """Advice from every state, and what became of the claim that the machine is safe."""

    machine: Machine = field(repr=False)
    for_advice: Bounds = HINT
    for_claims: Bounds = CLAIM
    _advice: Advisor | Halted | None = field(default=None, init=False, repr=False)
    _settled: Settled | None = field(default=None, init=False)

    @property
    def advisor(self) -> Advisor:
        """Knows from where the goal can be reached. Raises Unknown, and Halted where that was found to be so."""
        if self._advice is None:
            raise self._no_advice()
        if isinstance(self._advice, Halted):
            raise Halted(*self._advice.args)
        return self._advice

    @property
    def no_advice(self) -> Unknown | None:
        """What must be searched for before there is advice; None once that is done."""
        return None if self._advice else self._no_advice()

    def _no_advice(self) -> Unknown:
        return Unknown("From where can the goal still be reached?", self.look_around)

    @property
    def is_settled(self) -> bool:
        """Whether it is known if the machine is safe."""
        return self._settled is not None

    @property
    def settled(self) -> Settled:
        """Whether the machine is safe. Raises Unknown."""
        if self._settled is None:
            raise Unknown("Is there a schedule that reaches it?", self.settle)
        return self._settled

    def look_around(self, watch: Watch) -> None:
        """Search for advice."""
        try:
            self._advice = advisor(self.machine, limits(self.for_advice, watch))
        except Halted as problem:
            self._advice = problem
        except MemoryError:
            self._advice = Halted("more states than there is memory for")

    def settle(self, watch: Watch) -> None:
        """Settle the claim that the machine is safe."""
        try:
            self._settled = settle(self.machine, limits(self.for_claims, watch))
        except MemoryError:
            self._settled = Settled(Answer.UNDECIDED, 0, 0, bound="the end of the memory that there is")
