# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace check` and the lock file of a pack: when it is written, and what is wrong with it."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from puzzles.proofs import LOCK_NAME
from tests.tui.checked import add_level, copied
from tests.tui.program import call


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
