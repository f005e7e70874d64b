# SPDX-License-Identifier: GPL-2.0-or-later
"""The hint ladder and the rescue: what they say is what the explorer knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.levels import Level, build_machine, game_pack
from sim.debugger import reached
from sim.explore import solve
from tui.actions.commands import CommandError, answered
from tui.game.game import Game
from tui.game.loss import lost_at
from tui.lines.status import TopLine, status_line
from tui.plain.tell import situation_lines
from tui.view.model import Reach

LEVEL = game_pack().level("in-place/1")


def new_game(*lines: str, level: Level = LEVEL) -> Game:
    game = Game(level, build_machine(level))
    for line in lines:
        answered(game, line)
    return game


def hints(game: Game, count: int) -> list[str]:
    return [answered(game, "hint").sentence for _ in range(count)]


def test_the_ladder_has_four_rungs_and_begins_again_after_a_step() -> None:
    game = new_game("a6")
    first, second, third, fourth, again = hints(game, 5)
    assert first.startswith("hint 1/4: Each zonelist entry is judged")
    assert second == "hint 2/4: the best way from here takes 1 preemption; the turns are R, then A (h again: more)"
    assert third.startswith("hint 3/4: let R go on until its next operation is: down_write mm.mmap_sem (read by A, R ")
    assert fourth == "hint 4/4: r22 begins the best way from here: 1 preemption, 25 steps: R22 A3"
    assert again == first
    hints(game, 2)
    answered(game, "r")
    assert hints(game, 1)[0].startswith("hint 1/4")
    assert str(game.page.help) == "rung 4, schedule 1"


def test_hints_leave_no_trace_in_the_tree_of_moments() -> None:
    game = new_game("a6")
    hints(game, 4)
    assert game.session.now.children == []
    assert game.session.now.chosen is None


@pytest.mark.parametrize(
    "level", [level for level in game_pack().levels if not level.goal.safe], ids=lambda level: level.id
)
def test_following_the_last_rung_wins_at_the_first_par(level: Level) -> None:
    game = new_game(level=level)
    while not game.session.over:
        answered(game, hints(game, 4)[-1].split()[2])
    assert reached(game.machine, game.session.now)
    best = solve(game.machine, level.goal.outcome).best[0]
    assert (game.session.now.preemptions, game.session.now.steps) == (best.preemptions, best.steps)


def test_a_place_is_told_by_its_walk() -> None:
    game = new_game()
    third, fourth = hints(game, 4)[2:]
    place = (
        "read task_policy.nodes (= {0}) in node_isset, within __alloc_pages_nodemask; first-zone lookup, asking about"
    )
    assert f"let A go on until its next operation is: {place} node 0; then comes R" in third
    assert fourth.startswith("hint 4/4: a6 ")
    for _ in range(6):
        answered(game, "a")
    assert f"A allocator: next: {place} node 0" in answered(game, "state").lines


def test_a_place_that_comes_more_than_once_is_counted() -> None:
    level = game_pack().level("in-place/10")
    game = Game(level, build_machine(level))
    answered(game, "r33")
    third, fourth = hints(game, 4)[2:]
    place = "read task.mems_allowed.bits[1] (= {70}) in cpuset_mem_spread_node"
    assert f"let A go on until, for the 2nd time, its next operation is: {place}; then comes R" in third
    met = 0
    for _ in range(int(fourth.split()[2].removeprefix("a"))):
        answered(game, "a")
        thread = game.view.threads[0]
        met += f"{thread.next} in {thread.stack[-1].function}" == place
    assert met == 2


def test_once_the_goal_is_out_of_reach_every_hint_but_the_author_s_words_says_so() -> None:
    game = new_game("hint", "hint", "a8")
    words, *others = hints(game, 3)
    assert words.startswith("hint 1/4: Each zonelist entry is judged")
    assert all(text.startswith("the goal went out of reach at step 7") for text in others)
    answered(game, "a6 r25")
    assert game.session.over
    assert hints(game, 2) == ["this run is over: u steps back, x starts again"] * 2


def test_after_the_loss_the_step_is_named_and_rescue_goes_before_it() -> None:
    game = new_game("a8")
    assert hints(game, 2)[1] == (
        "the goal went out of reach at step 7: A read task_policy.nodes = {0} (first-zone lookup: node 0?);"
        " rescue (o) goes to just before that"
    )
    assert "at step 6" in answered(game, "rescue").lines[0]
    assert game.session.now.steps == 6
    with pytest.raises(CommandError, match="not out of reach"):
        answered(game, "rescue")


def test_rescue_also_works_at_the_end_of_a_lost_run() -> None:
    game = new_game("a14 r25")
    assert game.session.over
    answered(game, "rescue")
    assert game.session.now.steps == 6
    assert not game.session.over


@given(st.lists(st.tuples(st.sampled_from("ar"), st.integers(1, 9)), max_size=8))
def test_lost_is_where_every_schedule_fails_and_not_before(moves: list[tuple[str, int]]) -> None:
    game = new_game("hint", "hint", *(f"{letter}{count}" for letter, count in moves))
    lost = lost_at(game)
    for moment in game.session.now.line():
        reachable = game.analysis.distance(moment.state) is not None
        assert reachable == (lost is None or moment.steps < lost.steps)


def shown_reach(game: Game) -> Reach | None:
    return game.view.reach


def test_the_light_tells_at_every_step_until_it_is_put_out() -> None:
    game = new_game("a6")
    assert shown_reach(game) is None
    assert answered(game, "light").sentence == "the goal is in reach"
    assert shown_reach(game) is Reach.IN
    answered(game, "a")
    assert shown_reach(game) is Reach.OUT
    assert list(situation_lines(game))[-1] == "the goal is out of reach"
    assert answered(game, "light").sentence == "light off"
    assert shown_reach(game) is None


def test_once_a_thread_has_finished_without_the_goal_the_light_says_who_goes_on_for_nothing() -> None:
    game = new_game("light", "a99")
    assert game.reach_sentence == "nobody can reach the goal any more; R goes on"
    answered(game, "back")
    assert game.reach_sentence == "the goal is out of reach", "both can still go on"


def test_the_light_is_on_the_top_line() -> None:
    game = new_game("light", "a7")
    assert "goal premature OOM: out of reach" in status_line(TopLine.of(game.view), 80).plain
