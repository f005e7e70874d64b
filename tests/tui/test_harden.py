# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace harden`: what it prints of settings, for people and for scripts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from puzzles.wins.ledger import Ledger
from tests.long import LONG
from tests.tui.program import ROOT, call

LOST = ROOT / "tests/data/packs/one-is-lost"


@LONG
def test_it_says_how_the_level_stands_what_it_tried_and_what_resists() -> None:
    said = call("harden", "in-place/3", "--max-settings", "25", "--best", "1")
    lines = said.stdout.splitlines()
    assert said.exit_code == 0
    assert lines[0] == "in-place/3 now: recipe A5 R14 A14; dice 1 in 7.08; 301 states"
    assert lines[1] == "25 settings tried, no more than 25 settings; of these"
    assert sum(int(line.split()[0].replace(",", "")) for line in lines if line.startswith("     ")) == 25
    assert any(line.startswith("# no recipe") for line in lines)
    assert "[boot]" in lines or "[[limit]]" in lines or "[machine]" in lines


def test_scripts_get_the_same() -> None:
    told = json.loads(call("harden", "in-place/3", "--max-settings", "12", "--json").stdout)
    assert (told["tried"], sum(told["fates"].values())) == (12, 12)
    assert told["now"]["recipe"] == "A5 R14 A14"
    assert all(each["recipe"] is None and each["toml"] and each["changes"] for each in told["settings"])


def test_a_pack_of_its_own_is_hardened_in_its_own_terms(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(LOST, tmp_path / "pack"))
    said = call("harden", "basics/1", "--max-settings", "15", "--pack", str(pack))
    assert "now: recipe A1 R2 A1" in said.stdout
    assert "settings tried" in said.stdout


def test_of_a_safe_level_it_says_because_of_what_settings_are_safe() -> None:
    said = call("harden", "side/6", "--max-settings", "3")
    assert said.stdout.startswith("side/6 now: safe, no statement alone is the reason; 36 states")
    assert said.exit_code == 1


def test_what_it_shows_of_the_level_as_it_is_stands_in_the_ledger(tmp_path: Path) -> None:
    env = {"OOMRACE_DATA_DIR": str(tmp_path)}
    call("harden", "in-place/3", "--max-settings", "1", env=env)
    call("harden", "side/1", "--max-settings", "1", env=env)
    shown, named = Ledger(tmp_path).page("in-place/3").help, Ledger(tmp_path).page("side/1").help
    assert shown.shown == ("A5 R14 A14",)
    assert dict(named.counts)
    assert Ledger(tmp_path).settled(["in-place/3", "side/1"]) == {"side/1"}
