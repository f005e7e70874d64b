# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules that a level sets for runs: one that breaks any of them is over in that step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from sim.classes import frozen
from sim.kernelc.program import Program
from sim.machine.setup import CountedPlace, Thread, came_text, parse_place, place_text, setup_error
from sim.machine.state import Ending, Outcome, Resting, State, Turns
from sim.operations.locks import must_wait


@frozen
class Rules:
    """What a level asks of runs besides its goal.

    `preemptions` is how many a run may have (None: any number). `never_waits` are the letters of threads that may not
    wait for a lock; `never_enters` are letters with a place, as a limit names it, "A function:label#2", that the thread
    may not come by.
    """

    preemptions: int | None = None
    never_waits: tuple[str, ...] = ()
    never_enters: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self != _NONE

    @property
    def words(self) -> Iterator[str]:
        """Each rule as a player reads it, behind what he is to reach: "without R ever waiting for a lock"."""
        if self.preemptions is not None:
            yield f"with {most_text(self.preemptions)}"
        if self.never_waits:
            yield f"without {' or '.join(self.never_waits)} ever waiting for a lock"
        for rule in self.never_enters:
            letter, _, place = rule.strip().partition(" ")
            yield f"without {letter} {'passing' if ':' in place else 'entering'} {place_text(place)}"

    @property
    def brief(self) -> Iterator[str]:
        """The rules in few words, for a place that says at hand where the rest stands."""
        if self.preemptions is not None:
            yield most_text(self.preemptions)
        if self.never_waits:
            yield f"{' and '.join(self.never_waits)} never wait{'s' if len(self.never_waits) == 1 else ''}"
        if self.never_enters:
            yield "one place barred" if len(self.never_enters) == 1 else f"{len(self.never_enters)} places barred"


_NONE = Rules()
_ASKS = "this level asks for a run"


@frozen
class Banned:
    """A place that a thread may not come by: the number of the watch among its own, and the count that is too many.

    `sentence` says what happened where that is reached.
    """

    thread: int
    place: int
    count: int
    sentence: str


Held: TypeAlias = Callable[[State, int], str]
"""Why the level holds a thread; "" where it does not."""


@frozen(eq=False)
class RuleBook:
    """The rules of a machine: `wary` are the threads that may not wait, `lock_name` names the lock at a word."""

    rules: Rules
    banned: tuple[Banned, ...]
    wary: tuple[tuple[int, str], ...]
    lock_name: Callable[[int], str]

    def asks_how(self, thread: int) -> bool:
        """Whether a rule asks how a thread rests."""
        return self.rules.preemptions is not None or thread in dict(self.wary)

    def turns_after(self, state: State, thread: int, held: Held) -> Turns | None:
        """Who stepped last, and the preemptions, behind a step of a thread from a state."""
        turns = state.turns
        if turns is None:
            return None
        preempts = turns.last is not None and turns.last != thread and _goes_on(state, turns.last, held)
        return Turns(thread, turns.preemptions + preempts)

    def broken(self, state: State, held: Held) -> Ending | None:
        """The end of a run that breaks a rule in a state; None where it breaks none."""
        return next(iter((*self._passed(state), *self._preempted(state), *self._waiting(state, held))), None)

    def _passed(self, state: State) -> Iterator[Ending]:
        for ban in self.banned:
            if state.threads[ban.thread].passed[ban.place] >= ban.count:
                yield Ending(Outcome.RULE_BROKEN, ban.thread, ban.sentence)

    def _preempted(self, state: State) -> Iterator[Ending]:
        most, turns = self.rules.preemptions, state.turns
        if most is not None and turns is not None and turns.last is not None and turns.preemptions > most:
            count = f"preemption {turns.preemptions}" if most else "a preemption"
            yield Ending(Outcome.RULE_BROKEN, turns.last, f"{count}: {_ASKS} with {most_text(most)}")

    def _waiting(self, state: State, held: Held) -> Iterator[Ending]:
        for thread, letter in self.wary:
            resting = state.threads[thread].resting
            if resting and _waits(resting, state, thread) and not held(state, thread):
                lock = self.lock_name(resting.index)
                yield Ending(
                    Outcome.RULE_BROKEN, thread, f"{letter} waits for {lock}: {_ASKS} in which {letter} never waits"
                )


def _goes_on(state: State, thread: int, held: Held) -> bool:
    """Whether a thread could take a step, as far as can be told from how it rests."""
    resting = state.threads[thread].resting
    return not (resting is None or resting.finished or _waits(resting, state, thread) or held(state, thread))


def _waits(resting: Resting, state: State, thread: int) -> bool:
    return resting.lock is not None and must_wait(resting.lock, state.memory[resting.index], thread)


def most_text(preemptions: int) -> str:
    """A bound on preemptions in words."""
    if not preemptions:
        return "no preemption"
    return f"at most {preemptions} preemption{'s' if preemptions > 1 else ''}"


Watches: TypeAlias = tuple[tuple[CountedPlace, ...], ...]
"""For each thread the places that are watched."""


def compile_rules(
    program: Program, threads: Sequence[Thread], rules: Rules, watched: Watches, lock_name: Callable[[int], str]
) -> tuple[Watches, RuleBook]:
    """The places to watch, those `watched` already and behind them those of the rules, and the rules to judge by.

    Raises CompileError.
    """
    letters = [thread.letter for thread in threads]
    watches = [list(places) for places in watched]
    banned = []
    if rules.preemptions is not None and rules.preemptions < 0:
        raise setup_error("rules.preemptions", f"{rules.preemptions} preemptions", "write 0 or more")
    wary = tuple((_index(letters, letter, "rules.never_waits"), letter) for letter in rules.never_waits)
    for rule in rules.never_enters:
        letter, _, where = rule.strip().partition(" ")
        thread = _index(letters, letter, "rules.never_enters")
        place = parse_place(program, where, "rules.never_enters")
        sentence = f"{letter} {came_text(where)}: {_ASKS} in which {letter} does not"
        banned.append(Banned(thread, len(watches[thread]), place.count, sentence))
        watches[thread].append(place)
    return tuple(map(tuple, watches)), RuleBook(rules, tuple(banned), wary, lock_name)


def _index(letters: Sequence[str], letter: str, origin: str) -> int:
    if letter not in letters:
        raise setup_error(origin, f"no thread {letter!r}", f"the threads are: {', '.join(letters)}")
    return letters.index(letter)
