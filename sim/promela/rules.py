# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules of a machine in Promela: what a run has to keep to, looked at after each move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.classes import frozen
from sim.machine.machine import Machine
from sim.promela.automata import Action, Location
from sim.promela.words import SharedWords


@frozen
class RuleSteps:
    """What the rules of a machine add to the moves of its threads; nothing where it has none."""

    shared: SharedWords
    automata: Sequence[Sequence[Location]]

    @property
    def _machine(self) -> Machine:
        return self.shared.machine

    def declarations(self) -> Iterator[str]:
        """The variables that rules ask for."""
        for index, thread in enumerate(self._machine.threads):
            if self._machine.rule_book.asks_how(index):
                yield f"short at_{thread.letter}; /* the number of its label */"
        if self._machine.rules.preemptions is not None:
            yield "byte last; /* who stepped last, from 1 */"
            yield "byte preemptions;"

    def macros(self) -> Iterator[str]:
        """Who waits for a lock, whom the level holds, and who could go on."""
        for index, thread in enumerate(self._machine.threads):
            letter = thread.letter
            yield f"#define blocked_{letter} ({blocked(self.shared, index, self.automata[index])})"
            yield f"#define held_{letter} ({held(self._machine, index)})"
            if self._machine.rules.preemptions is not None:
                yield f"#define goes_on_{letter} (!{self._ended(index)} && !blocked_{letter} && !held_{letter})"

    def counting(self, thread: int) -> Iterator[str]:
        """What a step of a thread does to the count of preemptions, before all else."""
        if self._machine.rules.preemptions is None:
            return
        others = (other for other in range(len(self._machine.threads)) if other != thread)
        preempts = " || ".join(f"(last == {other + 1} && goes_on_{self._letter(other)})" for other in others) or "0"
        yield f"preemptions = preemptions + ({preempts} -> 1 : 0)"
        yield f"last = {thread + 1}"

    def arriving(self, thread: int, action: Action) -> Iterator[str]:
        """Where a move of a thread leads, for the other processes."""
        if self._machine.rule_book.asks_how(thread):
            yield f"at_{self._letter(thread)} = {action.target}"

    def broken(self, thread: int, action: Action) -> str:
        """The expression that says whether a move of a thread has broken a rule; "" where it cannot have."""
        return " || ".join((*self._barred(thread, action), *self._preempted(), *self._waiting()))

    def _barred(self, thread: int, action: Action) -> Iterator[str]:
        for ban in self._machine.rule_book.banned:
            if ban.thread == thread and action.passed[ban.place : ban.place + 1] not in ((), (0,)):
                yield f"passed_{self._letter(thread)}_{ban.place} >= {ban.count}"

    def _preempted(self) -> Iterator[str]:
        if self._machine.rules.preemptions is not None:
            yield f"preemptions > {self._machine.rules.preemptions}"

    def _waiting(self) -> Iterator[str]:
        for _, letter in self._machine.rule_book.wary:
            yield f"(blocked_{letter} && !held_{letter})"

    def _ended(self, thread: int) -> str:
        ended = (number for number, location in enumerate(self.automata[thread]) if location.private.finished)
        return f"({' || '.join(at(self._machine, thread, number) for number in ended) or '0'})"

    def _letter(self, thread: int) -> str:
        return self._machine.threads[thread].letter


def held(machine: Machine, thread: int) -> str:
    """Where the level holds a thread."""
    terms = []
    for bar in machine.barred:
        if bar.thread == thread:
            passed = f"passed_{machine.threads[bar.by].letter}_{bar.place}"
            terms.append(f"{passed} {'<' if bar.until else '>='} {bar.count}")
    return " || ".join(terms) or "0"


def blocked(shared: SharedWords, thread: int, locations: Sequence[Location]) -> str:
    """Where a thread waits for a lock."""
    waits = [
        f"({at(shared.machine, thread, number)} && {shared.among(location.word, location.blocked)})"
        for number, location in enumerate(locations)
        if location.blocked
    ]
    return " || ".join(waits) or "0"


def at(machine: Machine, thread: int, number: int) -> str:
    """Whether a thread is at a location: by its label, which only processes further down can name, or by a variable."""
    letter = machine.threads[thread].letter
    return f"at_{letter} == {number}" if machine.rule_book.asks_how(thread) else f"{letter}@{letter}{number}"
