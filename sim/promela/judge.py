# SPDX-License-Identifier: GPL-2.0-or-later
"""How runs end, in Promela: a process that looks at each state in which no thread can move."""

from __future__ import annotations

from collections.abc import Iterator

from sim.machine.machine import Machine
from sim.machine.state import CIRCLES, Outcome
from sim.promela.steps import FLAGS, outcome_name

_GHOST = "0 before the first allocation, 1 pages at every instant since, 2 none at one of them"
_ENDS = tuple(outcome for outcome in Outcome if outcome is not Outcome.OPEN and outcome not in CIRCLES)


def outcomes() -> Iterator[str]:
    """The outcomes by number; 0 while a run goes on."""
    for number, outcome in enumerate(_ENDS, 1):
        yield f"#define {outcome_name(outcome)} {number}"
    yield "#define unmet assert(false)\n"


def drains_matter(machine: Machine) -> bool:
    """Whether steps must be told from drains: a circle is one of steps."""
    return machine.tso and machine.goal is not None and machine.goal.outcome in CIRCLES


def results(machine: Machine) -> Iterator[str]:
    """What a run has come to so far: its end, results, ghost bits, places passed."""
    boot = machine.boot()
    ended = 0 if boot.outcome is Outcome.OPEN else outcome_name(boot.outcome)
    yield f"byte ended = {ended}; /* by a step; what is merely stuck is judged below */"
    legend = ", ".join(f"{bit} {outcome.value}" for outcome, bit in FLAGS.items())
    yield f"byte flags = {boot.flags.value}; /* {legend} */"
    for thread, ghost, private in zip(machine.threads, boot.ghosts, boot.threads, strict=True):
        yield f"byte ghost_{thread.letter} = {0 if ghost is None else 1 + ghost}; /* {_GHOST} */"
        for place, count in enumerate(private.passed):
            yield f"byte passed_{thread.letter}_{place} = {count};"
    if drains_matter(machine):
        yield "#ifdef CIRCLE\nbit drained;\n#define did_drain(yes) drained = yes"
        yield "#else\n#define did_drain(yes) skip\n#endif"


def judge(machine: Machine) -> Iterator[str]:
    """The process that says how runs end, and asserts that the goal is not reached."""
    blocked = " || ".join(f"blocked_{thread.letter}" for thread in machine.threads)
    stuck = "finished"
    for outcome, bit in reversed(FLAGS.items()):
        stuck = f"(flags & {bit} -> {outcome_name(outcome)} : {stuck})"
    yield "\nhidden byte outcome;\nhidden byte goal_reached;\n#ifndef COUNT\nactive proctype judge()\n{\n\tdo"
    yield f"\t:: atomic {{ timeout -> outcome = (ended -> ended : ({blocked} -> deadlock : {stuck}));"
    yield from (f"\t\t{line}" for line in _asserted(machine))
    yield "#ifdef OUTCOMES"
    yield from (f"\t\tassert(outcome != {number});" for number in range(1, len(_ENDS) + 1))
    yield "#endif\n\t}\n\tod\n}\n#endif"
    if machine.goal is not None and machine.goal.outcome in CIRCLES:
        yield from _circle(machine, machine.goal.outcome)


def _asserted(machine: Machine) -> Iterator[str]:
    goal = machine.goal
    if goal is not None and goal.outcome not in CIRCLES:
        yield f"goal_reached = (outcome == {outcome_name(goal.outcome)} && condition == 1);"
        yield "assert(!goal_reached);"


def _circle(machine: Machine, outcome: Outcome) -> Iterator[str]:
    """A claim that one thread goes round a circle by its own steps alone."""
    alone = "".join(f" && (CIRCLE == {i} || !enabled({i}))" for i in range(len(machine.threads)))
    turn = "_last == CIRCLE" + (" && !drained" if machine.tso else "")
    turn += alone if outcome is Outcome.LIVELOCK else ""
    yield f"""
/*
 * The goal is a circle of one process: spin -DCIRCLE=0 -o2 -a, then gcc -O2
 * -DNOREDUCE -DNOSTUTTER and ./pan -E -a, and so for each process by number.
 * An error is such a circle.
 */
#ifdef CIRCLE
never {{
	do
	:: true
	:: {turn} -> break
	od;
round:	if
	:: {turn} -> goto round
	:: {turn} && condition == 1 -> goto accept
	fi;
accept:	if
	:: {turn} -> goto round
	fi
}}
#endif"""
