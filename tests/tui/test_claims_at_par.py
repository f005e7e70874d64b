# SPDX-License-Identifier: GPL-2.0-or-later
"""A right claim at par: lines are added to it until the lesson is opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from puzzles.levels import game_pack
from tests.tui.program import call
from tui.game.debrief import short_text

LEVEL = "count/1"
READER, WRITER, IDLE, PART = "62", "321", "326", "390"
MISSING = "For one more thread a line is missing"
WHOLE = "Your claim is complete: no other thread has a line that could be added."


def play(home: Path, *lines: str) -> str:
    return call("play", LEVEL, "--plain", "--fresh", typed="\n".join(lines), env={"OOMRACE_DATA_DIR": str(home)}).stdout


def listed(home: Path) -> dict[str, Any]:
    rows = json.loads(call("levels", "--json", env={"OOMRACE_DATA_DIR": str(home)}).stdout)
    return next(row for row in rows if row["id"] == LEVEL)


@pytest.mark.parametrize(
    ("lines", "stars", "missing"),
    [
        ((f"claim safe {READER} {WRITER}",), 3, False),
        ((f"claim safe {READER}",), 2, True),
        ((f"claim safe {READER} 223",), 2, True),  # both are A's
        ((f"claim safe {READER}", f"claim safe {WRITER}"), 3, True),
        ((f"claim safe {READER}", f"mark {WRITER}", "claim", "y"), 3, True),
        ((f"claim safe {READER}", f"claim safe {PART}", f"claim safe {WRITER}"), 3, True),
        ((f"claim safe {READER}", f"claim safe {IDLE}", f"claim safe {WRITER}"), 2, True),
        ((f"claim safe {READER}", "lesson", "lesson", f"claim safe {READER} {WRITER}"), 2, True),
        ((f"claim safe {READER}", "debrief", f"claim safe {WRITER}"), 2, True),
        ((f"claim safe {IDLE}", f"claim safe {READER} {WRITER}"), 1, False),
        ((f"claim safe {IDLE}", "reset help", f"claim safe {READER} {WRITER}"), 1, False),
        ((f"claim safe {READER}", "lesson", "lesson", "reset help", f"claim safe {READER} {WRITER}"), 2, True),
    ],
)
def test_the_third_star_is_for_a_line_of_each_thread(
    tmp_path: Path, lines: tuple[str, ...], stars: int, missing: bool
) -> None:
    text = play(tmp_path, *lines)
    assert (MISSING in text) == missing
    assert listed(tmp_path)["stars"] == stars


def test_the_list_tells_the_lines_of_the_best_claim_and_verify_that_it_is_at_par(tmp_path: Path) -> None:
    text = play(tmp_path, f"claim safe {READER}", f"claim safe {WRITER}")
    assert WHOLE in text
    assert "stars: 3/3, won, without help, at par" in text or "\u2605\u2605\u2605, won, without help, at par" in text
    assert [line.partition(":")[0] for line in listed(tmp_path)["best"]] == [
        "get_mems_allowed",
        "cpuset_change_task_nodemask",
    ]
    told = call("verify", str(tmp_path)).stdout.splitlines()
    assert {told[1], told[3]} == {"  a line for each thread", "  for 1 more thread a line is missing"}


def test_what_is_told_of_the_level_waits_until_the_claim_is_at_par_or_the_lesson_is_opened(tmp_path: Path) -> None:
    story = short_text(game_pack().level(LEVEL))
    assert story not in play(tmp_path, f"claim safe {READER}", "claim")
    assert story in play(tmp_path / "again", f"claim safe {READER}", "lesson", "lesson", "claim")
    assert story in play(tmp_path / "whole", f"claim safe {READER}", f"claim safe {WRITER}")


def test_which_thread_lacks_a_line_is_not_told(tmp_path: Path) -> None:
    texts = [play(tmp_path / line, f"claim safe {line}") for line in (READER, WRITER)]
    sentences = [next(line for line in text.splitlines() if MISSING in line) for text in texts]
    assert sentences[0] == sentences[1]


def test_a_claim_of_an_older_version_shows_as_reached(tmp_path: Path) -> None:
    play(tmp_path, f"claim safe {READER}")
    for path in tmp_path.glob("*.race"):
        old = [line for line in path.read_text().splitlines() if not line.startswith("[Because")]
        path.write_text("\n".join(old) + "\n")
    assert "Reached, not won: your claim has no line that is the reason." in play(tmp_path, "levels")
    assert (listed(tmp_path)["stars"], listed(tmp_path)["best"]) == (0, None)


def test_what_goes_with_a_line_is_named_before_it_is_claimed_and_after(tmp_path: Path) -> None:
    def said(*lines: str) -> str:
        env = {"OOMRACE_DATA_DIR": str(tmp_path)}
        return call("play", "seqcount/1", "--plain", "--fresh", typed="\n".join(lines), env=env).stdout

    marked = said("mark 171", "mark 332", "state", "source linux-3.4.c")
    assert "&& !page); together with 226 and 243 if none of them is a reason alone\n" in marked
    assert "write_seqcount_begin(&tsk->mems_allowed_seq); with it 342\n" in marked
    assert (
        "marked as reasons: linux-3.4.c:171, linux-3.4.c:332; "
        "may go with that: linux-3.4.c:226, linux-3.4.c:243, linux-3.4.c:342\n"
    ) in marked
    shown = [line.split()[0] for line in marked.splitlines() if line[:1] in "=-" and line[1:6].strip().isdigit()]
    assert shown == ["=", "-", "-", "=", "-"]
    assert "without it and 226 and 243 a schedule reaches it" in said("claim safe 171")
    assert "still safe without it and 343: linux-3.4.c:328 in " in said("claim safe 328")


def test_the_rules_of_a_claim_are_told_before_and_with_what_is_missing(tmp_path: Path) -> None:
    rule = "A claim is at par if it names, for each thread that executes a line that is a reason, one such line."
    for line in ("help claim", f"claim safe {READER}"):
        assert rule in play(tmp_path, line)
    for line in ("help claim", "help mark"):
        assert "No loop, no declaration, no return." in play(tmp_path, line)
