# SPDX-License-Identifier: GPL-2.0-or-later
"""Every command without a screen, with input as it should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from puzzles.levels import game_pack
from puzzles.notation import read_replay, write_replay
from tests.tui.program import SOLUTIONS, call, start
from tui.actions.commands import execute
from tui.player.opening import open_replay, open_verdict, replayed_game
from tui.player.packs import open_level, open_pack


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path


def recorded(path: Path, level: str, schedule: str, *options: str) -> Path:
    """A replay that line mode has saved."""
    done = call("play", level, "--plain", *options, typed=f"{schedule}\nsave {path}\n")
    assert f"saved {path}" in done.stdout
    return path


@pytest.mark.parametrize("level", SOLUTIONS)
def test_a_solution_runs_to_its_goal(level: str) -> None:
    done = call("run", level, SOLUTIONS[level], "--json")
    assert done.exit_code == 0
    report = json.loads(done.stdout)
    assert report["won"]
    assert report["complete"]
    assert report["outcome"] == game_pack().level(level).goal.outcome.value
    assert report["schedule"] == SOLUTIONS[level]


def test_run_prints_outcome_score_and_last_state() -> None:
    done = call("run", "in-place/1", "a6 r22 a3")
    assert done.exit_code == 0
    said = done.stdout.splitlines()
    assert said[0] == "outcome: premature OOM, the goal is reached"
    assert said[1] == "schedule: A6 R22 A3"
    assert said[2] == "step 31, preemptions 1"
    assert "task_policy.nodes {1}" in said
    assert "node 0: 200 of 220 pages free, min 20 low 25 high 30" in said


def test_run_as_json_has_the_names_of_the_notation() -> None:
    report = json.loads(call("run", "in-place/1", "A6 R22 A3", "--json").stdout)
    assert (report["outcome"], report["steps"], report["preemptions"]) == ("oom-premature", 31, 1)
    assert report["words"]["task_policy.nodes"] == "{1}"
    assert [thread["status"] for thread in report["threads"]] == ["stopped", "stopped"]
    assert report["digest"] != json.loads(call("run", "in-place/1", "A6 R21", "--json").stdout)["digest"]


def test_an_unfinished_schedule_was_still_played_completely() -> None:
    done = call("run", "in-place/1", "A3", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["outcome"] == "open"
    assert call("run", "in-place/1", "").exit_code == 0


@pytest.mark.parametrize(
    ("schedule", "reason"),
    [
        ("A6 R23 A3", "stopped after step 28: R waits for mm.mmap_sem"),
        ("A6 R22 A4", "stopped after step 31: the run is over: premature OOM"),
    ],
)
def test_a_step_that_is_not_possible_stops_the_run(schedule: str, reason: str) -> None:
    done = call("run", "in-place/1", schedule)
    assert done.exit_code == 1
    assert reason in done.stderr
    report = json.loads(call("run", "in-place/1", schedule, "--json").stdout)
    assert not report["complete"]
    assert report["stopped"] in done.stderr


def test_a_what_if_changes_the_run_and_is_not_scored() -> None:
    usual = json.loads(call("run", "tour/4", "R25", "--json").stdout)
    changed = json.loads(call("run", "tour/4", "R25", "--json", "--set", "new_mems=0-1").stdout)
    assert usual["words"]["task.mems_allowed"] == "{1}"
    assert changed["words"]["task.mems_allowed"] == "{0,1}"
    assert (usual["scored"], changed["scored"]) == (True, False)


def test_another_kernel_can_be_played(home: Path) -> None:
    kernel = home / "mine.c"
    source = call("show", "tour/7", "--kernel-source").stdout
    kernel.write_text(source, "utf-8")
    report = json.loads(call("run", "tour/7", "A13", "--json", "--kernel", str(kernel)).stdout)
    assert report["reached"]
    assert not report["scored"]
    assert not report["won"]


FAULTY = """\
/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "oomrace.h"
int counter;
static int part(int x)
{
	return 5 / (x - 1);
}
void add(void)
{
	counter = 1;
	counter = part(counter);
}
"""


def faulty(home: Path) -> str:
    """The pack of the docs with a kernel that divides by zero; its level has no [show]."""
    level = home / "pack" / "basics" / "1" / "level.toml"
    level.parent.mkdir(parents=True)
    level.write_text(LEVEL, "utf-8")
    (home / "pack" / "kernels").mkdir()
    (home / "pack" / "kernels" / "lost.c").write_text(FAULTY, "utf-8")
    (home / "pack" / "pack.toml").write_text('title = "Mine"\n[[chapter]]\nid = "basics"\ntitle = "First"\n', "utf-8")
    return str(home / "pack")


def test_p11_a_fault_is_told_with_its_place_and_reason_and_all_words(home: Path) -> None:
    arguments = ("run", "basics/1", "A2", "--pack", faulty(home))
    said = call(*arguments).stdout.splitlines()
    assert said[0] == "outcome: fault in the model, not the goal"
    assert said[1] == "fault: the model faults after A2: lost.c:6, in part: division by zero"
    assert "counter 1" in said
    report = json.loads(call(*arguments, "--json").stdout)
    place = {"schedule": "A2", "file": "lost.c", "line": 6, "function": "part", "reason": "division by zero"}
    assert report["fault"] == place
    assert report["words"] == {"counter": "1"}
    assert report["log"] == [{"step": 2, "text": "fault in the model at lost.c:6:9: division by zero"}]


def test_p11_an_oom_is_told_with_its_report() -> None:
    said = call("run", "in-place/1", SOLUTIONS["in-place/1"]).stdout.splitlines()
    report = json.loads(call("run", "in-place/1", SOLUTIONS["in-place/1"], "--json").stdout)
    assert report["fault"] is None
    lines = [f"  [{line['step']:4}] {line['text']}" for line in report["log"]]
    assert said[said.index("kernel log:") + 1 :] == lines
    assert "  [  31] allocator invoked oom-killer: gfp_mask=0x0, order=0, oomkilladj=0" in lines


def test_a_run_is_saved_and_never_over_a_file(home: Path) -> None:
    path = home / "run.race"
    arguments = ("run", "in-place/1", SOLUTIONS["in-place/1"], "--save", str(path))
    assert call(*arguments).exit_code == 0
    assert call("verify", "--won", str(path)).exit_code == 0
    again = call(*arguments)
    assert again.exit_code == 2
    assert f"{path} is there already; give --save another name" in again.stderr


def test_a_run_like_a_replay_of_its_level_is_shown(home: Path) -> None:
    first, second = home / "first.race", home / "second.race"
    call("run", "in-place/1", SOLUTIONS["in-place/1"], "--save", str(first))
    done = call("run", "in-place/1", "--like", str(first), "--save", str(second), "--json")
    report = json.loads(done.stdout)
    assert (report["reached"], report["scored"], report["won"]) == (True, True, False)
    assert read_replay(second.read_bytes()).header("Help") == "schedule 1, shown"


def test_levels_are_listed_by_chapter() -> None:
    done = call("levels")
    assert done.exit_code == 0
    said = done.stdout.splitlines()
    assert said[0] == "Two threads, one at a time"
    assert "  in-place/1  Between two reads. Goal: premature OOM: force it, or claim that nobody can, and why." in said


def test_levels_as_json_are_a_list_of_objects() -> None:
    found = json.loads(call("levels", "--json").stdout)
    assert [level["id"] for level in found] == [level.id for level in game_pack().levels]
    fields = ["id", "title", "ask", "goal", "stars", "help", "best"]
    assert all(list(level) == fields for level in found)
    assert {level["goal"] for level in found} >= {"page", "finished", "oom-premature"}


def test_the_list_shows_the_best_of_several_wins() -> None:
    for schedule in ("a3 r1 a3 r21 a3", SOLUTIONS["in-place/1"]):
        call("play", "in-place/1", "--plain", typed=schedule)
    assert "Par: 1 preemption, 31 steps. Best: 1 preemption, 31 steps." in call("levels").stdout


def test_show_tells_the_facts_of_a_level() -> None:
    said = call("show", "in-place/2").stdout.splitlines()
    assert said[0] == "in-place/2 Growing first, a variant of in-place/1 (2.6.31 - 2.6.34)"
    assert "goal: premature OOM: force it, or claim that nobody can, and why" in said
    assert "thread A allocator: CPU 0, node 0, runs do_page_fault(&vma)" in said
    assert "limit: R is held once it has entered mpol_rebind_task for the 2nd time" in said
    assert "node 1: 200 of 220 pages free, CPUs 1" in said
    assert "initially new_mems = 0" in said


def test_show_prints_the_kernel_that_runs() -> None:
    level = game_pack().level("tour/7")
    assert call("show", "tour/7", "--kernel-source").stdout.rstrip("\n") == level.source.text.rstrip("\n")


def test_a_saved_run_verifies(home: Path) -> None:
    path = recorded(home / "run.race", "in-place/1", SOLUTIONS["in-place/1"])
    done = call("verify", str(path))
    assert done.exit_code == 0
    assert done.stdout == f"{path}: exact: premature OOM with 1 preemption, 31 steps; in-place/1 won\n"


def test_a_run_of_a_changed_level_verifies_with_its_changes(home: Path) -> None:
    path = recorded(home / "run.race", "tour/4", "r9", "--set", "new_mems=0-1")
    assert call("verify", str(path)).exit_code == 0
    kernel = home / "mine.c"
    kernel.write_text(call("show", "tour/4", "--kernel-source").stdout + "\nint another_word;\n", "utf-8")
    other = recorded(home / "other.race", "tour/4", "r9", "--kernel", str(kernel))
    assert call("verify", str(other)).exit_code == 2
    assert call("verify", str(other), "--kernel", str(kernel)).exit_code == 0


def test_verify_is_as_bad_as_its_worst_file(home: Path) -> None:
    good = recorded(home / "good.race", "tour/7", "A13")
    lying = home / "lying.race"
    lying.write_text(good.read_text("utf-8").replace('[Steps "13"]', '[Steps "12"]'), "utf-8")
    done = call("verify", str(good), str(lying))
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 3
    assert call("verify", str(good), str(lying), str(home / "none.race")).exit_code == 2


LEVEL = """\
id = "basics/1"
title = "One is lost"
idea = "Adding one is a read and a write."
kernel = "lost.c"
goal = { outcome = "finished", condition = "counter == 1" }
briefing = "Two threads add one each."
hint = "Let both read before either writes."
debrief = "Both read 0."

[machine]
nodes = [{ pages = 220, free = 200, cpus = [0, 1] }]

[[thread]]
letter = "A"
name = "first"
cpu = 0
run = "add()"

[[thread]]
letter = "R"
name = "second"
cpu = 1
run = "add()"
"""
REPLAY = """
A3 { the lock is ours } R1 ( A2 { straight on } ( R1 R1 ) ) A3
"""


def annotated(home: Path) -> Path:
    path = recorded(home / "run.race", "in-place/1", "a")
    head = "\n".join(line for line in path.read_text("utf-8").splitlines() if line.startswith(("[Format", "[Level")))
    path.write_text(f"{head}\n{REPLAY}", "utf-8")
    return path


def test_a_replay_is_printed_step_by_step_with_comments_and_variations(home: Path) -> None:
    done = call("replay", "--plain", str(annotated(home)))
    assert done.exit_code == 0
    said = done.stdout.splitlines()
    assert said[0] == "in-place/1 Between two reads"
    assert said[1].startswith("1 A down_read mm.mmap_sem")
    assert said[4] == "  { the lock is ours }"
    assert said[5].startswith("4 R mutex_lock cgroup_mutex")
    assert said[6] == "  instead of step 4:"
    assert "    { straight on }" in said
    assert "    instead of step 5:" in said
    assert any(line.startswith("7 A read") for line in said)
    assert "compatible: still running with 2 preemptions, 7 steps" in said


def test_a_replay_opens_at_its_start_with_its_branches_ahead(home: Path) -> None:
    pack = open_pack(None)
    path = annotated(home)
    found = open_replay(path)
    level, verdict = open_verdict(path, found, pack, None)
    game = replayed_game(level, verdict, found, None)
    assert game.session.now.steps == 0
    assert game.view.timeline.ticks == "AAARAAA"
    assert game.view.timeline.forks == (3,)
    assert game.scored
    assert game.session.forward(99) == 7
    game.session.step(1)
    assert game.view.timeline.ticks == "AAARAAAR"


def test_a_replay_keeps_its_changes(home: Path) -> None:
    path = recorded(home / "run.race", "tour/4", "r9", "--set", "new_mems=0-1")
    found = open_replay(path)
    level, verdict = open_verdict(path, found, open_pack(None), None)
    game = replayed_game(level, verdict, found, None)
    assert game.sets == ("new_mems=0-1",)
    assert not game.scored
    assert level == open_level(open_pack(None), "tour/4")


def test_a_replay_is_canonical_when_saved(home: Path) -> None:
    path = recorded(home / "run.race", "in-place/1", SOLUTIONS["in-place/1"])
    assert write_replay(read_replay(path.read_bytes())) == path.read_text("utf-8")


def test_the_version_is_told() -> None:
    done = call("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("oomrace ")


def test_help_names_every_command() -> None:
    done = call("--help")
    assert done.exit_code == 0
    for name in ("play", "run", "replay", "verify", "levels", "show"):
        assert f"\n  {name} " in done.stdout


def test_without_a_command_the_list_of_levels_opens(home: Path) -> None:
    done = start(home, typed="tour/7\na13\n")
    assert done.returncode == 0
    assert done.stderr == "standard input is no terminal: playing line by line, as with --plain\n"
    assert "type the id of a level to play it" in done.stdout
    assert "\nSolved. Page allocated" in done.stdout


def test_an_opened_replay_tells_its_comments_where_they_stand() -> None:
    replay = open_replay(Path("puzzles/solutions/in-place-1.race"))
    level, verdict = open_verdict(Path("solution"), replay, open_pack(None), None)
    game = replayed_game(level, verdict, replay, None)
    execute(game, "skip")
    assert game.session.now.steps == 6
    assert "has just passed over node 1" in game.message
    execute(game, "forward")
    assert "has just passed over node 1" not in game.message


@pytest.mark.parametrize("command", ["run", "hint"])
def test_a_schedule_without_quotes_is_told_to_be_quoted(command: str) -> None:
    done = call(command, "in-place/1", "A1", "R2")
    assert done.exit_code == 2
    assert 'a schedule is one argument: quote it, "A1 R2"' in done.stderr
