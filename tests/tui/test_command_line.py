# SPDX-License-Identifier: GPL-2.0-or-later
"""P12: commands in messages work as they are typed."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from puzzles.levels import game_pack, load_pack
from tests.tui.program import ROOT, call
from tui.player.command_line import command_line

PACK = ROOT / "tests/data/packs/one-is-lost"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack in a folder whose name a shell would split."""
    return Path(shutil.copytree(PACK, tmp_path / "my pack's"))


def advised(message: str) -> list[str]:
    """The command in a message, without the name of the program."""
    found = re.search(r"`oomrace (.*?)`(?: |$)", message)
    assert found, message
    return shlex.split(found[1])


def test_a_command_is_quoted_and_names_the_pack() -> None:
    assert command_line("levels") == "oomrace levels"
    assert command_line("solve", "in-place/1", pack=game_pack()) == "oomrace solve in-place/1"
    line = command_line("run", "basics/1", "A1 R2", "--set", "counter=1", pack=load_pack(PACK))
    assert shlex.split(line) == ["oomrace", "run", "basics/1", "A1 R2", "--set", "counter=1", "--pack", str(PACK)]


@pytest.mark.parametrize("more", [(), ("--set", "counter=1"), ("--kernel", str(PACK / "kernels/lost.c"))])
def test_p12_a_schedule_that_is_too_long(pack: Path, more: tuple[str, ...]) -> None:
    done = call("run", "basics/1", "A9", "--pack", str(pack), *more)
    assert (done.exit_code, "stopped after step 2: A has finished" in done.stderr) == (1, True)
    again = call(*advised(done.stderr))
    assert (again.exit_code, again.stdout) == (0, done.stdout)
    assert call(*advised(call("hint", "basics/1", "A9", "--pack", str(pack), *more).stderr)).exit_code == 0


def test_p12_an_unknown_level_of_a_pack(pack: Path) -> None:
    command = advised(call("run", "other/9", "A1", "--pack", str(pack)).stderr)
    assert call(*command).stdout.startswith("First races\n")


def test_p12_a_level_of_a_pack_that_was_not_named(tmp_path: Path) -> None:
    replay = tmp_path / "one.race"
    replay.write_text('[Format "1"]\n[Level "basics/1"]\n\nA2\n', "utf-8")
    for command in (("run", "basics/1", "A1"), ("verify", str(replay)), ("replay", "--plain", str(replay))):
        assert "a level of a pack needs --pack DIR" in call(*command).output
    assert "--pack" not in call("run", "in-place/99", "A1").stderr


def test_p12_the_lock_file_that_is_missing(pack: Path) -> None:
    said = call("check", str(pack)).stdout
    (line,) = (one for one in said.splitlines() if "none yet" in one)
    assert call(*shlex.split(line.partition("write it with oomrace ")[2])).exit_code == 0
    assert (pack / "proofs.json").exists()


def test_hints_where_no_schedule_at_all_reaches_the_goal() -> None:
    """P1: neither a stranger's level nor a change of one ends the game."""
    said = call("hint", "basics/1", "--set", "counter=1", "--pack", str(PACK))
    assert (said.exit_code, "hint 2/4: no schedule at all reaches the goal" in said.stdout) == (0, True)
    played = call(
        "play", "basics/1", "--plain", "--set", "counter=1", "--pack", str(PACK), typed="h\nh\nrescue\nways\n"
    )
    assert played.output.count("no schedule at all reaches the goal") == 2
