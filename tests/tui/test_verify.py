# SPDX-License-Identifier: GPL-2.0-or-later
"""P7: verify says of every file what it is worth: for people, for scripts, for spreadsheets."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.tui.program import call

FIELDS = [
    "file", "level", "player", "answer", "reached", "scored", "won", "outcome", "steps", "preemptions", "par", "help",
    "changes", "message",
]  # fmt: skip
HEAD = '[Format "1"]\n[Level "in-place/1"]\n'
SAFE = '[Format "1"]\n[Level "tour/6"]\n[Player "Ann"]\n[Result "safe"]\n'
FILES = {
    "win": HEAD + "\nA6 R22 A3",
    "part": HEAD + "\nA6",
    "what-if": HEAD + '[Set "zones[0].free=199"]\n\nA6 R22 A3',
    "shown": HEAD + '[Help "rung 2, shown"]\n\nA6 R22 A3',
    "diverged": HEAD + "\nA6 R99 A3",
    "variation": HEAD + "\nA6 R1 ( A200 ) R21 A3",
    "lying": HEAD + '[Steps "12"]\n\nA6 R22 A3',
    "safe": SAFE + '[Because "take_page: mutex_lock(&lock)"]\n',
    "no reason": SAFE,
    "refuted": HEAD + '[Result "safe"]\n',
    "format": '[Format "2"]\n',
    "level": '[Format "1"]\n[Level "no/1"]\n[Player "Bob"]\n\nA',
}
RIGHT: dict[str, tuple[str, bool, bool, bool, str, int, str]] = {
    "win": ("compatible", True, True, True, "oom-premature", 0, ""),
    "part": ("compatible", False, False, False, "open", 0, "the goal is not reached"),
    "what-if": ("compatible", True, False, False, "oom-premature", 0, "not scored: the level was changed"),
    "shown": (
        "compatible",
        True,
        True,
        False,
        "oom-premature",
        0,
        "no win: the file says that this schedule was shown to its player",
    ),
    "diverged": ("diverged", False, False, False, "open", 1, "expected a step of R, but R waits"),
    "variation": ("compatible", True, True, True, "oom-premature", 1, "at step 15 of a variation"),
    "lying": ("compatible", True, True, True, "oom-premature", 1, "the header Steps says '12', but it is 31"),
    "safe": ("compatible", True, True, True, "safe", 0, "safe in this model, 35 states exhausted"),
    "no reason": ("compatible", True, False, False, "safe", 0, "the claim does not say because of which line"),
    "refuted": ("compatible", False, False, False, "refuted", 1, "the claim is wrong"),
    "format": ("unreadable", False, False, False, "", 2, "only format 1 can be read here"),
    "level": ("unreadable", False, False, False, "", 2, "no level 'no/1'"),
}


def written(folder: Path, *names: str) -> Path:
    for name in names or FILES:
        (folder / f"{name}.race").write_text(FILES[name], "utf-8")
    return folder


def records(*arguments: str, code: int) -> list[dict[str, Any]]:
    done = call("verify", "--json", *arguments)
    assert done.exit_code == code
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("name", FILES)
def test_p7_a_record_says_what_a_file_is_worth(name: str, tmp_path: Path) -> None:
    answer, reached, scored, won, outcome, code, said = RIGHT[name]
    (record,) = records(str(written(tmp_path, name)), code=code)
    assert list(record) == FIELDS
    assert [record[key] for key in ("answer", "reached", "scored", "won", "outcome")] == [
        answer,
        reached,
        scored,
        won,
        outcome,
    ]
    assert said in record["message"]
    assert (record["par"] is None) is not won
    assert call("verify", "--won", str(tmp_path)).exit_code == (0 if won else max(code, 1))


def test_what_is_known_of_a_file_that_cannot_be_tried_is_told(tmp_path: Path) -> None:
    (record,) = records(str(written(tmp_path, "level")), code=2)
    assert (record["level"], record["player"], record["steps"]) == ("no/1", "Bob", None)


def test_help_changes_and_par_are_told(tmp_path: Path) -> None:
    found = {Path(one["file"]).stem: one for one in records(str(written(tmp_path)), code=2)}
    assert list(found) == sorted(FILES)
    assert found["shown"]["help"] == "rung 2, shown"
    assert found["what-if"]["changes"] == {"set": ["zones[0].free=199"], "kernel": "", "goal": ""}
    assert found["win"]["par"] == [{"steps": 31, "preemptions": 1}, {"steps": 28, "preemptions": 2}]
    assert (found["safe"]["player"], found["safe"]["par"], found["safe"]["steps"]) == ("Ann", [], None)


def test_a_folder_is_walked_and_nothing_but_plain_files_is_read(tmp_path: Path) -> None:
    inside = tmp_path / "b" / "c.race"
    inside.mkdir(parents=True)
    written(inside, "win")
    (tmp_path / "a.race").symlink_to(inside / "win.race")
    os.mkfifo(tmp_path / "z.race")
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    told = call("verify", str(tmp_path))
    assert told.exit_code == 2
    assert told.stdout.splitlines()[0] == f"{tmp_path}/a.race: unreadable: is a link; give a plain file"
    assert told.stdout.splitlines()[1].startswith(f"{inside}/win.race: compatible: premature OOM")
    assert told.stdout.splitlines()[-1] == f"{tmp_path}/z.race: unreadable: is a FIFO; give a plain file"
    assert told.stderr == ""


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    done = call("verify", "--json", str(tmp_path))
    assert (done.exit_code, json.loads(done.stdout)) == (2, [])
    assert "no file whose name ends in .race" in done.stderr
    written(tmp_path, "win")
    (tmp_path / "none").mkdir()
    done = call("verify", "--won", str(tmp_path), str(tmp_path / "none"))
    assert (done.exit_code, done.stderr) == (2, f"Error: no file whose name ends in .race in {tmp_path}/none\n")


def test_standard_input_is_a_file_too() -> None:
    done = call("verify", "--json", "-", typed=FILES["win"])
    assert [(one["file"], one["won"]) for one in json.loads(done.stdout)] == [("-", True)]


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path) -> None:
    names = ("=1+1", "@SUM(1)", "+1", "-1", ' =cmd|"x"', "\uff1d1", 'a,b"c;d')
    for number, name in enumerate(names):
        header = name.replace("\\", "\\\\").replace('"', '\\"')
        (tmp_path / f"{number}.race").write_text(f'{HEAD}[Player "{header}"]\n\nA6', "utf-8")
    (tmp_path / "9\n=2.race").write_text(FILES["win"], "utf-8")
    done = call("verify", "--csv", str(tmp_path))
    rows = list(csv.reader(done.stdout.splitlines()))
    assert rows[0] == FIELDS
    assert {len(row) for row in rows} == {len(FIELDS)}
    assert [row[2] for row in rows[1:-1]] == [*(f"'{name}" for name in names[:-1]), names[-1]]
    assert not any(cell.lstrip().startswith(tuple("=+-@")) for row in rows for cell in row)
    assert rows[-1][FIELDS.index("won")] == "true"


def test_json_and_csv_do_not_go_together() -> None:
    assert call("verify", "--json", "--csv", "x.race").exit_code == 2
