# SPDX-License-Identifier: GPL-2.0-or-later
"""Our report of the 6.1 era against two whole reports of a 6.1 kernel: the same lines in the same order.

Figures, names and addresses are masked; each real line that ours has not is listed here with the reason.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from puzzles.oomlog import report
from tests.puzzles.oom_states import MAPPING, TASK, alone, level_on

DATA = Path(__file__).parents[1] / "data"
KERNEL = "linux-4.13.c"  # the model of all kernels from 4.13 to 6.15

LEFT_OUT = {
    r"Hardware name: ": "a model has no hardware",
    r" (\? )?(dump_stack_lvl|dump_header|oom_kill_process|policy_node)\b": "the killer itself is no part of a model",
    r"(RIP|Code|RSP|R[A-D]X|RBP|R1\d): ": "a model has no registers and no machine code",
    r"Node 0 DMA free:": "a node of a model has one zone",
    r"lowmem_reserve\[\]: 0 [1-9]": "and so none below it",
    r"Node 0 DMA(32)?: \d+\*4kB": "free pages of a model are not in blocks",
    r"Node 0 hugepages_total=": "a model has no huge pages",
    r"\d+ pages in swap cache$": "a model has no swap",
    r"(Free|Total) swap +=": "a model has no swap",
    r"\d+ pages hwpoisoned$": "memory of a model does not break",
    r"(Tasks state|\[ +pid +\]|\[ *\d+\] )": "tasks of a model have no sizes, and there is nobody else to kill",
}
MASKS = (
    (r"^ (\? )?[\w.]+(\+0x[0-9a-f]+/0x[0-9a-f]+)?$", " FUNCTION"),
    (r"(Comm: )\S+ (Not tainted|Tainted: [A-Z ]+?) +\S+ #1.*", r"\1NAME TAINT RELEASE #1"),
    (r"\b(hog|allocator)\b", "NAME"),
    (r"cpuset=[^,]+", "cpuset=NAME"),
    (r"(nodemask|mems_allowed)=[\d,-]+(?=,)", r"\1=NODES"),
    (r"\b(DMA32|Normal)\b", "ZONE"),
    (r"\b(yes|no)$", "YES-OR-NO"),
    (r"(?<![\w])\d+(?![\dx])", "N"),
)


def real(name: str) -> list[str]:
    """The messages of a real report, without time stamps."""
    return [re.sub(r"^\[ *\d+\.\d+\] ", "", one) for one in (DATA / name).read_text("utf-8").splitlines()]


def shape(line: str) -> str:
    for pattern, sign in MASKS:
        line = re.sub(pattern, sign, line)
    return line


def shapes(lines: list[str]) -> list[str]:
    """The shapes of lines; functions of a call trace, however many, are one."""
    return [one for one, _ in groupby(shape(line) for line in lines)]


def left_out(line: str) -> bool:
    return any(re.match(pattern, line) for pattern in LEFT_OUT)


def our_policy_report() -> tuple[str, ...]:
    """A mapping bound to node 0, which is exhausted, in a cpuset of both nodes."""
    sets = "cpuset.mems_allowed=0-1 task.mems_allowed=0-1 zones[0].free=15"
    level, machine = level_on(MAPPING, 0, KERNEL, sets, "6.1")
    return report(level, machine, alone(machine))


def our_cpuset_report() -> tuple[str, ...]:
    """A task without policy in a cpuset of node 0, which is exhausted."""
    level, machine = level_on(TASK, 0, KERNEL, "task.mempolicy=NULL zones[0].free=15", "6.1")
    return report(level, machine, alone(machine))


OURS = {"oom-policy-6.1.txt": our_policy_report, "oom-cpuset-6.1.txt": our_cpuset_report}


@pytest.mark.parametrize("name", OURS)
def test_same_lines_in_the_same_order(name: str) -> None:
    ours = OURS[name]()
    assert [one for one in ours if left_out(one)] == []
    assert shapes(list(ours)) == shapes([one for one in real(name) if not left_out(one)])


@pytest.mark.parametrize("name", OURS)
def test_each_reason_stands_for_a_real_line(name: str) -> None:
    assert [pattern for pattern in LEFT_OUT if not any(re.match(pattern, one) for one in real(name))] == []


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("oom-policy-6.1.txt", "constraint=CONSTRAINT_MEMORY_POLICY,nodemask=0,"),
        ("oom-cpuset-6.1.txt", "constraint=CONSTRAINT_CPUSET,nodemask=(null),"),
    ],
)
def test_same_verdict_and_same_nodes(name: str, verdict: str) -> None:
    for lines in (real(name), list(OURS[name]())):
        summary = next(one for one in lines if one.startswith("oom-kill:"))
        assert verdict in summary
        assert summary.partition("mems_allowed=")[2].partition(",")[0] == ("0-1" if "POLICY" in verdict else "0")
        assert {one.split()[1] for one in lines if one.startswith("Node ")} == {"0"}
