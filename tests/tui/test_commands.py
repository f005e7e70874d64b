# SPDX-License-Identifier: GPL-2.0-or-later
"""One table holds all that can be typed, for the screen and for line mode."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.playing import PACK, Kind, new_game, playing
from tests.tui.program import ROOT
from tui.actions.commands import COMMANDS, FORMS, find, meaning
from tui.game.game import Game
from tui.plain.loop import LineMode
from tui.player.services import Services
from tui.screens.briefing import BriefingScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.levels import LevelsScreen
from tui.screens.outcome import AFTER
from tui.screens.play import PlayScreen

EXAMPLES = {
    "": ["a6 r22 a3", "in-place/2"],
    "jump": ["jump 2"],
    "until": ["until a policy_nodemask"],
    "print": ["print task.mems_allowed"],
    "watch": ["watch task.mems_allowed"],
    "list": ["list", "list a", "list policy_nodemask", "list mmzone.h:54"],
    "search": ["search nodes"],
    "reset": ["reset help"],
    "set": ["set task.mems_allowed=0-1"],
    "save": ["save run.race"],
    "save!": ["save! run.race", "save!run.race"],
    "explain": ["explain", "explain cpuset"],
    "levels": ["levels", "levels in-place/2"],
    "history": ["history", "history v3.4", "history 4.5 broken"],
    "help": ["help", "help save!"],
    "transfer": ["transfer 4.7"],
    "quit": ["quit", "exit"],
}
"""What is typed for a command where its name alone does nothing, or not all that it can do."""

REFUSED = {
    "rescue": "the goal is not out of reach here",
    "branch": "there is no other branch",
    "lesson": "a lesson follows a right claim: it plays the race that your line prevents",
    "counterexample": "no claim of yours was proved wrong: there is nothing to show",
}
"""Commands that a run which is won has no use for."""

LEAVING: dict[str, Kind] = {
    "set task.mems_allowed=0-1": PlayScreen,
    "levels": LevelsScreen,
    "levels in-place/2": BriefingScreen,
    "in-place/2": BriefingScreen,
    "quit": ConfirmScreen,
    "exit": ConfirmScreen,
}
"""What ends the play of a level on the screen, and what comes then."""

LINES = [line for command in (*FORMS[:1], *COMMANDS) for line in EXAMPLES.get(command.name, [command.name])]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def won() -> Game:
    game = new_game("in-place/1", "a6 r22 a3")
    game.solved = True
    return game


def line_mode(said: list[str], game: Game | None = None) -> LineMode:
    return LineMode(Services(PACK()), said.append, game)


@pytest.mark.parametrize("line", LINES)
def test_line_mode_does_what_stands_in_the_table(line: str) -> None:
    said: list[str] = []
    goes_on = line_mode(said, won()).take(line)
    assert goes_on == (line not in ("quit", "exit"))
    assert bool(said) == goes_on
    assert not any("unknown command" in text for text in said)
    assert line not in REFUSED or said == [REFUSED[line]]


async def test_the_screen_does_what_stands_in_the_table() -> None:
    async with playing(won()) as player:
        end = player.game.session.now
        for line in (line for line in LINES if line not in LEAVING):
            player.game.session.go(end)
            done = player.screen.act(line)
            await player.pilot.pause()
            assert done != (line in REFUSED), line
            assert REFUSED.get(line, "") in player.text
            player.screen.come_back()
            await player.pilot.pause()


@pytest.mark.parametrize("line", LEAVING)
async def test_what_ends_a_level_leads_on(line: str) -> None:
    async with playing(new_game("in-place/1", "a2")) as player:
        player.screen.act(line)
        await player.until(LEAVING[line])


@pytest.mark.parametrize(
    "line", ["frobnicate", "ladders", "start", "next!", "visit in-place/2", "discard", "in-place/0"]
)
def test_line_mode_knows_no_word_that_is_not_in_the_table(line: str) -> None:
    said: list[str] = []
    line_mode(said, new_game()).take(line)
    (answer,) = said
    assert answer.startswith(f"unknown command {line.split(maxsplit=1)[0]!r}; ")


@pytest.mark.parametrize("line", ["help", "help save!", "levels", "history 4.5", "in-place/2", "quit"])
def test_what_needs_no_level_is_done_without_one(line: str) -> None:
    said: list[str] = []
    assert line_mode(said).take(line) == (line != "quit")
    assert not any("no level is open" in text for text in said)


@pytest.mark.parametrize("line", ["save x", "save! x", "hint", "a3", "set", "frobnicate"])
def test_what_needs_a_level_says_so_without_one(line: str) -> None:
    said: list[str] = []
    assert line_mode(said).take(line)
    assert said == ["no level is open; type the id of one, as levels lists them"]


def test_an_id_that_no_level_has_is_told() -> None:
    said: list[str] = []
    line_mode(said, new_game()).take("in-place/99")
    assert said[0].startswith("no level 'in-place/99' in ")


async def test_an_id_or_an_era_that_is_none_is_told_on_the_screen() -> None:
    async with playing(new_game()) as player:
        await player.type("in-place/99")
        assert "there is no level 'in-place/99' to be played; levels lists them all" in player.text
        await player.press("escape")
        await player.type("history v1")
        assert "v1" in player.text
        assert isinstance(player.app.screen, PlayScreen)


def sources(*patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from (ROOT / "tui").glob(pattern)


def test_no_command_is_told_by_its_name() -> None:
    """Whoever compares what was typed with a name knows a command that the table does not."""
    names = {name for command in COMMANDS for name in (command.name, *command.aliases)}
    for path in sources(
        "app.py", "screens/*.py", "widgets/*.py", "plain/loop.py", "plain/requests.py", "plain/tell.py"
    ):
        for node in ast.walk(ast.parse(path.read_text())):
            compared = isinstance(node, ast.Compare | ast.MatchValue) or (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("startswith", "removeprefix", "find")
            )
            texts = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)} if compared else set()
            assert not texts & names, f"{path}:{getattr(node, 'lineno', 0)}"


def test_keys_and_clicks_do_what_stands_in_the_table() -> None:
    """A line that a key or a hint stands for can be typed as well."""
    lines = [
        line
        for path in sources("screens/*.py", "lines/*.py")
        for line in re.findall(r"""(?:\b(?:do|command|prompt)\('|\bLine\(")(\w[^'"]*)['"]\)""", path.read_text())
    ]
    assert {"back", "restart", "rescue", "ladder", "transfer", "save "} <= set(lines)
    for line in lines:
        assert meaning(line, None)[0] in COMMANDS


def test_the_keys_at_the_end_of_a_run_are_those_of_the_commands() -> None:
    for hint in AFTER:
        name = re.sub(r".*?(\w+)(?:'\))?$", r"\1", hint.action)
        command = find(name)
        assert command is not None, hint
        assert {hint.keys} <= set(command.keys())
