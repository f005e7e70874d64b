# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace check`: what it checks, what it says, and what it writes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from puzzles.proofs import LOCK_NAME
from tests.puzzles.packs import KERNEL, LEVEL, write_pack
from tests.tui.checked import PACKS, add_level, copied
from tests.tui.program import ROOT, call, environment


def test_a_misspelt_name_is_told_with_its_place() -> None:
    """P1."""
    done = call("check", str(PACKS / "misspelt"))
    assert done.exit_code == 1
    place = PACKS / "misspelt/kernels/lost.c"
    assert f"{place}:7:2: error: unknown name countr\n            countr++;\n            ^^^^^^\n" in done.stdout
    assert "basics/1: not proved" in done.stdout


def test_a_broken_kernel_hides_no_other_level(tmp_path: Path) -> None:
    """P1."""
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2, kernel="int broken(\n")
    add_level(pack, 3, ("cpu = 1", "cpu = 7"))
    add_level(pack, 4)
    done = call("check", str(pack))
    assert done.exit_code == 1
    assert f"{pack}/kernels/k2.c:1:" in done.stdout
    assert f"{pack}/basics/3/level.toml:22: error: thread[1].cpu: CPU 7 belongs to no node; give it to" in done.stdout
    assert "basics/4: reachable, 12 states; 1 preemption, 4 steps; a random scheduler wins 1 in 2" in done.stdout
    assert "4 levels: " in done.stdout


@pytest.mark.parametrize("name", ["one-is-lost", "own-spinlock"])
def test_a_level_that_no_serial_order_wins_is_right(name: str) -> None:
    """P2: what one thread reaches with the others left out is no matter."""
    done = call("check", str(PACKS / name))
    assert (done.exit_code, done.stdout.count("error"), done.stdout.count("warning")) == (0, 0, 0)
    assert "1 level: nothing is wrong" in done.stdout


def test_a_serial_order_that_wins_is_a_warning(tmp_path: Path) -> None:
    """P2."""
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2, ("counter == 1", "counter == 2"))
    done = call("check", str(pack))
    assert done.exit_code == 1
    said = (
        "no race is needed: in the order A, R, each to its end, A2 R2 reaches all threads finished; ask for what only"
    )
    assert f"{pack}/basics/2/level.toml:5: warning: goal: {said} a race reaches" in done.stdout.splitlines()


def test_what_is_no_pack_is_not_usable(tmp_path: Path) -> None:
    """P3."""
    for target in (tmp_path, ROOT / "puzzles", ROOT / "README.md"):
        done = call("check", str(target))
        assert (done.exit_code, done.stdout) == (2, "")
        assert "a pack is a folder of chapters, a chapter a folder of levels" in done.stderr
    assert call("levels", "--pack", str(tmp_path)).exit_code == 2
    (tmp_path / "pack.toml").write_text('title = "Empty"\n', "utf-8")
    assert "this pack holds no level; add one" in call("check", str(tmp_path)).stderr


TOUR = [f"tour/{number}" for number in range(1, 8)]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("tour",), TOUR),
        (("in-place/4", "tour/4", "tour/4"), ["tour/4", "in-place/4"]),
        (("puzzles/campaign/tour/7",), ["tour/7"]),
        (("puzzles/campaign/tour/7", "in-place/4"), ["tour/7", "in-place/4"]),
        (("basics", "--pack", str(PACKS / "one-is-lost")), ["basics/1"]),
        (("basics/1", "--pack", str(PACKS / "one-is-lost")), ["basics/1"]),
        (("--pack", str(PACKS / "one-is-lost")), ["basics/1"]),
        ((str(PACKS / "one-is-lost"), str(PACKS / "own-spinlock")), ["basics/1", "basics/2"]),
    ],
)
def test_a_chapter_or_a_level_checks_just_that(
    arguments: tuple[str, ...], ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """P3."""
    monkeypatch.chdir(ROOT)
    done = call("check", *arguments, "--json")
    assert done.exit_code == 0
    assert [level["level"] for level in json.loads(done.stdout)["levels"]] == ids


def test_an_id_that_is_unknown_gets_its_neighbours() -> None:
    done = call("check", "in-plaice/1")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no folder, chapter or level 'in-plaice/1' in" in done.stderr
    assert "did you mean in-place/1" in done.stderr


def test_what_is_wrong_in_a_pack_file_is_told_with_its_line(tmp_path: Path) -> None:
    """P1."""
    pack = copied("one-is-lost", tmp_path)
    (pack / "pack.toml").write_text('title = "Mine"\n\n[[chapter]]\nid = "gone"\n', "utf-8")
    done = call("check", str(pack))
    assert (done.exit_code, "basics/1: reachable" in done.stdout) == (1, True)
    said = (
        f"{pack}/pack.toml:4: error: chapter[0].id: there is no level in {pack}/gone; add some, or delete the chapter"
    )
    assert said in done.stdout.splitlines()
    (pack / "pack.toml").write_text('title = "Mine', "utf-8")
    assert f"{pack}/pack.toml:1: error: is not TOML: " in call("check", str(pack)).stdout


def test_notes_that_there_are_not_are_a_finding(tmp_path: Path) -> None:
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2, ("[machine]", 'notes = ["4.5", "4.99"]\n[machine]'))
    done = call("check", str(pack))
    (line,) = [line for line in done.stdout.splitlines() if "error" in line and "notes" in line]
    assert re.search(r"level\.toml:\d+: error: notes\[1\]: no section 4\.99 in the notes; there are: 4, 4\.1", line)


def test_a_goal_out_of_reach_is_told_in_words(tmp_path: Path) -> None:
    """P5."""
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2, ("counter == 1", "counter == 3"))
    said = call("check", str(pack / "basics/2")).stdout
    assert "basics/2: unreachable, 12 states; no way; a random scheduler never wins" in said
    assert "inf" not in said


def test_json_tells_levels_findings_and_locks(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, level=LEVEL.replace("counter.value == 4", "counter.value == 5"))
    done = call("check", str(pack), "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    (level,) = told["levels"]
    assert (level["level"], level["verdict"], level["par"], level["one_in"]) == ("small/1", "unreachable", [], None)
    assert {"pack", "states", "transitions", "schedules", "wins", "level_hash", "findings"} <= level.keys()
    assert told["findings"] == [
        {
            "pack": str(pack),
            "level": "small/1",
            "kind": "error",
            "file": f"{pack}/small/1/level.toml",
            "line": 5,
            "column": None,
            "key": "goal",
            "message": "the goal all threads finished is unreachable",
            "advice": "ask for another outcome, or for a proof with safe = true",
        }
    ]
    assert told["locks"] == [{"pack": str(pack), "file": f"{pack}/{LOCK_NAME}", "state": "none"}]


def test_several_processes_say_what_one_says(tmp_path: Path) -> None:
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2, kernel=KERNEL.replace("int flag", "int flga"))
    add_level(pack, 3)
    add_level(pack, 4, ("counter == 1", "counter == 2"))
    alone, several = call("check", str(pack)), call("check", str(pack), "-j", "2")
    assert several.exit_code == 1
    assert several.stdout == alone.stdout
    assert "4 levels: 1 error, 1 warning" in alone.stdout


SLOW = """#include "oomrace.h"
unsigned int a, b, c, d;
void add(void) { for (int i = 0; i < 60; i++) { a++; b++; c++; d++; } }
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_all_processes(tmp_path: Path, number: int, code: int) -> None:
    pack = copied("one-is-lost", tmp_path)
    for other in (2, 3, 4):
        add_level(pack, other, ("counter == 1", "a == 1"), kernel=SLOW)
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "check", str(pack), "-j", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(tmp_path),
        start_new_session=True,
    ) as check:
        assert check.stdout is not None
        assert b"basics/1" in check.stdout.readline()
        workers = children(check.pid)
        assert len(workers) >= 2
        # A terminal sends ctrl+c to all processes.
        os.killpg(check.pid, number) if number == signal.SIGINT else check.send_signal(number)
        _, said = check.communicate(timeout=30)
    assert (check.returncode, said.strip()) == (code, b"")
    until_gone(workers)


def test_processes_end_with_a_check_that_is_killed(tmp_path: Path) -> None:
    pack = copied("one-is-lost", tmp_path)
    for number in (2, 3, 4):
        add_level(pack, number, ("counter == 1", "a == 1"), kernel=SLOW)
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "check", str(pack), "-j", "2"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(tmp_path),
        start_new_session=True,
    ) as check:
        assert check.stdout is not None
        check.stdout.readline()
        workers = children(check.pid)
        check.kill()
    until_gone(workers)


def children(pid: int) -> list[Path]:
    """The processes that a process has started, as folders of /proc."""
    found = (Path("/proc") / one for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())
    return [path for path in found if b"multiprocessing.spawn" in (path / "cmdline").read_bytes()]


def until_gone(processes: list[Path]) -> None:
    """Wait until processes have ended; fails where they do not."""
    for _ in range(300):
        if not any(path.exists() for path in processes):
            return
        time.sleep(0.1)
    raise AssertionError(f"still there: {processes}")


def test_a_level_beyond_its_bound_is_a_finding_with_what_was_found() -> None:
    done = call("check", "in-place/1", "--max-states", "440")
    assert done.exit_code == 1
    par = "1 preemption, 31 steps or 2 preemptions, 28 steps (of schedules of up to 32 steps)"
    assert f"in-place/1: reachable, 441 states; {par}; more than 440 states" in done.stdout
    said = "the goal premature OOM can be reached, but not all is known of it: more than 440 states; allow more with"
    assert f"puzzles/campaign/in-place/1/level.toml: warning: {said} --max-states" in done.stdout
    assert "1 level: 0 errors, " in done.stdout
    (level,) = json.loads(call("check", "in-place/1", "--max-states", "440", "--json").stdout)["levels"]
    assert (level["verdict"], level["states"], level["within"]) == ("reachable", 441, 32)
    assert [(one["preemptions"], one["steps"]) for one in level["par"]] == [(1, 31), (2, 28)]


ZONE = """#include "oomrace.h"
int counter;
struct zone { int free; } zone;
"""


@pytest.mark.parametrize(
    ("run", "edit", "said"),
    [
        ("page_allocated(&zone);", ("hint =", 'allowed = "1 / zone->free"\nhint ='), "level.toml:7: error: allowed: "),
        ("counter++;", ("counter == 1", "1 / (counter - 2)"), "level.toml:5: error: goal.condition: "),
        (";", ("counter == 1", "1 / counter"), "level.toml:5: error: goal.condition: "),
    ],
)
def test_an_expression_of_a_level_that_faults_is_a_finding(
    tmp_path: Path, run: str, edit: tuple[str, str], said: str
) -> None:
    """P1."""
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2, edit, kernel=f"{ZONE}void add(void) {{ {run} }}\n")
    done = call("check", str(pack / "basics/2"))
    assert (done.exit_code, said in done.stdout, "division by zero" in done.stdout) == (1, True, True)
    assert "itself fails" not in done.stdout
