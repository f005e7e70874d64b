# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether a statement bears: whether the outcome could be reached without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from sim.classes import frozen
from sim.kernelc.lower.cuts import Cuts
from sim.kernelc.model.source import Span
from sim.kernelc.syntax.tree import SyntaxNode
from sim.reasons.executed import executed
from sim.reasons.groups import Groups, groups_of
from sim.reasons.statements import Statement
from sim.reasons.trial import Bearing, Race, Trial, Whole

_ORDER = tuple(Bearing)


@frozen
class Reason:
    """A statement that bears, and the race that it prevents."""

    statement: Statement
    race: Race


@frozen(eq=False, slots=False)
class Judge:
    """Judges statements of a machine whose goal no schedule reaches."""

    whole: Whole

    def judge(self, statement: Statement) -> Trial:
        """What is found without a statement and what has to go with it, else without all that have its tokens.

        Where one of those bears alone, that one is the reason, and what is found without this statement stands.
        """
        alone = self._alone(statement)
        twins = self.groups.twins(statement)
        if alone.bearing is Bearing.BEARS or not twins:
            return alone
        if any(self._alone(twin).bearing is Bearing.BEARS for twin in twins):
            return alone
        return _clearest((alone, *self._attempts(self.groups.cuts(statement, *twins))))

    def trials(self) -> Iterator[tuple[Statement, Trial]]:
        """What is found without each statement that some schedule executes, in order of the text, as it is found.

        Raises Halted where the limits do not suffice to know which these are.
        """
        return self._trials_of(filter(self.threads, self.groups.statements))

    def reasons(self) -> Iterator[Reason]:
        """The statements that bear, as `trials`."""
        return _bearing(self.trials())

    def reasons_of(self, thread: int) -> Iterator[Reason]:
        """Those that a thread executes in some schedule; what stands in the kernel file itself comes first."""
        own = (statement for statement in self.groups.statements if thread in self.threads(statement))
        name = self.whole.machine.program.name
        return _bearing(self._trials_of(sorted(own, key=lambda statement: statement.head.file != name)))

    def _trials_of(self, statements: Iterable[Statement]) -> Iterator[tuple[Statement, Trial]]:
        return ((statement, self.judge(statement)) for statement in statements)

    def threads(self, statement: Statement) -> frozenset[int]:
        """The threads, by index, that execute a statement in some schedule."""
        return frozenset(
            thread
            for thread, spans in enumerate(self._executed)
            if any(_on_its_lines(span, statement) for span in spans[statement.function])
        )

    def gone(self, statement: Statement, trial: Trial) -> frozenset[Statement]:
        """A statement, and where its trial says that it bears all others without which that was found."""
        return self.groups.gone(trial.race.cuts if trial.race else {}) | {statement}

    def _alone(self, statement: Statement) -> Trial:
        if statement.node not in self._trials_alone:
            self._trials_alone[statement.node] = _clearest(tuple(self._attempts(self.groups.cuts(statement))))
        return self._trials_alone[statement.node]

    def _attempts(self, cuts: Iterable[Cuts]) -> Iterator[Trial]:
        for changes in cuts:
            trial = self.whole.attempt(changes)
            yield trial
            if trial.bearing is Bearing.BEARS:
                return

    @property
    def groups(self) -> Groups:
        """What goes with each statement."""
        return groups_of(self.whole.machine.program)

    @cached_property
    def _trials_alone(self) -> dict[SyntaxNode, Trial]:
        return {}

    @cached_property
    def _executed(self) -> tuple[Mapping[str, frozenset[Span]], ...]:
        return executed(self.whole.machine, self.whole.limits)


def _clearest(trials: Sequence[Trial]) -> Trial:
    return min(trials, key=lambda trial: _ORDER.index(trial.bearing))


def _bearing(trials: Iterable[tuple[Statement, Trial]]) -> Iterator[Reason]:
    return (Reason(statement, trial.race) for statement, trial in trials if trial.race is not None)


def _on_its_lines(span: Span, statement: Statement) -> bool:
    return span.file == statement.head.file and statement.head.line <= span.line <= statement.head.end_line
