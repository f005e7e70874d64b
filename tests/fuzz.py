# SPDX-License-Identifier: GPL-2.0-or-later
"""How long the tests with dice in them go on: a moment in `make test`, as long as you like in `make fuzz`."""

from __future__ import annotations

import os
import sys
from random import Random

TIMES = int(os.environ.get("OOMRACE_FUZZ", "0"))
"""How often `make fuzz` does each; 0 in `make test`."""
SEED = os.environ.get("OOMRACE_SEED", os.urandom(4).hex() if TIMES else "oomrace")
"""The same dice fall the same way: always in `make test`; in `make fuzz` with OOMRACE_SEED, which a failure tells."""


def dice(name: str) -> Random:
    """Dice for a test."""
    sys.stdout.write(f"OOMRACE_SEED={SEED}\n")
    return Random(f"{SEED} {name}")
