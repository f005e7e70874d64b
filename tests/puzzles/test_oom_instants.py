# SPDX-License-Identifier: GPL-2.0-or-later
"""The figures that are told of a kill are those that decided it."""

from __future__ import annotations

import itertools
from random import Random

import pytest

from puzzles.levels import build_machine, game_pack
from puzzles.oomlog import deciding_instants, eligible_nodes
from puzzles.zones import memory_of_nodes
from sim import OOMS, Machine, Outcome
from sim.debugger import Moment, extend, first_moment

PACK = game_pack()
KILLS = (
    "tour/5",
    "generation/3",
    "in-place/1",
    "in-place/3",
    "in-place/8",
    "overlap/5",
    "seqcount/2",
    "cached/3",
    "today/1",
)
SHORT = ("zones[0].free=5", "zones[1].free=5")
"""Values with which a node is exhausted, but for what could be reclaimed there."""


def machine(level: str, *sets: str) -> Machine:
    return build_machine(PACK.level(level), sets=sets)


def played(machine: Machine, schedule: str) -> Moment:
    moment = first_moment(machine)
    for run in schedule.split():
        for _ in range(int(run[1:])):
            moment = extend(machine, moment, "AR".index(run[0]))
    return moment


def by_dice(machine: Machine, dice: Random) -> Moment:
    """The end of a run in which threads are changed now and then."""
    moment, move = first_moment(machine), 0
    for _ in range(400):
        enabled = [move for move in machine.moves if machine.enabled(moment.state, move)]
        if not enabled:
            break
        if move not in enabled or dice.random() < 0.08:
            move = dice.choice(enabled)
        moment = extend(machine, moment, move)
    return moment


def test_of_a_premature_kill_all_instants_are_told_with_the_nodes_that_had_memory() -> None:
    end = played(machine("in-place/1"), "A6 R22 A3")
    told = [(span.first, span.last, *((node.number, node.free, node.min) for node in span.nodes))
            for span in deciding_instants(machine("in-place/1"), end)]  # fmt: skip
    assert told == [(1, 25, (0, 200, 20)), (26, 30, (1, 200, 20))]


def test_no_instant_is_told_at_which_no_node_had_memory_where_nodes_have_some_in_turn() -> None:
    end = played(machine("tour/5"), "A1 R4 A2")
    assert end.outcome is Outcome.OOM_PREMATURE
    told = [(span.first, span.last, *(node.free for node in span.nodes))
            for span in deciding_instants(machine("tour/5"), end)]  # fmt: skip
    assert told == [(0, 2, 20, 21), (3, 4, 21, 21), (5, 6, 21, 20)]


def test_of_a_genuine_kill_the_first_instant_is_told_at_which_all_its_nodes_were_exhausted() -> None:
    short = machine("in-place/1", "zones[0].free=5")
    end = played(short, "A6 R22 A3")
    assert end.outcome is Outcome.OOM_GENUINE
    (instant,) = deciding_instants(short, end)
    assert (instant.first, instant.last) == (1, 1)
    assert [(node.number, node.free, node.min) for node in instant.nodes] == [(0, 5, 20)]


def test_nothing_is_told_of_a_run_that_ends_otherwise() -> None:
    one = machine("tour/7")
    assert deciding_instants(one, first_moment(one)) == ()


@pytest.mark.parametrize("level", KILLS)
def test_what_is_told_agrees_with_the_ghost_bit(level: str) -> None:
    """By the figures of nodes alone, which the machine does not look at."""
    dice = Random(level)
    for sets in ((), SHORT[:1], SHORT[1:], SHORT):
        tried = machine(level, *sets)
        for end in (by_dice(tried, dice) for _ in range(6)):
            spans = deciding_instants(tried, end)
            assert bool(spans) == (end.outcome in OOMS)
            if end.outcome is Outcome.OOM_GENUINE:
                assert all(node.exhausted for span in spans for node in span.nodes)
            for span in spans if end.outcome is Outcome.OOM_PREMATURE else ():
                moments = [moment for moment in end.line() if span.first <= moment.steps <= span.last]
                assert not all(node.exhausted for node in span.nodes)
                assert all(has_memory(tried, moment, end.state.ending.thread) for moment in moments)
                assert len(moments) == span.last - span.first + 1
            assert all(after.first == before.last + 1 for before, after in itertools.pairwise(spans))


def has_memory(machine: Machine, moment: Moment, thread: int) -> bool:
    eligible = {node.number for node in eligible_nodes(machine, moment.state, thread)}
    memories = memory_of_nodes(machine, moment.state)
    return any(not memory.exhausted for memory in memories if memory.number in eligible)
