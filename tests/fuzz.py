# SPDX-License-Identifier: GPL-2.0-or-later
"""How long the tests with dice in them go on: a moment in `make test`, as long as you like in `make fuzz`."""

from __future__ import annotations

import os
import random

TIMES = int(os.environ.get("OOMRACE_FUZZ", "0"))
"""By how much `make fuzz` wants more; 0 in `make test`."""


def dice(name: str) -> random.Random:
    """Dice that fall the same way each time in `make test`, and another way each time in `make fuzz`."""
    return random.Random(f"{name} {os.urandom(8).hex()}" if TIMES else name)
