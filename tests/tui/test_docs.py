# SPDX-License-Identifier: GPL-2.0-or-later
"""What the pages in docs/ show works as they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from puzzles.limits.bounds import CHECK, CLAIM, HINT, REASONS, SOLVE, TRANSFER, Bounds
from puzzles.limits.memory import memory_text
from puzzles.notation.headers import FORMAT_VERSION
from puzzles.notes import INDEX
from puzzles.replays.semantics import SEMANTICS_VERSION
from tests.tui.program import ROOT, call
from tui.checking.lock import LockState

DOCS = ROOT / "docs"
LIMITS = (
    ("`solve`, `odds`, `export`", SOLVE, ("solve", "odds", "export")),
    ("`check`, for each level", CHECK, ("check",)),
    ("a claim in the game, and where `verify` tries it again", CLAIM, ()),
    ("`reasons`: each trial; the time is for all together", REASONS, ("reasons",)),
    ("`hint`, in the game also the light and the best ways to win", HINT, ("hint",)),
    ("a schedule followed on another kernel (its states are steps)", TRANSFER, ()),
)


@pytest.mark.parametrize(("search", "bounds", "commands"), LIMITS)
def test_the_page_about_proofs_tells_how_far_each_search_goes(
    search: str, bounds: Bounds, commands: tuple[str, ...]
) -> None:
    """X5, X6: one table of defaults, and the options that change them."""
    row = f"| {search} | {bounds.states:,} | {memory_text(bounds.memory)} | {bounds.seconds:g} s |"
    assert row in (DOCS / "proofs.md").read_text("utf-8")
    for command in commands:
        told = " ".join(call(command, "--help").stdout.split())
        for option, value in (("states", bounds.states), ("memory", "1G"), ("seconds", bounds.seconds)):
            assert re.search(rf"--max-{option} [^-]*\[default: {re.escape(str(value))}", told)


def test_the_pack_in_the_page_about_levels_can_be_played_and_is_right(tmp_path: Path) -> None:
    """P2."""
    page = (DOCS / "levels.md").read_text("utf-8")
    files = re.findall(r"^`([^`\n]+)`\n\n```\w+\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    assert [name for name, _ in files] == ["pack.toml", "kernels/lost.c", "basics/1/level.toml"]
    for name, text in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        assert text == (ROOT / "tests/data/packs/one-is-lost" / name).read_text("utf-8")
    assert call("levels", "--pack", str(tmp_path)).exit_code == 0
    checked = call("check", str(tmp_path))
    assert (checked.exit_code, "1 level: nothing is wrong" in checked.stdout) == (0, True)
    found = re.search(r'`oomrace run (\S+) "([^"]+)" --pack my-pack` reaches the goal', page)
    assert found
    report = json.loads(call("run", found[1], found[2], "--json", "--pack", str(tmp_path)).stdout)
    assert report["won"]


def test_the_page_about_levels_tells_every_field_of_a_check() -> None:
    page = (DOCS / "levels.md").read_text("utf-8")
    report = json.loads(call("check", str(ROOT / "tests/data/packs/misspelt"), "--json").stdout)
    for name, rows in report.items():
        (told,) = re.findall(rf"^\| `{name}` \| (.*) \|$", page, re.MULTILINE)
        assert [key for row in rows for key in row if f"`{key}`" not in told] == []
    states = re.findall("`([^`]+)`", page.rpartition("`state` (")[2].partition(")")[0])
    assert states == [state.value for state in LockState]


def test_the_replay_in_the_page_about_replays_is_true(tmp_path: Path) -> None:
    page = (DOCS / "replay.md").read_text("utf-8")
    shown = re.search(r"(?:^    .*\n|^\n)+", page[page.index("    [Format") :], re.MULTILINE)
    assert shown
    path = tmp_path / "shown.race"
    path.write_text(re.sub(r"^    ", "", shown[0], flags=re.MULTILINE), "utf-8")
    done = call("verify", str(path))
    assert done.exit_code == 0
    assert f"{path}: compatible: premature OOM with 1 preemption, 31 steps" in done.stdout


def test_the_page_about_replays_tells_the_versions_of_today() -> None:
    page = (DOCS / "replay.md").read_text("utf-8")
    for header, version in (("Format", FORMAT_VERSION), ("Semantics", SEMANTICS_VERSION)):
        assert f"\n| `{header}` | `{version}`; " in page, f"{header} {version} is not in the table of headers"
    meanings = page.partition("\n## Semantics\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\d+)` \|", meanings, re.MULTILINE)[-1] == SEMANTICS_VERSION


def test_every_key_of_a_level_is_in_the_page() -> None:
    page = (DOCS / "levels.md").read_text("utf-8")
    keys = {line.partition("=")[0].strip() for path in (ROOT / "puzzles" / "campaign").glob("*/*/level.toml")
            for line in path.read_text("utf-8").splitlines() if re.match(r"[a-z_]+ = ", line)}  # fmt: skip
    assert {"id", "goal", "cpu", "hold_at"} <= keys
    assert not [key for key in keys if f"`{key}`" not in page and f"`{key} =" not in page]


def test_pages_are_printed_wherever_the_game_is_installed() -> None:
    """P15: the pages need no clone."""
    names = call("docs").stdout.splitlines()
    assert names == sorted(path.stem for path in DOCS.glob("*.md") if path.stem != INDEX)
    for name in names:
        assert call("docs", name).stdout == (DOCS / f"{name}.md").read_text("utf-8")
    done = call("docs", "nothing")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no page 'nothing'; there are: design, kernel-c, kernel-history" in done.stderr
