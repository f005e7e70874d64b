# SPDX-License-Identifier: GPL-2.0-or-later
"""Levels that are to be proved safe: on the command line, in line mode, in hints and lists."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.levels import build_machine, game_pack
from puzzles.limits.bounds import Bounds
from puzzles.wins.help import RUNGS
from tests.tui.program import ROOT, call
from tui.actions.advice import MORE, NEXT
from tui.actions.commands import CommandError, answered, execute
from tui.explorer.analysis import Analysis
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.plain.tell import ending_lines
from tui.player.library import Library
from tui.player.services import Services
from tui.view.goals import goal_text
from tui.view.words import left_out_sentence

UNSAFE = ("--set", "look_again=0")
TRY_AGAIN = (
    "Step back and try another order, or claim (S) that none reaches it, and because of which line; nothing is lost."
)
FORGED = '[Format "1"]\n[Level "{}"]\n[Result "safe"]\n'


def opened(id_: str, *sets: str) -> Game:
    level = game_pack().level(id_)
    return Game(level, build_machine(level, sets=sets), sets)


def hints(id_: str, *sets: str) -> list[str]:
    game = opened(id_, *sets)
    return [answered(game, "hint").sentence for _ in range(RUNGS)]


def test_solve_says_what_the_search_means_for_the_claim() -> None:
    told = call("solve", "tour/6").stdout.splitlines()
    assert told[0].startswith("BUG: unreachable; all schedules were tried: 35 states, 48 transitions, ")
    reasons = "`oomrace reasons tour/6` says because of what"
    assert told[1:] == [f"so the claim that this level is safe is right; {reasons}"]
    assert call("solve", "tour/6", *UNSAFE).stdout.splitlines()[-1] == "so the claim that this level is safe is wrong"
    assert "claim" not in call("solve", "tour/6", "--goal", "deadlock").stdout
    assert "claim" not in call("solve", "in-place/1").stdout


def test_solve_as_json_is_the_same_object() -> None:
    report = json.loads(call("solve", "in-place/4", "--json").stdout)
    assert (report["verdict"], report["witness"], report["pareto"], report["states"]) == ("unreachable", None, [], 390)


def test_odds_say_that_dice_never_show_it() -> None:
    assert call("odds", "tour/6").stdout.splitlines() == [
        "schedules: 16, not safe: 0",
        "a random scheduler never shows that it is not safe",
    ]
    assert re.search(r"a random scheduler shows that it is not safe 1 in \d", call("odds", "tour/6", *UNSAFE).stdout)


def test_run_says_of_a_safe_level_what_it_says_of_others() -> None:
    assert call("run", "tour/6", "A1 B1 A6 B3").stdout.startswith("outcome: all threads finished, not the goal")
    reached = call("run", "tour/6", "A3 B1 A3 B4", *UNSAFE).stdout
    assert reached.startswith("outcome: BUG, the goal is reached; not scored: the level was changed")
    assert not json.loads(call("run", "tour/6", "A3 B1 A3 B4", "--json", *UNSAFE).stdout)["won"]


def test_the_rungs_tell_who_where_and_which_line() -> None:
    words, who, where, line = hints("in-place/4")
    assert words.startswith("hint 1/4: Hold the scan just before")
    assert who.startswith("hint 2/4: no schedule reaches premature OOM, because of lines that R executes")
    assert where.startswith("hint 3/4: one of them stands in cpuset_change_task_nodemask")
    assert line.endswith("linux-2.6.31.c:310 in cpuset_change_task_nodemask: tsk->mems_allowed = both")
    assert "because of lines that A and R execute" in hints("count/1")[1]


def test_where_no_line_is_the_reason_the_rungs_say_so() -> None:
    _, first, second, last = hints("generation/2")
    assert "no schedule reaches premature OOM, and no line alone is the reason" in first
    assert "none of them was found to be the reason" in second
    assert "there is no line to claim" in last


def test_up_to_the_second_rung_both_kinds_speak_alike_and_a_search_tells_nothing() -> None:
    safe, broken = opened("in-place/4"), opened("in-place/1")
    first = [answered(game, "hint").sentence for game in (safe, broken)]
    assert all(text.startswith("hint 1/4: ") and text.endswith(MORE) for text in first)
    questions = []
    for game in (safe, broken):
        with pytest.raises(Unknown) as unknown:
            execute(game, "hint")
        questions.append((unknown.value.what, str(unknown.value)))
        assert str(game.page.help) == "rung 1"
    assert questions == [(NEXT, NEXT)] * 2


def test_a_search_that_comes_to_no_end_is_told_and_not_charged() -> None:
    game = opened("in-place/4")
    game.analysis = Analysis(game.machine, for_reasons=Bounds(seconds=0.0))
    answered(game, "hint")
    with pytest.raises(
        CommandError, match="because of which line no schedule reaches premature OOM is undecided: more"
    ):
        answered(game, "hint")
    assert str(game.page.help) == "rung 1"


def test_a_claim_of_the_line_that_was_named_is_no_win(tmp_path: Path) -> None:
    named, other = ["hint"] * RUNGS + ["claim safe 62"], ["hint"] * RUNGS + ["claim safe 321"]
    for name, lines in (("named", named), ("other", other)):
        said = call(
            "play", "count/1", "--plain", typed="\n".join(lines), env={"OOMRACE_DATA_DIR": str(tmp_path / name)}
        )
        won = name == "other"
        assert ("Solved. Safe in this model" in said.stdout) == won
        assert ("no win: what the claim names was shown to you" in said.stdout) != won
        assert len(list((tmp_path / name).glob("*.race"))) == won


def test_the_rungs_of_a_changed_level_do_not_call_it_safe() -> None:
    assert all(
        "as it was changed it is not safe: 11 steps reach BUG" in text for text in hints("tour/6", *UNSAFE[1:])[1:]
    )


@pytest.mark.parametrize(("id_", "run"), [("tour/6", "a7 b1"), ("in-place/1", "a14 r25")])
def test_hints_at_the_end_of_a_run_are_none(id_: str, run: str) -> None:
    game = opened(id_)
    answered(game, run)
    assert game.session.over
    assert answered(game, "hint").sentence == "this run is over: u steps back, x starts again"


@pytest.mark.parametrize("id_", ["in-place/4", "in-place/1"])
def test_the_last_rung_settles_a_level(id_: str) -> None:
    game = opened(id_)
    for _ in range(RUNGS - 1):
        answered(game, "hint")
    assert not game.is_settled
    answered(game, "hint")
    assert game.is_settled


def test_a_rung_that_needs_a_search_asks_for_it_first() -> None:
    game = opened("tour/6")
    answered(game, "hint")
    rung = game.rung
    with pytest.raises(Unknown):
        execute(game, "hint")
    assert game.rung == rung


def test_hint_prints_the_whole_ladder() -> None:
    assert len(call("hint", "tour/6").stdout.splitlines()) == RUNGS


def test_line_mode_tells_what_one_run_means(tmp_path: Path) -> None:
    game = opened("tour/6")
    answered(game, "a7 b1")
    assert list(ending_lines(game, Services(game_pack(), Library(tmp_path)))) == [
        "Not the goal. All threads finished.",
        "this run: 0 preemptions, 8 steps, no help",
        f"The goal is: {goal_text(game.level)}. {TRY_AGAIN}",
    ]
    unsafe = opened("tour/6", *UNSAFE[1:])
    answered(unsafe, "a3 b1 a3 b4")
    told = list(ending_lines(unsafe, Services(game_pack(), Library(tmp_path))))
    assert told[0].startswith("Reached. BUG at two-takers.c:")
    assert list(tmp_path.iterdir()) == []


def test_what_the_model_leaves_out_is_one_line_until_it_is_asked_for() -> None:
    level = game_pack().level("tour/6")
    assert left_out_sentence(level) == "The model leaves out 3 things: model (M) lists them."
    bare = evolve(level, leaves_out=(), source=evolve(level.source, text=""))
    assert left_out_sentence(bare).startswith("The model leaves out reordering: accesses reach memory one after the ")
    assert answered(opened("tour/6"), "model").lines == (
        "the model leaves out:",
        *(f"  {one}" for one in level.left_out),
    )


def test_lists_and_cards_say_what_is_asked_and_no_more() -> None:
    listed = call("levels").stdout
    assert "tour/6  Force it, or claim. Goal: BUG: force it, or claim that nobody can, and why.\n" in listed
    assert "Par" not in listed
    for id_ in ("in-place/4", "in-place/1"):
        shown = call("show", id_).stdout
        assert "goal: premature OOM: force it, or claim that nobody can, and why\n" in shown
        assert "by chance" not in shown


def summary(id_: str, *more: str) -> dict[str, object]:
    (level,) = (each for each in json.loads(call("levels", "--json", *more).stdout) if each["id"] == id_)
    assert isinstance(level, dict)
    return level


def test_the_list_for_scripts_tells_the_same_of_both_kinds() -> None:
    broken, safe = summary("in-place/1"), summary("in-place/4")
    assert broken == {
        "id": "in-place/1", "title": "Between two reads", "ask": "decide", "goal": "oom-premature", "stars": 0,
        "help": "", "best": None,
    }  # fmt: skip
    assert {**safe, "id": "", "title": ""} == {**broken, "id": "", "title": ""}
    assert summary("tour/7")["ask"] == "force"


def test_authors_can_ask_for_all_of_it() -> None:
    broken, safe = summary("in-place/1", "--all"), summary("in-place/4", "--all")
    assert (broken["safe"], broken["verdict"], broken["par"]) == (False, "reachable", [[1, 31], [2, 28]])
    assert (safe["safe"], safe["verdict"], safe["par"], safe["states"]) == (True, "unreachable", [], 390)
    assert (broken["dice"], broken["recipe"], broken["recipe2"]) == (249, "A6 R22 A3", "A6 R22 A3")
    assert (safe["dice"], safe["recipe"], safe["recipe2"]) == (None, None, None)
    assert (broken["claim_first"], safe["claim_first"]) == ([], [])
    claims = summary("seqcount/1", "--all")["claim_first"]
    assert isinstance(claims, list)
    assert "s->sequence++;" in claims
    assert "Par: 1 preemption, 31 steps." in call("levels", "--all").stdout
    assert "by chance: " in call("show", "in-place/1", "--all").stdout


def test_check_tells_how_many_states_were_exhausted() -> None:
    assert (
        "tour/6: safe, exhausted: 35 states, 48 transitions; 3 reasons" in call("check", "tour/6").stdout.splitlines()
    )


@pytest.mark.parametrize(
    ("id_", "code", "said"),
    [
        ("in-place/4", 0, "compatible: safe in this model, 390 states exhausted"),
        ("in-place/1", 1, "refuted: not safe, "),
    ],
)
def test_verify_settles_a_claim_anew(tmp_path: Path, id_: str, code: int, said: str) -> None:
    path = tmp_path / "claim.race"
    path.write_text(FORGED.format(id_), encoding="utf-8")
    done = call("verify", str(path))
    assert done.exit_code == code
    assert done.stdout.startswith(f"{path}: {said}")


def test_the_claim_in_the_page_about_replays_is_true(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "replay.md").read_text("utf-8")
    shown = re.search(r"(?:^    .*\n)+", page[page.index("## Claims") :], re.MULTILINE)
    assert shown
    path = tmp_path / "shown.race"
    path.write_text(re.sub(r"^    ", "", shown[0], flags=re.MULTILINE), "utf-8")
    done = call("verify", str(path))
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{path}: compatible: safe in this model, 390 states exhausted")
    assert "the header" not in done.stdout


def test_a_step_that_leads_nowhere_new_is_told() -> None:
    game = opened("count/1")
    said = answered(game, "a5 r99").lines
    assert said[-1] == "R goes round in circles: nothing changes until A moves"


def test_the_lines_that_reasons_names_win_no_more(tmp_path: Path) -> None:
    env = {"OOMRACE_DATA_DIR": str(tmp_path)}
    assert "linux-2.6.31.c:310" in call("reasons", "in-place/4", env=env).stdout
    said = call("play", "in-place/4", "--plain", typed="claim safe 310", env=env).stdout
    assert "help so far: verdict 1, claim 1" in said
    assert "no win: what the claim names was shown to you" in said
    assert list(tmp_path.glob("*.race")) == []
