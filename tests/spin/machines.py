# SPDX-License-Identifier: GPL-2.0-or-later
"""What is put before SPIN: every level of the game, six philosophers, programs made at random, and rarities."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from attrs import evolve

import sim
from puzzles.levels import build_machine, game_pack
from tests.sim.generated import build, kernel
from tests.sim.programs import threads
from tests.sim.test_explore import philosophers

Build = Callable[[], sim.Machine]

RARE = """#include "oomrace.h"
struct zone { int free; };
struct zone zones[2] = { { 5 }, { 0 } };
int allowed = 3, noise, flag;
unsigned long wide;
struct rw_semaphore sem;
static bool exhausted(void)
{
	return (!(allowed & 1) || !zones[0].free) && (!(allowed & 2) || !zones[1].free);
}
static bool never_asked_of_zero(int divisor)
{
	return 6 / divisor > 0;
}
static bool odd(void)
{
	return flag == 2 && never_asked_of_zero(wide != 0);
}
void allocate(void) { allocation_begin(); noise = 1; if (!READ_ONCE(flag)) out_of_memory(); }
void left(void) { rebind_begin(); allowed = 2; flag = 1; rebind_end(); }
void right(void) { rebind_begin(); allowed = 1; noise = 5; rebind_end(); }
void counts(void) { for (int i = 0; i < 3; i++) { WRITE_ONCE(flag, i); wide -= 1; } }
void takes(void) { smp_mb(); page_allocated(&zones[READ_ONCE(flag) & 1]); noise++; }
void reads(void) { down_read(&sem); noise = 1; up_read(&sem); }
void pauses(void) { down_read(&sem); noise = 1; here: noise = 2; up_read(&sem); }
void writes(void) { down_write(&sem); noise = 2; up_write(&sem); }
void waits(void) { while (!READ_ONCE(flag)) cpu_relax(); }
void toggles(void) { for (;;) { WRITE_ONCE(flag, 1); WRITE_ONCE(flag, 0); } }
void at_once(void) { page_allocated(&zones[0]); }
void bugs(void) { noise = 3; BUG_ON(READ_ONCE(flag) == 2); noise /= READ_ONCE(flag) - 1; }
"""


def rare(*runs: str, **options: Any) -> sim.Machine:
    """A machine of RARE; `options` are those of sim.Machine, and `exhausted` for all threads."""
    exhausted = options.pop("exhausted", "")
    return sim.Machine(sim.compile(RARE), threads(*runs, exhausted=exhausted), **options)


def _rare() -> Iterator[tuple[str, Build]]:
    page = sim.Goal(sim.Outcome.PAGE, "wide > 5")
    spin, livelock = sim.Goal(sim.Outcome.SPIN), sim.Goal(sim.Outcome.LIVELOCK)
    held, late = sim.Limit("A", hold_at="pauses:here"), sim.Limit("B", start_after="A pauses:here")
    yield "two rebinds", partial(rare, "allocate()", "left()", "right()", exhausted="exhausted()")
    yield "a predicate that could divide by zero", partial(rare, "allocate()", "counts()", exhausted="odd()")
    yield "wide words", partial(rare, "counts()", "counts()")
    yield "a goal that ends the run", partial(rare, "takes()", "counts()", goal=page)
    yield "forbidden pages", partial(rare, "takes()", "counts()", "takes()", allowed="zone == &zones[0]")
    yield "queued writers", partial(rare, "reads()", "writes()", "writes()")
    yield "held with a lock", partial(rare, "pauses()", "writes()", limits=(held,))
    yield "a late start", partial(rare, "pauses()", "writes()", limits=(late,))
    yield "a bug and a fault", partial(rare, "bugs()", "counts()")
    once = sim.Rules(preemptions=1, never_waits=("C",), never_enters=("A pauses:here",))
    yield "one preemption", partial(rare, "reads()", "writes()", "counts()", rules=sim.Rules(preemptions=1))
    yield "all rules at once", partial(rare, "pauses()", "counts()", "writes()", rules=once, limits=(held,))
    yield "a writer that may not wait", partial(rare, "reads()", "writes()", rules=sim.Rules(never_waits=("B",)))
    yield (
        "a late start that may not wait",
        partial(rare, "pauses()", "writes()", rules=sim.Rules(never_waits=("B",)), limits=(late,)),
    )
    yield "a place barred", partial(rare, "pauses()", "counts()", rules=sim.Rules(never_enters=("A pauses:here",)))
    yield "nothing to do", partial(rare, "at_once()")
    yield "over at boot", partial(rare, "at_once()", "counts()", goal=sim.Goal(sim.Outcome.PAGE))
    yield "a spin", partial(rare, "waits()", "counts()", goal=spin)
    yield "no livelock", partial(rare, "waits()", "counts()", goal=livelock)
    yield "a livelock", partial(rare, "toggles()", "writes()", goal=livelock)


SPINLOCKS = """#include "oomrace.h"
spinlock_t l, m;
int x, y, seen;
void left(void) { spin_lock(&l); x = 1; spin_unlock(&l); BUG_ON(!y && x == 1 && seen); seen = 1; }
void right(void) { spin_lock(&m); y = 1; spin_unlock(&m); spin_lock(&l); seen = x; spin_unlock(&l); }
"""


def spinlocks() -> sim.Machine:
    """Releases that wait in store buffers."""
    return sim.Machine(sim.compile(SPINLOCKS), threads("left()", "right()"), tso=True)


def siblings() -> sim.Machine:
    """Two page faults of one task, and the rebind, on the first level's machine."""
    machine = build_machine(game_pack().level("in-place/1"))
    fault, rebind = machine.threads
    return evolve(machine, threads=(fault, evolve(fault, letter="B", cpu=2), rebind))


def _generated() -> Iterator[tuple[str, Build]]:
    for seed in range(36):
        order, statements = ("ABC", 2) if seed % 3 else ("AB", 3)
        text = kernel(random.Random(seed).choice, statements)
        yield f"generated {seed}", partial(build, text, order)


RARITIES: Mapping[str, Build] = {
    "two siblings": siblings,
    "spinlocks with store buffers": spinlocks,
    "six philosophers": partial(philosophers, 6),
    **dict(_rare()),
}
"""Machines that are neither levels nor made at random: each has what few others have."""

MACHINES: Mapping[str, Build] = {
    **{level.id: partial(build_machine, level) for level in game_pack().levels},
    **RARITIES,
    **dict(_generated()),
}
