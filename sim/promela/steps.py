# SPDX-License-Identifier: GPL-2.0-or-later
"""What a move of a thread does, as Promela statements: store, marks, ghost bits, results, and the end of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import assert_never

from sim.classes import frozen
from sim.machine.machine import Machine
from sim.machine.predicates import compile_allowed, compile_condition, compile_exhausted
from sim.machine.state import RESULTS, Effect, Outcome, Result
from sim.operations.marks import MarkKind
from sim.promela.automata import Action, Location, effects
from sim.promela.rules import RuleSteps
from sim.promela.tables import Table, Tree, expression, table, words, wrong
from sim.promela.words import SharedWords

_REBINDS = (MarkKind.REBIND_BEGIN, MarkKind.REBIND_END)
FLAGS = {outcome: result.value for result, outcome in RESULTS.items()}


def outcome_name(outcome: Outcome) -> str:
    """An outcome as Promela can name it."""
    return outcome.value.replace("-", "_")


@frozen
class Steps:
    """The moves of a machine's threads over its shared words.

    `exhausted` are the predicates of the threads that allocate, `allowed` that of the level by the address of a zone,
    `condition` that of the goal: each a tree over what it reads.
    """

    shared: SharedWords
    exhausted: Mapping[int, Tree]
    allowed: Mapping[int, Tree]
    condition: Tree
    rules: RuleSteps

    def statements(self, thread: int, action: Action, *, drains: bool = False) -> Iterator[str]:
        """What a thread's move does, in order."""
        yield from () if drains else self.rules.counting(thread)
        for effect in action.before:
            yield from self._mark(thread, effect)
        if action.store is not None:
            yield from self.shared.store(thread, action.index, action.store)
        yield from self._passes(thread, action)
        for effect in action.after:
            yield from self._mark(thread, effect)
        yield from self.rules.arriving(thread, action)
        seen = [*self._seen(thread, action)]
        broken = self.rules.broken(thread, action)
        if not broken:
            yield from seen
            return
        yield f"if :: {broken} -> ended = {outcome_name(Outcome.RULE_BROKEN)} :: else -> {'; '.join(seen) or 'skip'} fi"

    def _seen(self, thread: int, action: Action) -> Iterator[str]:
        """What follows from a move for ghost bits, goal and the end of the run."""
        if action.ending is Outcome.OPEN:
            yield from self._observed(action)
            yield from self._goal(action)
        else:
            yield f"ended = {self._ending(thread, action)}"

    def macros(self) -> Iterator[str]:
        """The predicates: 1 or 0, 2 and more where one goes wrong."""
        for thread, tree in self.exhausted.items():
            views = " | ".join(self._view(tree, believed) for believed in self.shared.hidden or (None,))
            yield f"#define exhausted_{self._letter(thread)} ({views})"
        for zone, tree in self.allowed.items():
            yield f"#define allowed_{zone} {self._plain(tree)}"
        yield f"#define condition {self._plain(self.condition)}"

    def asked(self) -> frozenset[int]:
        """All words that the predicates ask for."""
        trees = (*self.exhausted.values(), *self.allowed.values(), self.condition)
        return frozenset(word for tree in trees for word in words(tree))

    def _letter(self, thread: int) -> str:
        return self.shared.machine.threads[thread].letter

    def _view(self, tree: Tree, believed: int | None) -> str:
        shared = self.shared
        return expression(tree, lambda word, value: shared.equals(shared.view(word, believed), word, value))

    def _plain(self, tree: Tree) -> str:
        shared = self.shared
        return expression(tree, lambda word, value: shared.equals(shared.name(word), word, value))

    def _mark(self, thread: int, effect: Effect) -> Iterator[str]:
        match effect.kind:
            case MarkKind.ALLOCATION_BEGIN:
                yield from self._ghost(thread, begins=True)
            case MarkKind.ALLOCATION_FAILED:
                yield f"flags = flags | {Result.ENOMEM.value}"
            case MarkKind.PAGE_ALLOCATED:
                allowed = f"allowed_{effect.value or 0}"
                if wrong(self.allowed[effect.value or 0]):
                    yield f"assert({allowed} < 2)"
                forbidden = f"({allowed} -> 0 : {Result.PAGE_FORBIDDEN.value})"
                yield f"flags = flags | {Result.PAGE.value} | {forbidden}"
            case MarkKind.REBIND_BEGIN | MarkKind.REBIND_END:
                yield self.shared.rebind(thread, int(effect.kind is MarkKind.REBIND_BEGIN))
            case _:
                assert_never(effect.kind)

    def _ghost(self, thread: int, *, begins: bool) -> Iterator[str]:
        """Let a ghost bit see memory as it is now: 0 no allocation yet, 1 pages at every instant, 2 none at one."""
        letter = self._letter(thread)
        seen = f"1 + exhausted_{letter}"
        yield f"ghost_{letter} = " + (seen if begins else f"(ghost_{letter} == 1 -> {seen} : ghost_{letter})")
        if wrong(self.exhausted[thread]):
            yield f"assert(ghost_{letter} <= 2)"

    def _passes(self, thread: int, action: Action) -> Iterator[str]:
        watched = self.shared.machine.automata[thread].thread.watched
        for place, times in enumerate(action.passed):
            if times:
                counter, most = f"passed_{self._letter(thread)}_{place}", watched[place].count
                yield f"{counter} = ({counter} + {times} < {most} -> {counter} + {times} : {most})"

    def _touches(self, action: Action, tree: Tree) -> bool:
        return action.store is not None and action.index in words(tree)

    def _observed(self, action: Action) -> Iterator[str]:
        """The ghost bits whose predicate can have changed its answer."""
        moved = any(effect.kind in _REBINDS for effect in (*action.before, *action.after))
        for thread, tree in self.exhausted.items():
            if isinstance(tree, Table) and (moved or self._touches(action, tree)):
                yield from self._ghost(thread, begins=False)

    def _goal(self, action: Action) -> Iterator[str]:
        """The end of the run at a goal that a mark reaches."""
        goal = self.shared.machine.goal
        if goal is None or goal.outcome not in FLAGS:
            return
        if action.before or action.after or self._touches(action, self.condition):
            reached = f"(flags & {FLAGS[goal.outcome]}) && condition == 1"
            yield f"ended = ({reached} -> {outcome_name(goal.outcome)} : 0)"

    def _ending(self, thread: int, action: Action) -> str:
        if action.ending is not Outcome.OOM_GENUINE:
            return outcome_name(action.ending)
        if thread not in self.exhausted or not self.shared.machine.threads[thread].exhausted:
            return outcome_name(Outcome.FAULT)
        ghost = f"ghost_{self._letter(thread)}"
        return f"({ghost} == 0 -> fault : ({ghost} == 1 -> oom_premature : oom_genuine))"


def steps(shared: SharedWords, automata: Sequence[Sequence[Location]]) -> Steps:
    """The moves of threads, with each predicate asked for all that the words can hold."""
    machine = shared.machine
    allowed = compile_allowed(machine.program, machine.image, machine.allowed)
    condition = compile_condition(machine.program, machine.image, machine.goal.condition if machine.goal else "")
    marks = [effect for locations in automata for effect in effects(locations)]
    zones = sorted({effect.value or 0 for effect in marks if effect.kind is MarkKind.PAGE_ALLOCATED})
    return Steps(
        shared,
        {thread: _exhausted(shared, thread) for thread in _allocating(machine, automata)},
        {zone: table(partial(_permitted, allowed, zone), shared.values) for zone in zones},
        table(condition, shared.values),
        RuleSteps(shared, automata),
    )


def _permitted(allowed: Callable[[Sequence[int], int], bool], zone: int, memory: Sequence[int]) -> bool:
    return allowed(memory, zone)


def _allocating(machine: Machine, automata: Sequence[Sequence[Location]]) -> Iterator[int]:
    for thread, (locations, ghost) in enumerate(zip(automata, machine.boot().ghosts, strict=True)):
        if ghost is not None or any(effect.kind is MarkKind.ALLOCATION_BEGIN for effect in effects(locations)):
            yield thread


def _exhausted(shared: SharedWords, index: int) -> Tree:
    thread = shared.machine.threads[index]
    asked = compile_exhausted(shared.machine.automata[index], thread.exhausted, thread.letter)
    return table(asked, shared.values) if asked else False
