# SPDX-License-Identifier: GPL-2.0-or-later
"""The verdicts of kernel-history.md 18, column 1, found again by trying every schedule of the 2.6.31 model.

The search here is naive on purpose and shares nothing with the game's own: every move of every state, once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

import pytest
from attrs import evolve, frozen

from puzzles.levels import Level, build_machine, game_pack
from sim import Machine, Outcome, State
from sim.debugger import Session
from sim.machine.events import Accessed, Step
from sim.machine.key import state_key

TASK, MAPPING = "in-place/1", "in-place/3"
BOTH = "cpuset.mems_allowed=0-1 task.mems_allowed=0-1"
NO_POLICY = "task.mempolicy=NULL"
MIRROR = "cpuset.mems_allowed=1 task.mems_allowed=1 task_policy.nodes=1 task_policy.w=1 new_mems=0"
STATIC, RELATIVE = 1 << 15, 1 << 14

NULL = "pagefault_out_of_memory"
PASSES = "__alloc_pages_may_oom"


@frozen
class Case:
    """A level to start from, the node of the allocator's CPU, boot values; and who can call the OOM killer then."""

    name: str
    level: str
    cpu: int
    sets: str
    killers: frozenset[str]


def case(name: str, level: str, cpu: int, sets: str, *killers: str) -> Case:
    return Case(name, level, cpu, sets, frozenset(killers))


SECTION_18 = (
    case("task BIND, 0 to 1, ZL 1,0", TASK, 1, "", NULL),
    case("task BIND, 1 to 0, ZL 0,1", TASK, 0, MIRROR, NULL),
    case("task BIND, 0 to 1, ZL 0,1", TASK, 0, ""),
    case("mapping BIND 0, 0 to 1, ZL 1,0", MAPPING, 1, "", PASSES),
    case("mapping BIND 0, 0-1 to 1, ZL 1,0", MAPPING, 1, f"{BOTH} vma_policy.w=0-1", PASSES),
    case("no policy, 0 to 1, ZL 1,0", TASK, 1, NO_POLICY),
    case("no policy, 0-1 to 1, ZL 1,0", TASK, 1, f"{BOTH} {NO_POLICY}"),
)
# The first of them is section 16's: a shrink needs no disjoint sets. An empty STATIC result is stored as it is (12.2);
# no report is known of a fault that holds its address: it follows from the model, whatever the zonelist.
FURTHER = (
    case("task BIND 0, 0-1 to 1, ZL 1,0", TASK, 1, f"{BOTH} task_policy.w=0-1", NULL),
    case("task BIND 0, 0-1 to 1, ZL 0,1", TASK, 0, f"{BOTH} task_policy.w=0-1"),
    case("task BIND 0-1, 0-1 to 1, ZL 1,0", TASK, 1, f"{BOTH} task_policy.w=0-1 task_policy.nodes=0-1"),
    case("task BIND, 1 to 0, ZL 1,0", TASK, 1, MIRROR),
    case("mapping BIND 0, 0 to 1, ZL 0,1", MAPPING, 0, "", PASSES),
    case("mapping BIND 0, 0-1 to 1, ZL 0,1", MAPPING, 0, f"{BOTH} vma_policy.w=0-1", PASSES),
    case("no policy, 0 to 1, ZL 0,1", TASK, 0, NO_POLICY),
    case("no policy, 0-1 to 1, ZL 0,1", TASK, 0, f"{BOTH} {NO_POLICY}"),
    case("task STATIC, 0 to 1, ZL 1,0", TASK, 1, f"task_policy.flags={STATIC}", NULL, PASSES),
    case("task STATIC, 0 to 1, ZL 0,1", TASK, 0, f"task_policy.flags={STATIC}", NULL, PASSES),
    case("task RELATIVE, 0 to 1, ZL 1,0", TASK, 1, f"task_policy.flags={RELATIVE}", NULL),
    case("task RELATIVE, 0 to 1, ZL 0,1", TASK, 0, f"task_policy.flags={RELATIVE}"),
    case("mapping STATIC 0, 0 to 1, ZL 0,1", MAPPING, 0, f"vma_policy.flags={STATIC}", PASSES),
)


def variant(level_id: str, cpu: int) -> Level:
    """A level with the allocator on the CPU of another node; the rebinder takes the other CPU."""
    level = game_pack().level(level_id)
    allocator, rebind = level.threads
    threads = evolve(allocator, cpu=cpu, node=cpu), evolve(rebind, cpu=1 - cpu, node=1 - cpu)
    return evolve(level, threads=threads)


def moves(machine: Machine, state: State) -> Iterator[Step]:
    for thread in range(len(machine.threads)):
        if machine.enabled(state, thread):
            yield machine.step(state, thread)


def last_steps(machine: Machine, *, whole: bool = False) -> list[Step]:
    """Every step that ends a run of this machine; states are told apart by their keys, or as they are."""

    def key(state: State) -> Hashable:
        return state if whole else state_key(machine.program, state)

    todo = [machine.boot()]
    seen = {key(todo[0])}
    ends: list[Step] = []
    while todo:
        for step in moves(machine, todo.pop()):
            if key(step.state) in seen:
                continue
            seen.add(key(step.state))
            if step.state.outcome is Outcome.OPEN:
                todo.append(step.state)
            else:
                ends.append(step)
    return ends


def outcomes(ends: list[Step]) -> set[Outcome]:
    return {step.state.outcome for step in ends}


def killers(ends: list[Step], outcome: Outcome) -> set[str]:
    """The functions that call out_of_memory() in the runs with this outcome."""
    events = [event for step in ends if step.state.outcome is outcome for event in step.events]
    return {event.function for event in events if isinstance(event, Accessed)}


@pytest.mark.parametrize("one", SECTION_18 + FURTHER, ids=lambda one: one.name)
def test_premature_oom_is_reachable_where_the_history_says_so(one: Case) -> None:
    ends = last_steps(build_machine(variant(one.level, one.cpu), sets=one.sets.split()))
    assert killers(ends, Outcome.OOM_PREMATURE) == one.killers
    assert outcomes(ends) == {Outcome.PAGE} | ({Outcome.OOM_PREMATURE} if one.killers else set())


def test_the_first_rebind_alone_suffices_in_the_mirror_image_only() -> None:
    level = game_pack().level("in-place/2")
    assert level.limits
    assert Outcome.OOM_PREMATURE in outcomes(last_steps(build_machine(level)))
    straight = evolve(variant(TASK, 1), limits=level.limits)
    assert outcomes(last_steps(build_machine(straight))) == {Outcome.PAGE}


@pytest.mark.parametrize(("cpu", "expected"), [(1, {Outcome.ENOMEM, Outcome.PAGE}), (0, {Outcome.PAGE})])
def test_one_flip_costs_a_system_call_enomem_at_most(cpu: int, expected: set[Outcome]) -> None:
    level = variant(TASK, cpu)
    allocator, rebind = level.threads
    read = evolve(allocator, run="do_generic_file_read()", exhausted="no_memory_for(&task, NULL)")
    assert outcomes(last_steps(build_machine(evolve(level, threads=(read, rebind))))) == expected


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        ("zones[0].free=20", {Outcome.OOM_GENUINE, Outcome.PAGE}),
        ("zones[0].free=20 zones[0].reclaimable=40", {Outcome.OOM_PREMATURE, Outcome.PAGE}),
        ("zones[0].free=20 zones[1].free=20", {Outcome.OOM_GENUINE}),
        ("zones[0].free=21", {Outcome.OOM_PREMATURE, Outcome.PAGE}),
    ],
)
def test_a_kill_is_premature_unless_the_allowed_nodes_were_ever_exhausted(sets: str, expected: set[Outcome]) -> None:
    assert outcomes(last_steps(build_machine(variant(MAPPING, 0), sets=sets.split()))) == expected


@pytest.mark.parametrize("level_id", ["in-place/1", "in-place/2", "in-place/3"])
def test_keys_lose_no_outcome(level_id: str) -> None:
    machine = build_machine(game_pack().level(level_id))
    by_key, by_state = last_steps(machine), last_steps(machine, whole=True)
    assert outcomes(by_key) == outcomes(by_state)
    assert killers(by_key, Outcome.OOM_PREMATURE) == killers(by_state, Outcome.OOM_PREMATURE)


@pytest.mark.parametrize(("level_id", "winning"), [("in-place/1", [6]), ("in-place/2", [6]), ("in-place/3", [5, 6, 7])])
def test_where_a_single_uninterrupted_rebind_kills(level_id: str, winning: list[int]) -> None:
    """Steps of the allocator after which the rebinder runs as far as it can, then the allocator to its end."""
    machine = build_machine(game_pack().level(level_id))
    alone = Session(machine)
    alone.continue_(0)
    found = []
    for before in range(alone.now.steps):
        session = Session(machine)
        session.step(0, before)
        session.continue_(1)
        session.continue_(0)
        if session.won:
            found.append(before)
    assert found == winning
