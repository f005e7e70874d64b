# SPDX-License-Identifier: GPL-2.0-or-later
"""Print how much of each room the tests have run: python -m tests.covered, after COVERAGE=1 make test.

What runs in a process of its own is not measured: the program in a terminal, the workers of `check -j`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from attrs import define
from coverage import Coverage

ROOT: Final = Path(__file__).parents[1]


@define
class Tally:
    """Lines with code, and those of them that did not run."""

    lines: int = 0
    missed: int = 0

    def __str__(self) -> str:
        """Give the share in per cent and the lines that did not run."""
        return f"{100 * (self.lines - self.missed) / max(self.lines, 1):5.1f} %  {self.missed:5,} of {self.lines:6,}"


def main() -> None:
    """Print a line for each room and its total."""
    tallies = measured()
    sys.stdout.write(f"{'room':<24} {'run':>7}  lines that no test ran\n")
    for room, tally in sorted(tallies.items()):
        sys.stdout.write(f"{'  ' * room.count('/') + room:<24} {tally}\n")


def measured() -> dict[str, Tally]:
    """The tally of each folder of the packages with all that is below it, by its path."""
    coverage = Coverage()
    coverage.load()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name in coverage.get_data().measured_files():
        _, lines, _, missed, _ = coverage.analysis2(name)
        for folder in Path(name).relative_to(ROOT).parents[:-1]:
            tallies[str(folder)].lines += len(lines)
            tallies[str(folder)].missed += len(missed)
    return tallies


if __name__ == "__main__":
    main()
