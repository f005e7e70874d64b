# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace check`: what it checks, what it says, and what it writes."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from puzzles.proofs import LOCK_NAME
from tests.puzzles.packs import KERNEL, LEVEL, edited, write_pack
from tests.tui.program import ROOT, call, environment

PACKS = ROOT / "tests" / "data" / "packs"


def copied(name: str, folder: Path) -> Path:
    """A pack of the test data, to be changed."""
    return Path(shutil.copytree(PACKS / name, folder / name))


def add_level(pack: Path, number: int, *edits: tuple[str, str], kernel: str = "") -> None:
    """Add a level to the pack of one, with a kernel of its own where one is given."""
    text = edited((pack / "basics/1/level.toml").read_text("utf-8"), (('"basics/1"', f'"basics/{number}"'), *edits))
    if kernel:
        (pack / f"kernels/k{number}.c").write_text(kernel, "utf-8")
        text = text.replace('"lost.c"', f'"k{number}.c"')
    (pack / f"basics/{number}").mkdir()
    (pack / f"basics/{number}/level.toml").write_text(text, "utf-8")


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


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("tour",), ["tour/1", "tour/2", "tour/3"]),
        (("in-place/4", "tour/2", "tour/2"), ["tour/2", "in-place/4"]),
        (("puzzles/campaign/tour/1",), ["tour/1"]),
        (("puzzles/campaign/tour", "in-place/4"), ["tour/1", "tour/2", "tour/3", "in-place/4"]),
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


def test_nothing_is_written_where_something_is_wrong(tmp_path: Path) -> None:
    """P5."""
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2, kernel="int broken(\n")
    done = call("check", str(pack), "--write")
    assert done.exit_code == 1
    assert f"{pack / LOCK_NAME}: not written: there are findings" in done.stdout
    assert not (pack / LOCK_NAME).exists()


def test_the_first_lock_file_is_advised_and_written(tmp_path: Path) -> None:
    """P5: the advice works as it is typed."""
    pack = copied("one-is-lost", tmp_path)
    done = call("check", str(pack))
    assert f"{pack / LOCK_NAME}: none yet: write it with oomrace check {pack} --write" in done.stdout.splitlines()
    assert call("check", str(pack), "--write").exit_code == 0
    done = call("check", str(pack))
    assert (done.exit_code, f"{pack / LOCK_NAME}: says what was proved" in done.stdout) == (0, True)


def test_the_advice_names_a_pack_that_looks_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P5."""
    copied("one-is-lost", tmp_path).rename(tmp_path / "-mine")
    monkeypatch.chdir(tmp_path)
    assert "write it with oomrace check ./-mine --write" in call("check", "./-mine").stdout
    assert call("check", "./-mine", "--write").exit_code == 0


@pytest.mark.parametrize("write", [(), ("--write",)], ids=["compared", "written"])
@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda path: path.symlink_to("nowhere"), "is a link"),
        (lambda path: path.symlink_to("/etc/passwd"), "leads out of its folder|is a link"),
        (os.mkfifo, "is a FIFO"),
        (Path.mkdir, "is a folder"),
    ],
    ids=["to nothing", "link", "FIFO", "folder"],
)
def test_what_stands_where_a_lock_file_belongs_is_a_finding(
    tmp_path: Path, make: Callable[[Path], object], what: str, write: tuple[str, ...]
) -> None:
    """P4: it stays as it is, also in the JSON, and the advice names the pack."""
    pack = copied("one-is-lost", tmp_path)
    make(pack / LOCK_NAME)
    done = call("check", str(pack), *write, "--json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert done.exit_code == 1
    assert re.match(what, finding["message"])
    assert finding["advice"] == f"take it away, then write it with oomrace check {pack} --write"
    assert not (pack / LOCK_NAME).is_file() or (pack / LOCK_NAME).is_symlink()


def test_a_full_disk_is_a_finding_with_its_own_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P13."""
    pack = copied("one-is-lost", tmp_path)
    monkeypatch.setattr(os, "write", full)
    done = call("check", str(pack), "--write", "--json")
    told = json.loads(done.stdout)
    (finding,) = told["findings"]
    assert (done.exit_code, told["locks"][0]["state"]) == (1, "not written")
    assert (finding["message"], finding["advice"]) == (
        "cannot be written: the disk is full",
        "make room, and try again",
    )
    assert [path.name for path in pack.iterdir() if "proofs" in path.name or ".part" in path.name] == []


def full(_handle: int, _data: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_lock_file_is_not_said_to_fit_where_nothing_was_proved(tmp_path: Path) -> None:
    pack = copied("one-is-lost", tmp_path)
    assert call("check", str(pack), "--write").exit_code == 0
    (pack / "kernels" / "lost.c").unlink()
    done = call("check", str(pack), "--json")
    assert (done.exit_code, json.loads(done.stdout)["locks"][0]["state"]) == (1, "not compared")
    assert "says what was proved" not in call("check", str(pack)).stdout


def test_a_lock_file_that_is_stale_is_a_finding(tmp_path: Path) -> None:
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2)
    assert call("check", str(pack), "--write").exit_code == 0
    lock = json.loads((pack / LOCK_NAME).read_text("utf-8"))
    lock["basics/1"]["states"] += 1
    lock["basics/9"] = lock.pop("basics/2")
    (pack / LOCK_NAME).write_text(json.dumps(lock), "utf-8")
    done = call("check", str(pack))
    advice = f"write it again with oomrace check {pack} --write"
    place = f"{pack / LOCK_NAME}: error:"
    assert done.exit_code == 1
    assert f"{place} basics/1: does not say what was proved just now: states; {advice}" in done.stdout
    assert f"{place} basics/2: does not say what is proved of this level; {advice}" in done.stdout
    assert f"{place} basics/9: is about a level that the pack does not have; {advice}" in done.stdout
    done = call("check", str(pack / "basics/1"))
    assert done.stdout.count(f"; {advice}") == 1


def test_a_part_of_a_pack_writes_its_own_entries(tmp_path: Path) -> None:
    """P5."""
    pack = copied("one-is-lost", tmp_path)
    add_level(pack, 2)
    assert call("check", str(pack), "--write").exit_code == 0
    before = (pack / LOCK_NAME).read_text("utf-8")
    stale = json.loads(before)
    stale["basics/1"]["states"] = stale["basics/2"]["states"] = 1
    (pack / LOCK_NAME).write_text(json.dumps(stale), "utf-8")
    assert call("check", str(pack / "basics/2"), "--write").exit_code == 0
    states = {id_: entry["states"] for id_, entry in json.loads((pack / LOCK_NAME).read_text("utf-8")).items()}
    assert states == {"basics/1": 1, "basics/2": 12}
    assert call("check", "basics/1", "--pack", str(pack), "--write").exit_code == 0
    assert (pack / LOCK_NAME).read_text("utf-8") == before


@pytest.mark.parametrize("text", ["[]", "{", '{"a": 1}', "[" * 50_000])
def test_a_lock_file_that_is_none_is_a_finding(tmp_path: Path, text: str) -> None:
    """P1."""
    pack = copied("one-is-lost", tmp_path)
    (pack / LOCK_NAME).write_text(text, "utf-8")
    done = call("check", str(pack))
    assert done.exit_code == 1
    assert f"{pack / LOCK_NAME}: error: is no lock file: " in done.stdout
    assert call("check", str(pack / "basics/1"), "--write").exit_code == 1
    assert (pack / LOCK_NAME).read_text("utf-8") == text
    assert call("check", str(pack), "--write").exit_code == 0


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
