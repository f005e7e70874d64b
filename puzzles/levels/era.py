# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel versions that a level is about, and what its machine gets from them at boot."""

from __future__ import annotations

import re
from typing import Final

from puzzles.levels.model import Level
from sim.numa import LATEST, Rule, Version, rule_of

_VERSION: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){1,3}")


def versions(era: str) -> tuple[Version, ...]:
    """The kernel versions that an era names, in order: "2.6.31 - 2.6.34" gives (2, 6, 31) and (2, 6, 34)."""
    return tuple(tuple(int(part) for part in version.split(".")) for version in _VERSION.findall(era))


def zonelist_rule(level: Level) -> Rule:
    """The rule by which a level's machine orders its nodes: that of its era's first version, else the latest.

    A version older than all rules that are known gets the latest, too; `oomrace check` tells.
    """
    try:
        return rule_of(versions(level.era)[0])
    except (IndexError, ValueError):
        return LATEST
