# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel log after an OOM kill: what a kernel of the level's era would have printed of this state."""

from __future__ import annotations

from puzzles.oomlog.constraint import Constraint, constraint
from puzzles.oomlog.facts import Facts, Request, read_facts
from puzzles.oomlog.instants import Instants, deciding_instants, eligible_nodes
from puzzles.oomlog.report import oom_constraint, report, report_lines

__all__ = [
    "Constraint",
    "Facts",
    "Instants",
    "Request",
    "constraint",
    "deciding_instants",
    "eligible_nodes",
    "oom_constraint",
    "read_facts",
    "report",
    "report_lines",
]
