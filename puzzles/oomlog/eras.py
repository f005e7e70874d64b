# SPDX-License-Identifier: GPL-2.0-or-later
"""Which kernel's words a report is in: tables by version, and what they print of the task and the request.

Source: kernel-history.md 15.2 and 15.3, and reports of the versions named. A row holds from its version to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from puzzles.levels import Level
from puzzles.levels.era import versions
from puzzles.oomlog.facts import Facts, Request
from sim import Machine
from sim.numa import Version

T = TypeVar("T")
ByVersion = Sequence[tuple[Version, T]]

NEWEST: Final[Version] = (999,)
"""Newer than all rows: for a kernel that names no version."""


def row(table: ByVersion[T], version: Version) -> T:
    """What a table has for a version; its first row for all that are older."""
    values = [value for since, value in table if since <= version]
    return values[-1] if values else table[0][1]


def version_of(level: Level, machine: Machine) -> Version | None:
    """The kernel version that a machine plays: the first that the level's era names, else that of the kernel's file.

    A kernel that was put in the place of the level's own speaks for itself. None where nothing names a version.
    """
    texts = [level.era] if machine.program.name == level.source.name else []
    return next((named[0] for text in (*texts, machine.program.name) if (named := versions(text))), None)


_OLD: Final = "{comm} invoked oom-killer: gfp_mask={gfp}, order=0, "

HEADER: Final[ByVersion[str]] = (
    ((2, 6, 12), "oom-killer: gfp_mask={gfp}"),
    ((2, 6, 24), _OLD + "oomkilladj=0"),
    ((2, 6, 32), _OLD + "oom_adj=0"),
    ((2, 6, 36), _OLD + "oom_adj=0, oom_score_adj=0"),
    ((3, 7), _OLD + "oom_score_adj=0"),
    ((4, 9), "{comm} invoked oom-killer: gfp_mask={gfp}, nodemask={either_mask}, order=0, oom_score_adj=0"),
    ((4, 11), "{comm} invoked oom-killer: gfp_mask={gfp}, nodemask={nodemask},  order=0, oom_score_adj=0"),
    ((4, 15), "{comm} invoked oom-killer: gfp_mask={gfp}, nodemask={nodemask}, order=0, oom_score_adj=0"),
    ((5, 0), _OLD + "oom_score_adj=0"),
)

CPUSET: Final[ByVersion[str]] = (
    ((2, 6, 12), ""),
    ((2, 6, 29), "{comm} cpuset={cpuset} mems_allowed={mems}"),
    ((5, 0), ""),
)

PROCESS: Final[ByVersion[str]] = (
    ((2, 6, 12), ""),
    ((2, 6, 26), "Pid: {pid}, comm: {comm} Not tainted {release} #1"),
    ((3, 10), "CPU: {cpu} PID: {pid} Comm: {comm} Not tainted {release} #1"),
    ((6, 11), "CPU: {cpu} UID: 0 PID: {pid} Comm: {comm} Not tainted {release} #1"),
)

TRACE: Final[ByVersion[tuple[str, str]]] = (
    ((2, 6, 12), ("", "")),
    ((5, 16), (" <TASK>", " </TASK>")),
)

_CONTEXT: Final = "oom-kill:constraint={constraint},nodemask={nodemask},cpuset={cpuset},mems_allowed={mems},"

SUMMARY: Final[ByVersion[str]] = (
    ((2, 6, 12), ""),
    ((5, 0), _CONTEXT + "global_oom,task_memcg=/,task={comm},pid={pid},uid=0"),
)

_RSS: Final = "anon-rss:0kB, file-rss:0kB"
_CHILD: Final = "{message}: kill process {pid} ({comm}) score 0 or a child"
_KILL: Final = "Out of memory: Kill process {pid} ({comm}) score 0 or sacrifice child"
_KILLED: Final = "Killed process {pid} ({comm}) total-vm:0kB, " + _RSS

VERDICT: Final[ByVersion[tuple[str, ...]]] = (
    ((2, 6, 12), ("Out of Memory: Killed process {pid} ({comm}).",)),
    ((2, 6, 24), (_CHILD, "Killed process {pid} ({comm})")),
    ((2, 6, 33), (_CHILD, "Killed process {pid} ({comm}) vsz:0kB, " + _RSS)),
    ((2, 6, 36), (_KILL, _KILLED)),
    ((4, 5), (_KILL, _KILLED + ", shmem-rss:0kB")),
    ((5, 1), ("Out of memory: " + _KILLED + ", shmem-rss:0kB",)),
    ((5, 4), ("Out of memory: " + _KILLED + ", shmem-rss:0kB, UID:0 pgtables:0kB oom_score_adj:0",)),
)

_MOVABLE: Final = "GFP_HIGHUSER_MOVABLE"

_GFP: Final[dict[Request, ByVersion[str]]] = {
    Request.FAULT: (
        ((2, 6, 12), "0xd2"),
        ((2, 6, 24), "0x1280d2"),
        ((2, 6, 31), "0x280da"),
        ((4, 4), "0x24280ca"),
        ((4, 6), f"0x24280ca({_MOVABLE}|__GFP_ZERO)"),
        ((4, 10), f"0x14280ca({_MOVABLE}|__GFP_ZERO)"),
        ((4, 18), f"0x6280ca({_MOVABLE}|__GFP_ZERO)"),
        ((5, 1), f"0x100dca({_MOVABLE}|__GFP_ZERO)"),
        ((5, 14), f"0x1100dca({_MOVABLE}|__GFP_ZERO)"),
        ((5, 18), f"0x140dca({_MOVABLE}|__GFP_COMP|__GFP_ZERO)"),
        ((6, 16), f"0x140dca({_MOVABLE}|__GFP_ZERO|__GFP_COMP)"),
    ),
    Request.FILE: (
        ((2, 6, 12), "0xd2"),
        ((2, 6, 24), "0x1201d2"),
        ((2, 6, 31), "0x201da"),
        ((4, 4), "0x24201ca"),
        ((4, 6), f"0x24201ca({_MOVABLE}|__GFP_COLD)"),
        ((4, 10), f"0x14201ca({_MOVABLE}|__GFP_COLD)"),
        ((4, 15), f"0x14200ca({_MOVABLE})"),
        ((4, 18), f"0x6200ca({_MOVABLE})"),
        ((5, 1), f"0x100cca({_MOVABLE})"),
        ((5, 14), f"0x1100cca({_MOVABLE})"),
        ((5, 18), f"0x140cca({_MOVABLE}|__GFP_COMP)"),
    ),
    Request.KERNEL: (
        ((2, 6, 12), "0xd0"),
        ((4, 4), "0x24000c0"),
        ((4, 6), "0x24000c0(GFP_KERNEL)"),
        ((4, 10), "0x14000c0(GFP_KERNEL)"),
        ((4, 18), "0x6000c0(GFP_KERNEL)"),
        ((5, 1), "0xcc0(GFP_KERNEL)"),
    ),
    Request.UNKNOWN: (((2, 6, 12), "0x0"), ((4, 6), "0x0()")),
}


def gfp_text(version: Version, facts: Facts) -> str:
    """The request's allocation flags as that kernel prints them."""
    return row(_GFP[facts.request], version)
