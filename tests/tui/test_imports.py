# SPDX-License-Identifier: GPL-2.0-or-later
"""What does not need the screen does not load it, and --help loads nothing but click and the table of bounds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.program import ROOT

SCREEN = ("textual", "rich")
BOUNDS = {"puzzles", "puzzles.limits", "puzzles.limits.bounds"}
PARSERS = ("sim", "cattrs", "tree_sitter", "tomllib")
MACHINE = ("sim", "attrs", "cattrs", "tree_sitter", "platformdirs")

MODULES = """
import sys
{code}
print(*sorted(sys.modules))
"""

COMMAND = """
from tui.cli.arguments import oomrace
try:
    oomrace.main({arguments!r}, prog_name="oomrace")
except SystemExit:
    pass
"""


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", MODULES.format(code=code)],
        input="",
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    return set(done.stdout.splitlines()[-1].split())


def of_puzzles(names: set[str]) -> set[str]:
    return {name for name in names if name.partition(".")[0] == "puzzles"}


@pytest.mark.parametrize("arguments", [["--help"], ["play", "--help"], ["verify", "--help"]])
def test_help_loads_click_and_nothing_of_ours_but_the_command_line(arguments: list[str]) -> None:
    found = loaded(COMMAND.format(arguments=arguments))
    assert "click" in found
    assert not found.intersection((*SCREEN, *MACHINE))
    assert of_puzzles(found) <= BOUNDS


@pytest.mark.parametrize(
    "arguments",
    [
        ["levels"],
        ["history"],
        ["show", "tour/7"],
        ["run", "tour/7", "A1"],
        ["verify", "no.race"],
        ["play", "tour/7", "--plain"],
    ],
    ids=lambda arguments: str(arguments[0]),
)
def test_commands_without_a_screen_do_not_load_it(arguments: list[str]) -> None:
    found = loaded(COMMAND.format(arguments=arguments))
    assert "sim" in found
    assert not found.intersection(SCREEN)


@pytest.mark.parametrize(
    "arguments", [["show", "tour/7"], ["solve", "tour/7"]], ids=lambda arguments: str(arguments[0])
)
def test_a_level_is_shown_and_solved_without_what_games_are_played_with(arguments: list[str]) -> None:
    names = loaded(COMMAND.format(arguments=arguments))
    assert "sim.explore" in names
    assert not names.intersection(("sim.debugger", "puzzles.replays", "puzzles.journals", "tui.game", "tui.actions"))


def test_a_list_by_index_loads_no_machine_and_no_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))  # of a player without wins, which it would verify
    arguments = ["levels"]
    assert "sim" in loaded(COMMAND.format(arguments=arguments))  # for the first time, which leaves the index
    assert not loaded(COMMAND.format(arguments=arguments)).intersection((*SCREEN, *PARSERS))


SHARED = (
    "tui.plain",
    "tui.player.library",
    "tui.cli.config",
    "tui.view.model",
    "tui.actions.commands",
    "tui.player.opening",
)


def test_what_both_modes_share_does_not_load_the_screen() -> None:
    names = loaded(f"import {', '.join(SHARED)}")
    assert names.issuperset(SHARED)
    assert not names.intersection(SCREEN)


def test_the_list_is_on_the_screen_without_machine_compiler_and_games() -> None:
    names = loaded("import tui.cli.play, tui.app")
    assert "textual" in names
    assert not names.intersection({"sim", "cattrs", "tree_sitter", "tomllib", "puzzles.levels.model", "tui.game.game"})
    assert not names.intersection({"tui.screens.play", "tui.screens.navigation"})


BRIEFED = """
from puzzles.levels.index import read_index
from tui.app import OomraceApp
from tui.player.locations import cache_folder, data_folder
from tui.player.services import Services
from tui.screens.briefing import BriefingScreen

painted = []

def load(app):
    painted.append(app.screen)
    app.call_from_thread(app.exit)

OomraceApp._load = load
OomraceApp("in-place/1", None, Services(read_index(cache_folder()), left=data_folder())).run(headless=True)
assert isinstance(painted[0], BriefingScreen)
"""


def test_a_briefing_by_index_is_on_the_screen_before_its_level_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    loaded(COMMAND.format(arguments=["levels"]))  # which leaves the index
    names = loaded(BRIEFED)
    assert "tui.screens.briefing" in names
    assert not names.intersection((*PARSERS, "tui.game.game", "tui.screens.play", "tui.lines.help"))
    assert not names.intersection({"tui.screens.help", "tui.screens.resume", "puzzles.journals.kept"})
