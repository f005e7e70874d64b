# SPDX-License-Identifier: GPL-2.0-or-later
"""An outcome has one name on every page, and another for machines, which no page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from puzzles.levels import game_pack
from sim import Outcome
from tests.tui.program import ROOT, call
from tui.actions.commands import COMMANDS
from tui.view.goals import goal_text, list_goal

MACHINE = [one.value for one in Outcome if "-" in one.value or one is Outcome.ENOMEM]
FOR_MACHINES = re.compile("|".join(MACHINE))
OTHER_NAMES = re.compile(r"\bdeserved\b|\bOOM-kill\b|throws? dice|throwing dice")


@pytest.mark.parametrize(
    "command",
    [
        "run in-place/1|A6 R22 A3",
        "run in-place/7|A1",
        "run today/1|A99",
        "solve in-place/2",
        "solve in-place/9 --max-states 10",
        "odds in-place/2",
        "hint in-place/2",
        "show in-place/7",
        "levels",
        "history v3.4",
        "check in-place/2 in-place/7",
        "play in-place/2 --plain",
    ],
)
def test_pages_name_outcomes_in_words(command: str) -> None:
    words, _, schedule = command.partition("|")
    done = call(*words.split(), *([schedule] if schedule else []), typed="a99\nr99\ntransfer\nstate\nlog\n")
    assert FOR_MACHINES.findall(done.output) == []
    assert OTHER_NAMES.findall(done.output) == []


def test_a_replay_is_judged_in_words(tmp_path: Path) -> None:
    path = tmp_path / "run.race"
    path.write_bytes((ROOT / "puzzles" / "solutions" / "in-place-1.race").read_bytes())
    for command in (["verify", str(path)], ["replay", str(path), "--plain"]):
        assert FOR_MACHINES.findall(call(*command).output) == []


def test_each_outcome_has_a_name_of_its_own() -> None:
    names = [one.words for one in Outcome]
    assert len(set(names)) == len(names)
    assert all(goal_text(level).startswith(list_goal(level)) for level in game_pack().levels)


def test_pages_and_kernel_files_call_a_genuine_kill_nothing_else() -> None:
    folders = (ROOT / "docs", ROOT / "puzzles" / "include", ROOT / "puzzles" / "kernels")
    files = [ROOT / "README.md", *(path for folder in folders for path in sorted(folder.iterdir()) if path.is_file())]
    assert [path.name for path in files if OTHER_NAMES.search(path.read_text("utf-8"))] == []


def test_help_lines_are_short_and_plain() -> None:
    for command in COMMANDS:
        assert command.help[0].islower() or command.help.startswith("A ")
        assert not command.help.endswith(".")
        assert OTHER_NAMES.search(command.help) is None


def test_the_authors_texts_use_the_same_names() -> None:
    for level in game_pack().levels:
        texts = f"{level.title} {level.idea} {level.briefing} {level.hint} {level.debrief}"
        assert FOR_MACHINES.findall(texts) == []
        assert OTHER_NAMES.findall(texts) == []
