# SPDX-License-Identifier: GPL-2.0-or-later
"""Run SPIN on everything and store what it says: python -m tests.spin.measure

The figures are SPIN's, never ours. They stand in for it where it is not installed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from attrs import asdict

from sim.explore import state_graph
from tests.spin.checker import PRESENT, counted
from tests.spin.machines import MACHINES

STORED = Path(__file__).parents[1] / "data" / "spin.json"


def main() -> str | None:
    """Write the figures; what went wrong, else None."""
    if not PRESENT:
        return "spin and gcc are needed (Debian: apt-get install spin gcc)"
    counts = {}
    for name, build in MACHINES.items():
        with tempfile.TemporaryDirectory() as folder:
            counts[name] = asdict(counted(state_graph(build()), Path(folder)))
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(figures)}" for name, figures in counts.items())
    STORED.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(main())
