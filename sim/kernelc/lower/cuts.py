# SPDX-License-Identifier: GPL-2.0-or-later
"""What is left out of a function when it is lowered: statements taken away, conditions taken as true."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from sim.kernelc.syntax.tree import SyntaxNode


class Cut(Enum):
    """How a statement is changed: taken away, or, an `if`, taken as always true without a look at its condition."""

    AWAY = "taken away"
    ALWAYS = "taken as always true"


Cuts: TypeAlias = Mapping[SyntaxNode, Cut]
"""By the syntax node of a statement."""
