# SPDX-License-Identifier: GPL-2.0-or-later
"""A schedule on other kernels: on the command line and as a command of the game."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from puzzles.levels import game_pack
from puzzles.wins.ledger import WasSettled
from tests.tui.playing import NARROW, playing
from tests.tui.program import call
from tui.actions.commands import answered
from tui.actions.reply import CommandError
from tui.game.game import Game
from tui.player.opening import open_game
from tui.player.options import Changes
from tui.player.services import Services
from tui.screens.answers import AnswerScreen
from tui.view.words import run_sentence

PUZZLES = Path(str(files("puzzles")))
SOLUTION = str(PUZZLES / "solutions" / "in-place-1.race")


def kernel(version: str) -> str:
    return str(PUZZLES / "kernels" / f"linux-{version}.c")


def game() -> Game:
    return open_game(game_pack(), "in-place/1", Changes())


def test_a_replay_lives_on_its_own_level() -> None:
    done = call("run", "in-place/1", "--like", SOLUTION)
    assert done.exit_code == 0
    assert done.stdout.startswith("outcome: premature OOM")


DEATHS = {
    "2.6.29": (
        "A read task_policy.nodes = {0} (in node_isset, within get_page_from_freelist; pass with the low mark, asking"
        " about node 0), a read not made where the schedule was played; A has finished (page of node 0 allocated)"
    ),
    "2.6.35": (
        "the schedule dies at step 38, in its 2nd entry, R22: R goes round in circles, in which it read"
        " task.mems_allowed_change_disable = 2 (in cpuset_change_task_nodemask), and never comes to down_write"
    ),
    "3.4": (
        "in its 3rd entry, A3: A read task.mems_allowed_seq.sequence = 2 (in read_seqcount_retry, within"
        " put_mems_allowed), a read not made where the schedule was played; A has finished (page of node 1 allocated),"
        " and never comes to the OOM killer"
    ),
    "6.5": (
        "in its 3rd entry, A3: A read task_policy.nodes = {1} (in node_isset, within __alloc_pages; first-zone lookup,"
        " asking about node 0), a read not made where the schedule was played; A has finished (page of"
        " node 1 allocated)"
    ),
}


@pytest.mark.parametrize(("version", "reason"), DEATHS.items(), ids=DEATHS)
def test_where_it_dies_on_later_kernels_is_told(version: str, reason: str) -> None:
    done = call("run", "in-place/1", "--like", SOLUTION, "--kernel", kernel(version))
    assert done.exit_code == 1
    assert reason in done.stderr


def test_a_schedule_and_a_replay_are_not_taken_together() -> None:
    for arguments in ([], ["A1", "--like", SOLUTION]):
        done = call("run", "in-place/1", *arguments)
        assert done.exit_code == 2
        assert "either a schedule or --like FILE" in done.stderr


def test_the_command_names_every_later_kernel() -> None:
    one = game()
    answered(one, "a6 r22 a3")
    lines = answered(one, "transfer").lines
    starts = [line.split()[0] for line in lines]
    assert starts[:3] == ["2.6.35", "3.2-rc", "3.2"]
    assert starts[-1] == "6.15"


def test_what_a_kernel_does_not_have_is_told_with_the_release_of_its_row() -> None:
    """A lock that has another name there is followed; 6.15 is modelled by linux-6.16.c."""
    counted = open_game(game_pack(), "count/1", Changes())
    answered(counted, "a13 r19")
    rows = answered(counted, "transfer").lines
    assert rows[-1].startswith("6.15 ")
    assert rows[-1].endswith("there is no task.mems_allowed_change_disable in 6.15")
    one = game()
    answered(one, "a6 r22 a3")
    assert not [row for row in answered(one, "transfer").lines if "mmap_sem in 6." in row]


def test_a_release_candidate_can_be_asked_for() -> None:
    one = game()
    answered(one, "a6 r22 a3")
    rows = answered(one, "transfer").lines
    assert answered(one, "transfer 3.2-rc").lines == rows[1:2]
    assert answered(one, "transfer 3.2").lines == rows[2:3]


@pytest.mark.parametrize(("level", "schedule", "release", "other"), [
    ("in-place/1", "a6 r22 a3", "4.7", "cached/3"),
    ("in-place/3", "a7 r14 a12", "3.2", "overlap/5"),
])  # fmt: skip
def test_how_another_level_ends_is_told_once_it_is_settled(level: str, schedule: str, release: str, other: str) -> None:
    """overlap/5 differs from in-place/3 on its kernel by a limit alone, to which the schedule may keep."""
    one = open_game(game_pack(), level, Changes())
    services = Services(game_pack())
    services.begin_game(one)
    answered(one, schedule)
    assert f"{release:<8}a level of its own: {other}" in answered(one, "transfer").lines
    assert answered(one, f"transfer {release}").lines == (f"{release:<8}a level of its own: {other}",)
    services.ledger.note(other, WasSettled())
    assert answered(one, f"transfer {release}").lines[0].startswith(f"{release:<8}the schedule lives: ")


def test_the_command_takes_an_era() -> None:
    one = game()
    answered(one, "a6 r22 a3")
    text = " ".join(answered(one, "transfer 4.7").lines)
    assert text.split(maxsplit=1)[0] == "4.7"
    assert "lives: premature OOM" in text


def test_kernels_that_do_not_fit_the_level_are_named_once() -> None:
    one = open_game(game_pack(), "generation/3", Changes())
    answered(one, "a3")
    assert answered(one, "transfer").lines == ("no such kernel fits this level: unknown name looks_before_reclaim",)
    one = open_game(game_pack(), "count/2", Changes())
    answered(one, "a3")
    lines = answered(one, "transfer").lines
    assert lines[0].startswith("3.2-rc ")


@pytest.mark.parametrize(("steps", "text", "problem"), [
    ("", "transfer", "no schedule to follow"),
    ("a1", "transfer nonsense", "no era 'nonsense'"),
])  # fmt: skip
def test_what_cannot_be_followed_is_told(steps: str, text: str, problem: str) -> None:
    one = game()
    if steps:
        answered(one, steps)
    with pytest.raises(CommandError, match=problem):
        answered(one, text)


@pytest.mark.parametrize(
    ("level", "followed"), [("side/5", ["4.13"]), ("hotplug/1", ["6.0", "6.3"]), ("side/12", ["6.6"])]
)
def test_beside_the_schemes_it_is_followed_on_what_came_of_the_same_kernel(level: str, followed: list[str]) -> None:
    one = open_game(game_pack(), level, Changes())
    answered(one, "a1")
    assert [line.split()[0] for line in answered(one, "transfer").lines] == followed


def test_playing_with_another_kernel_leaves_out_what_it_does_not_have() -> None:
    """The locks of 2.6.31 that 4.7 no longer has are not shown; everything else is."""
    done = call("run", "in-place/1", "A6 R5", "--kernel", kernel("4.7"))
    assert "task.mems_allowed" in done.stdout
    assert "cgroup_mutex" not in done.stdout


def test_a_run_that_goes_round_is_told_as_such() -> None:
    one = open_game(game_pack(), "count/2", Changes())
    answered(one, "a5 r26")
    assert one.session.won
    told = "spin: by its own steps R came back to a state of this run; others could have moved"
    assert run_sentence(one.machine, one.session.now) == told


async def test_on_the_screen_what_goes_on_stands_under_its_text() -> None:
    async with playing(game(), NARROW) as player:
        await player.type("a6 r22 a3")
        await player.turn_page("T")
        await player.until(AnswerScreen)
        assert "\n  3.2-rc  the schedule dies " in player.text
        assert re.search(r"\n {10}\w.*\n  3\.2     the schedule", player.text)
