# SPDX-License-Identifier: GPL-2.0-or-later
"""Run the tests nearest to what has changed since main: python -m tests.nearest (part of `make precommit`).

Near to a changed test file is that file. Near to any other module are the test files that have its name in theirs.
Where there are none, and for what is no module, it is those of its room: the longest path of ROOMS that it is in.
Besides them come the guards of each path of GUARDS that it is in.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
ROOMS: Final[Mapping[str, tuple[str, ...]]] = {
    "sim": ("test_machine_laws", "test_explore"),
    "sim/debugger": ("test_debugger", "test_moments"),
    "sim/explore": ("test_explore", "test_explore_limits", "test_explore_faults", "test_witness"),
    "sim/kernelc": ("test_values", "test_types", "test_compile_errors", "test_rejected_declarations", "test_programs"),
    "sim/kernelc/syntax": ("test_syntax", "test_rejected_declarations"),
    "sim/kernelc/text": ("test_preprocess", "test_syntax"),
    "sim/machine": ("test_machine", "test_machine_laws", "test_locks", "test_step_order"),
    "sim/numa": ("test_numa",),
    "sim/operations": ("test_locks", "test_step_order", "test_tables"),
    "sim/reasons": ("test_reasons",),
    "sim/promela": ("test_export", "test_spin"),
    "puzzles": ("test_judge", "test_solutions"),
    "puzzles/campaign": ("test_solutions", "test_screen_pictures", "test_docs"),
    "puzzles/glossary": ("test_glossary",),
    "puzzles/harden": ("test_harden",),
    "puzzles/history": ("test_history", "test_notes"),
    "puzzles/include": ("test_operations", "test_kernels_gcc"),
    "puzzles/journals": ("test_journals", "test_records"),
    "puzzles/judging": ("test_judge", "test_referee", "test_claims"),
    "puzzles/kernels": ("test_solutions", "test_kernels_gcc", "test_kernel_functions", "test_named_kernels"),
    "puzzles/levels": ("test_level_build", "test_level_file", "test_level_hash", "test_packs"),
    "puzzles/limits": ("test_guard", "test_limits"),
    "puzzles/notation": ("test_notation_model", "test_notation_schedule", "test_notation_writer"),
    "puzzles/oomlog": ("test_oom_report_eras", "test_oom_report_real"),
    "puzzles/proofs": ("test_proofs",),
    "puzzles/reasons": ("test_reasons",),
    "puzzles/replays": ("test_replays",),
    "puzzles/solutions": ("test_solutions",),
    "puzzles/storage": ("test_storage",),
    "puzzles/wins": ("test_records", "test_scores"),
    "tui": ("test_imports", "test_screen_bursts"),
    "tui/actions": ("test_commands", "test_lines", "test_compare"),
    "tui/checking": ("test_batch", "test_fit"),
    "tui/cli": ("test_cli", "test_docs"),
    "tui/explorer": ("test_searching", "test_cache"),
    "tui/game": ("test_other_goal", "test_advice"),
    "tui/lines": ("test_lines", "test_fit"),
    "tui/plain": ("test_plain_sentences", "test_plain_searches", "test_plain_history"),
    "tui/player": ("test_config", "test_saved_replays"),
    "tui/screens": ("test_screen_bursts", "test_screen_pictures"),
    "tui/styles": ("test_screen_colourless",),
    "tui/terminal": ("test_reader",),
    "tui/view": ("test_lines", "test_words"),
    "tui/widgets": ("test_screen_repaint", "test_screen_pictures"),
    "docs": ("test_docs", "test_contributing"),
    "tests/data/c": ("test_operations", "test_kernels_gcc"),
    "tests/data/meanings": ("test_meanings", "test_outcomes"),
    "tests/data/meanings.json": ("test_meanings",),
    "CONTRIBUTING.md": ("test_contributing",),
    "README.md": ("test_readme", "test_contributing"),
}
"""The test files of each room, by their names, for what has no test file of its own name: some seconds' worth."""

GUARDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sim/machine": ("test_meanings",),
    "sim/machine/state.py": ("test_tables", "test_words", "test_outcomes"),
    "sim/operations": ("test_operations", "test_meanings"),
    "puzzles/journals/records.py": ("test_meanings",),
    "puzzles/levels/hashing.py": ("test_meanings",),
    "puzzles/notation/headers.py": ("test_meanings", "test_docs"),
    "puzzles/replays/semantics.py": ("test_meanings", "test_docs"),
    "tui/actions/commands.py": ("test_screen_pictures",),
    "tui/explorer/cache.py": ("test_meanings",),
    "tui/widgets/desk.py": ("test_both_modes",),
    "docs/kernel-c.md": ("test_operations",),
    "docs/kernel-history.md": ("test_notes", "test_history"),
    "docs/replay.md": ("test_outcomes",),
}
"""The test files that guard a room or a file against what tests of its name do not look at: versions, tables, pages."""


def main() -> int:
    """Run them, up to the first that fails; the exit code of pytest, 0 where there are none."""
    changed = set(changed_files())
    near = sorted({str(path) for name in changed for path in nearest(PurePath(name))})
    sys.stdout.write(f"{len(changed)} files have changed since main, {len(near)} test files are near them\n")
    return int(pytest.main(["-q", "-x", *near])) if near else 0


def changed_files() -> Iterator[str]:
    """What differs from where this branch left main, committed or not, and what git does not know yet."""
    base = _git("merge-base", "HEAD", "main") or ["HEAD"]
    yield from _git("diff", "--name-only", "--diff-filter=d", base[0])
    yield from _git("ls-files", "--others", "--exclude-standard")


def nearest(changed: PurePath) -> Collection[Path]:
    """The test files near a file; both are told by their paths from the root."""
    tests = all_tests()
    if changed in tests:
        return [Path(changed)]
    own = {path.stem for path in tests if changed.suffix == ".py" and f"_{changed.stem}_" in f"{path.stem}_"}
    guards = {name for path in _within(changed) for name in GUARDS.get(path, ())}
    near = (own or set(ROOMS.get(room_of(changed), ()))) | guards
    return [path for path in tests if path.stem in near]


@cache
def all_tests() -> Sequence[Path]:
    """Every test file, by its path from the root."""
    return [path.relative_to(ROOT) for path in sorted((ROOT / "tests").rglob("test_*.py"))]


def room_of(changed: PurePath) -> str:
    """The longest path of ROOMS that a file is in; "" where it is in none."""
    return next((path for path in _within(changed) if path in ROOMS), "")


def _within(changed: PurePath) -> Iterator[str]:
    """The path of a file and of the folders that it is in, the longest first."""
    return map(str, (changed, *changed.parents))


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main())
