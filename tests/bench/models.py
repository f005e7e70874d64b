# SPDX-License-Identifier: GPL-2.0-or-later
"""Large state spaces to measure the explorer on."""

from __future__ import annotations

from attrs import evolve

import sim
from puzzles.levels import build_machine, game_pack

# Without the rebind of the mappings, which waits for page faults in progress.
_FLIPS = """
const nodemask_t back_mems;

void flips(struct task_struct *p, const nodemask_t *to, const nodemask_t *back, int times)
{
    for (int i = 0; i < times; i++) {
        task_lock(p);
        cpuset_change_task_nodemask(p, i % 2 ? back : to);
        task_unlock(p);
    }
}
"""
_SHORT = [f"zones[{node}].{key}" for node in range(2) for key in ("free=20", "reclaimable=32")]


def flips(times: int) -> sim.Machine:
    """Two sibling page faults on the kernel of in-place/1, and a writer that moves their task to and fro.

    Both nodes are short of memory, so that each fault comes to reclaim. Four flips make 1,090,826 states.
    """
    level = game_pack().level("in-place/1")
    source = evolve(level.source, text=level.source.text + _FLIPS)
    machine = build_machine(level, source, [*_SHORT, "back_mems=0"])
    fault, writer = machine.threads
    sibling = evolve(fault, letter="B", name="sibling", cpu=2)
    writer = evolve(writer, run=f"flips(&task, &new_mems, &back_mems, {times})")
    return evolve(machine, threads=(fault, sibling, writer))
