# SPDX-License-Identifier: GPL-2.0-or-later
"""Every OOM that can be reached: its verdict against one that is told from the whole run, without any ghost bit."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from attrs import define, field

import sim
from puzzles.levels import Level, build_machine
from sim.explore import Graph, Halted, Limits, state_graph
from sim.machine.events import Accessed, Drained, Marked, Step
from sim.operations.kinds import OperationKind
from sim.operations.marks import MarkKind
from tests.sim.generated import build, kernel
from tests.sim.levels import each_level_up_to

Words = dict[int, int]
OOM = (sim.Outcome.OOM_PREMATURE, sim.Outcome.OOM_GENUINE)


@define
class Story:
    """What a run has told so far: the words by address, and for each open rebind what its thread overwrote."""

    words: Words
    rebinds: dict[int, Words] = field(factory=dict)

    def views(self) -> Iterator[Words]:
        """What a consistent reader may take memory for; of two rebinds of one word, each is believed once."""
        for believed in self.rebinds or [-1]:
            found = dict(self.words)
            for before in (*self.rebinds.values(), self.rebinds.get(believed, {})):
                found.update(before)
            yield found

    def take(self, event: Accessed | Drained | Marked) -> None:
        if isinstance(event, Marked):
            if event.kind is MarkKind.REBIND_BEGIN:
                self.rebinds[event.thread] = {}
            elif event.kind is MarkKind.REBIND_END:
                self.rebinds.pop(event.thread, None)
        elif event.new is not None and (not isinstance(event, Accessed) or stores(event)):
            self.rebinds.get(event.thread, {}).setdefault(event.address, self.words[event.address])
            self.words[event.address] = event.new


def stores(event: Accessed) -> bool:
    return not event.buffered and (event.kind is OperationKind.WRITE or event.old != event.new)


def told(machine: sim.Machine, steps: Sequence[Step]) -> Iterator[list[Accessed | Drained | Marked]]:
    """What each step did, in order: marks before a thread's first operation come with it, and before it."""
    waiting = [len(private.effects) for private in machine.boot().threads]
    for step in steps:
        (done,) = (event for event in step.events if isinstance(event, Accessed | Drained))
        marks = [event for event in step.events if isinstance(event, Marked)]
        early, waiting[done.thread] = waiting[done.thread], 0
        yield [*marks[:early], done, *marks[early:]]


def genuine(machine: sim.Machine, steps: Sequence[Step], thread: int) -> bool:
    """Whether at some instant since a thread's last allocation_begin all its eligible nodes were exhausted."""
    story = Story({address: machine.word(machine.boot(), address) for address in machine.image.addresses})
    asked = no_memory(machine, thread)
    instants: list[bool] = []
    for events in told(machine, steps):
        for event in events:
            story.take(event)
            if isinstance(event, Marked) and (event.kind, event.thread) == (MarkKind.ALLOCATION_BEGIN, thread):
                instants = [any(map(asked, story.views()))]
        instants.append(any(map(asked, story.views())))
    return any(instants)


def no_memory(machine: sim.Machine, thread: int) -> Callable[[Words], bool]:
    """The level's own predicate, asked of words by address."""
    one = machine.threads[thread]
    function, arguments = machine.program.call(one.exhausted, "a test")

    def asked(words: Words) -> bool:
        memory = tuple(words[address] for address in machine.image.addresses)
        return bool(machine.automata[thread].evaluate(function, arguments, memory)[0])

    return asked


def oom_runs(graph: Graph) -> Iterator[list[Step]]:
    """For each state of a graph in which a run ended with an OOM, a shortest run to it, played."""
    machine, played = graph.machine, dict[int, Step]()
    parents = {0: (0, 0)}
    for number in (waiting := [0]):
        for move, after in graph.moves(number):
            if parents.setdefault(after, (number, move)) == (number, move) and after:
                waiting.append(after)
    for number in (number for number, outcome in graph.outcomes.items() if outcome in OOM):
        way = [number]
        while parents[way[-1]][0]:
            way.append(parents[way[-1]][0])
        for after in reversed(way):
            before, move = parents[after]
            if after not in played:
                played[after] = machine.step(played[before].state if before else machine.boot(), move)
        yield [played[after] for after in reversed(way)]


def check(graph: Graph) -> Counter[sim.Outcome]:
    """Hold every OOM against the story of a run to it; how often there was which."""
    found: Counter[sim.Outcome] = Counter()
    for steps in oom_runs(graph):
        end = steps[-1].state.ending
        expected = OOM[genuine(graph.machine, steps, end.thread)]
        assert end.outcome is expected
        found[end.outcome] += 1
    assert sum(found.values()) == sum(outcome in OOM for outcome in graph.outcomes.values())
    return found


@each_level_up_to(2000)
def test_every_oom_of_a_level_is_what_the_whole_run_says(level: Level) -> None:
    check(state_graph(build_machine(level)))


def test_every_oom_of_generated_programs_is_what_the_whole_run_says() -> None:
    found: Counter[sim.Outcome] = Counter()
    for seed in range(120):
        order, statements = ("ABC", 1) if seed % 3 else ("AB", 2)
        try:
            found += check(state_graph(build(kernel(random.Random(seed).choice, statements), order), Limits(2000)))
        except Halted:
            continue
    assert min(found[outcome] for outcome in OOM) > 100
