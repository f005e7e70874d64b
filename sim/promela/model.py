# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine as a Promela model, for SPIN to search in its own way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.explore.graph import Graph
from sim.machine.machine import Machine
from sim.promela.automata import Action, Location, automata
from sim.promela.judge import drains_matter, judge, outcomes, results
from sim.promela.steps import Steps, steps
from sim.promela.words import SharedWords, shared_words

_HEADER = """\
/*
 * {title}
 *
 * Written by oomrace. Each thread is a process, its labels the thread's private
 * states, and each step one d_step over the shared words.
 *
 * What SPIN is told are the steps of a thread alone: at this label, with this
 * value read, this store and then that label. They are those that the explorer
 * of oomrace has met; where SPIN meets another value, an assertion fails.
 * Predicates of the level are tables, asked for all that the words can hold.
 *
 * What SPIN finds by itself: which states can be reached, who can move there,
 * what a rebind hides, ghost bits and results, how a run ends, and whether the
 * goal comes about: then the assertion on goal_reached fails.
 *
 *     spin -o2 -a FILE
 *     gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c
 *     ./pan -E -c0 -m{depth}
 *
 * Without -o2 SPIN leaves words out of a state that are written and never read.
 * It stores {states} states if it agrees with oomrace. With spin -DCOUNT, which
 * leaves out the process judge and so all verdicts, it takes {transitions} transitions:
 * our steps and one for the first state. With spin -DOUTCOMES an assertion
 * fails for each outcome that comes about.
 */
"""


def promela(graph: Graph, title: str = "") -> str:
    """The model of a graph's machine, as the text of a file for `spin -a`.

    Its comments say what SPIN is told and what it finds out by itself.
    """
    machine = graph.machine
    threads = automata(graph)
    shared = shared_words(machine, threads)
    moves = steps(shared, threads)
    touched = {action.index for locations in threads for location in locations for action in location.actions()}
    asked = {location.word for locations in threads for location in locations}
    used = sorted(word for word in (touched | asked | moves.asked()) if word >= 0)
    return "\n".join(
        (
            _header(graph, title),
            *outcomes(),
            *shared.declarations(used),
            *results(machine),
            *moves.rules.declarations(),
            *shared.macros(),
            *moves.macros(),
            *moves.rules.macros(),
            *_may_move(machine),
            *(line for thread, locations in enumerate(threads) for line in _process(moves, thread, locations)),
            *judge(machine),
            "",
        )
    )


def _header(graph: Graph, title: str) -> str:
    states = len(graph.packed)
    name = title.replace("*/", "* /") or "A machine"
    return _HEADER.format(title=name, depth=states + 10, states=states, transitions=graph.transitions + 1)


def _may_move(machine: Machine) -> Iterator[str]:
    """For each thread whether the run goes on and the level does not hold it."""
    for index, thread in enumerate(machine.threads):
        limited = any(bar.thread == index for bar in machine.barred)
        yield f"#define go_{thread.letter} (ended == 0{f' && !held_{thread.letter}' if limited else ''})"


def _process(moves: Steps, thread: int, locations: Sequence[Location]) -> Iterator[str]:
    letter = moves.shared.machine.threads[thread].letter
    yield f"\nactive proctype {letter}()\n{{"
    for number, location in enumerate(locations):
        options = list(_options(moves, thread, number, location))
        yield f"{letter}{number}:\t/* {_place(moves.shared, location)} */"
        yield "\n".join(("\tif", *options, "\tfi;")) if options else "\tfalse;"
    yield "}"


def _place(shared: SharedWords, location: Location) -> str:
    """What a thread is about to do, and where in the source."""
    operation = location.private.pending
    if operation is None:
        return "finished" if location.private.finished else "stopped"
    function = shared.machine.program.functions[location.private.frames[-1].function].name
    word = f" {shared.cell(operation.index).lvalue}" if operation.index >= 0 else ""
    waiting = f", {len(location.private.buffer)} in the store buffer" if location.private.buffer else ""
    return f"{operation.kind}{word}, {function}:{operation.span.line}{waiting}"


def _options(moves: Steps, thread: int, number: int, location: Location) -> Iterator[str]:
    letter, shared = moves.shared.machine.threads[thread].letter, moves.shared
    for action, values in location.steps.items():
        guards = [f"go_{letter}", *([shared.among(location.word, values)] if location.word >= 0 else [])]
        yield _option(moves, thread, guards, action)
    if location.drain is not None:
        yield _option(moves, thread, ["ended == 0"], location.drain, drains=True)
    if location.word >= 0:
        met = shared.among(location.word, location.met)
        yield f"\t:: d_step {{ go_{letter} && !{met} -> unmet }} goto {letter}{number}"


def _option(moves: Steps, thread: int, guards: Sequence[str], action: Action, *, drains: bool = False) -> str:
    letter = moves.shared.machine.threads[thread].letter
    body = [*moves.statements(thread, action, drains=drains)]
    if drains_matter(moves.shared.machine):
        body.append(f"did_drain({int(drains)})")
    return (
        f"\t:: d_step {{ {' && '.join(guards)}{' -> ' if body else ''}{'; '.join(body)} }} goto {letter}{action.target}"
    )
