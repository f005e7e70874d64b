# SPDX-License-Identifier: GPL-2.0-or-later
"""P8: a schedule that was shown is no win, in either mode, whatever shows it; rescue shows nothing.

Each route begins a level, is shown something, and reaches the goal.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from unittest.mock import ANY

import pytest

from puzzles.notation import read_replay
from puzzles.wins.ledger import Ledger
from tests.tui.playing import Player, new_game, playing
from tests.tui.program import call
from tui.actions.commands import answered
from tui.game.game import Game
from tui.plain.loop import LineMode
from tui.player.library import Library
from tui.player.opening import open_replay, open_verdict, replayed_game
from tui.player.packs import open_pack
from tui.player.services import Services
from tui.screens.levels import LevelsScreen
from tui.screens.outcome import OutcomeScreen
from tui.screens.play import PlayScreen

LEVEL = "in-place/1"
BEST, SHORTEST = "A6 R22 A3", "A6 R19 A3"
NO_WIN = "by a way that was shown to you: no win"
WIN = "saved: your first win of this level"

CLAIM = ("claim safe 61", "counterexample")
"""A wrong claim, and its counterexample."""

ROUTES: dict[str, tuple[Sequence[str], bool]] = {
    "by hand": ((BEST,), True),
    "rescue": (("a20", "rescue", "r22 a3"), True),
    "the last rung of the hints": (("hint", "hint", "hint", "hint", BEST), False),
    "hints before the last": (("hint", "hint", "hint", BEST), True),
    "last after a wrong claim": ((*CLAIM, "last"), False),
    "forward after a wrong claim": ((*CLAIM, "forward 28"), False),
    "the timeline after a wrong claim": ((*CLAIM, "jump 28"), False),
    "the end of the counterexample again": ((*CLAIM, "last", "back 2", "a2"), False),
    "the counterexample by hand": ((*CLAIM, "restart", SHORTEST), False),
    "in other steps": ((*CLAIM, "restart", "a6 r3", "a", "u", "r16 a3"), False),
    "the own run, finished after the claim": (("A6 R19 A2", *CLAIM, "restart", SHORTEST), False),
    "a what-if that shows it": (("set zones[0].free=200", *CLAIM, "set", SHORTEST), False),
    "left and opened again": ((*CLAIM, f"levels {LEVEL}", SHORTEST), False),
}


def won(lines: Sequence[str], home: Path, level: str = LEVEL) -> tuple[bool, str]:
    """Whether line mode stores a win after these lines, and what it says."""
    done = call("play", level, "--plain", typed="\n".join(lines), env={"OOMRACE_DATA_DIR": str(home)})
    return bool(list(home.glob("*.race"))), done.stdout


@pytest.mark.parametrize(("lines", "wins"), ROUTES.values(), ids=ROUTES)
def test_p8_in_line_mode(lines: Sequence[str], wins: bool, tmp_path: Path) -> None:
    stored, said = won(lines, tmp_path)
    assert stored is wins
    assert (WIN in said) is wins


def test_the_only_schedule_of_a_level_wins_after_all_hints(tmp_path: Path) -> None:
    hints = ("hint", "hint", "hint", "hint")
    stored, said = won((*hints, "A13"), tmp_path, "tour/7")
    assert stored
    assert "no win" not in said
    assert "(h again: all, no win)" in won(hints, tmp_path)[1]


def test_another_way_than_the_one_that_was_shown_is_a_win(tmp_path: Path) -> None:
    hints = ("hint", "hint", "hint", "hint")
    assert won((*hints, "A8 R31 A13"), tmp_path, "cached/3") == (False, ANY)
    stored, said = won((*hints, "A9 R31 A17"), tmp_path, "cached/3")
    assert stored
    assert WIN in said


async def shown_a_way(player: Player, lines: Sequence[str]) -> None:
    """Type the lines of a route at the prompt; claims, which are asked about, by key."""
    for line in lines:
        if line == CLAIM[0]:
            await player.claim()
        elif line == "hint":
            await player.press("h")
            await player.learn()
        else:
            player.screen.act(line)
            await player.pilot.pause(0.1)


BY_KEY = (
    "rescue",
    "the last rung of the hints",
    "last after a wrong claim",
    "the timeline after a wrong claim",
    "the own run, finished after the claim",
)


@pytest.mark.parametrize("route", BY_KEY)
async def test_p8_on_the_screen(route: str) -> None:
    lines, wins = ROUTES[route]
    async with playing(new_game(LEVEL)) as player:
        await shown_a_way(player, lines)
        assert bool(player.won) is wins
        assert isinstance(player.app.screen, OutcomeScreen) is wins
        assert (NO_WIN in " ".join(player.text.split())) is not wins


async def test_p8_by_key_to_the_end_and_back_and_on_by_hand() -> None:
    async with playing(new_game(LEVEL)) as player:
        await player.claim()
        await player.type("counterexample")
        await player.press("end u u a a")
        assert player.game.session.won
        assert player.won == []
        await player.turn_page("escape")
        await player.until(LevelsScreen)
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.press("x a6 r19 a3")
        assert player.game.session.won
        assert player.won == []


async def test_the_ways_on_the_page_of_a_win_are_shown() -> None:
    async with playing(new_game(LEVEL, "A6 R19 A2")) as player:
        await player.press("a")
        await player.until(OutcomeScreen)
        assert len(player.won) == 1
        await player.turn_page("m")
        assert "A6 R22 A3" not in player.text
        assert not player.game.shown
        await player.turn_page("escape")
        await player.turn_page("m")
        assert "1 preemption, 31 steps: A6 R22 A3" in player.text
        await player.turn_page("escape")
        await player.turn_page("x")
        await player.press("a6 r22 a3")
        assert NO_WIN in " ".join(player.text.split())
        assert len(player.won) == 1


def test_ways_show_and_a_win_before_them_stays_one(tmp_path: Path) -> None:
    stored, said = won((SHORTEST, "ways", "ways", "restart", BEST), tmp_path)
    assert stored
    assert said.count("saved: ") == 1
    assert "no win: this schedule was shown to you" in said
    (win,) = tmp_path.glob("*.race")
    assert read_replay(win.read_bytes()).header("Help") is None


def opened(path: Path) -> Game:
    found = open_replay(path)
    level, verdict = open_verdict(path, found, open_pack(None), None)
    return replayed_game(level, verdict, found, None)


@pytest.mark.parametrize("lines", [("last",), ("forward 6", "r22 a3"), ("restart", "a3 r1 a3 r21 a3")])
def test_an_opened_replay_is_shown_and_so_is_what_is_saved_of_it(lines: Sequence[str], tmp_path: Path) -> None:
    path = Path("puzzles/solutions/in-place-1.race")
    for number in range(2):
        mode = LineMode(Services(open_pack(None), Library(tmp_path / "wins")), lambda _: None, opened(path))
        for line in lines:
            mode.take(line)
        assert mode.game is not None
        assert mode.game.session.won
        assert not mode.reached
        path = tmp_path / f"{number}.race"
        mode.take(f"save {path}")
        assert read_replay(path.read_bytes()).header("Help") == "shown"
    assert not list(tmp_path.glob("wins/*"))


def test_what_was_shown_is_one_frozen_value_that_another_game_takes_back() -> None:
    game = new_game(LEVEL)
    answered(game, CLAIM[0])
    answered(game, CLAIM[1])
    other = new_game(LEVEL)
    for line in game.shown:
        other.show(line)
    answered(other, SHORTEST)
    assert other.session.won
    assert other.ruling.shown
    assert other.shown == game.shown
    with pytest.raises(ValueError, match="line 2"):
        other.show("A6 %")


def test_games_of_one_level_share_what_was_shown() -> None:
    ledger = Ledger()
    one, other = new_game(LEVEL), new_game(LEVEL)
    one.show(BEST)
    for game in (one, other):
        game.share(ledger)
    assert other.shown == (BEST,)


def test_what_was_shown_is_kept_with_the_run(tmp_path: Path) -> None:
    env = {"OOMRACE_DATA_DIR": str(tmp_path)}
    call("play", LEVEL, "--plain", typed="a3\nclaim safe 61\ncounterexample\nlast\nback 1\n", env=env)
    done = call("play", LEVEL, "--plain", "--resume", typed=f"restart\n{SHORTEST}\n", env=env)
    assert "no win: this schedule was shown to you" in done.stdout
    assert not list(tmp_path.glob("*.race"))
