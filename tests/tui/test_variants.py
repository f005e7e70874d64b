# SPDX-License-Identifier: GPL-2.0-or-later
"""Variants for the player: under their siblings, without stars, never forced on him; a family shares what was shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from puzzles.history import game_history
from puzzles.judging.score import Score
from puzzles.levels import load_pack
from puzzles.wins.ledger import Ledger, WasSettled, WasShown
from puzzles.wins.stars import Rating
from tests.tui.checked import add_level, copied
from tests.tui.playing import NARROW, PACK, WIDE, WinsInMemory, new_game, playing
from tests.tui.program import call
from tui.lines.listing import level_line, tally
from tui.plain.listing import level_entry, list_lines
from tui.player.services import Services
from tui.screens.outcome import OutcomeScreen
from tui.view.eras import EraProgress
from tui.view.stars import NO_STANDING, LevelStanding

WAY = "A1 R2 A1"
"""How one of two additions is lost."""

SIBLING, VARIANT, OTHER = "basics/1", "basics/3", "basics/2"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Three levels that are all the same; the last is a variant of the first."""
    folder = copied("one-is-lost", tmp_path)
    add_level(folder, 2)
    add_level(folder, 3, ('title = "', f'variant_of = "{SIBLING}"\ntitle = "'))
    return folder


def play(pack: Path, level: str, *lines: str) -> str:
    env = {"OOMRACE_DATA_DIR": str(pack / "home")}
    return call("play", level, "--plain", "--fresh", "--pack", str(pack), typed="\n".join(lines), env=env).stdout


def listed(pack: Path, *options: str) -> str:
    return call("levels", "--pack", str(pack), *options, env={"OOMRACE_DATA_DIR": str(pack / "home")}).stdout


def test_a_variant_stands_under_its_sibling_and_says_so(pack: Path) -> None:
    entries = [line for line in listed(pack).splitlines() if line.startswith("  ")]
    assert [entry.split()[0] for entry in entries] == [SIBLING, VARIANT, OTHER]
    assert entries[1].startswith(f"    {VARIANT}  One is lost. A variant of {SIBLING}. Goal: ")
    assert f"{VARIANT} One is lost, a variant of {SIBLING}" in play(pack, VARIANT, "briefing")


def test_a_variant_that_was_won_has_no_star_and_json_has_its_seven_fields(pack: Path) -> None:
    said = play(pack, VARIANT, WAY)
    assert "Solved." in said
    assert f"stars: none, it is a variant of {SIBLING}" in said
    assert f"next: {OTHER}" in said
    rows = {row["id"]: row for row in json.loads(listed(pack, "--json"))}
    assert list(rows[VARIANT]) == ["id", "title", "ask", "goal", "stars", "help", "best"]
    assert (rows[VARIANT]["stars"], rows[VARIANT]["best"]) == (0, [1, 4])
    assert "Best: 1 preemption, 4 steps. Settled." in listed(pack)
    for_authors = {row["id"]: row["variant_of"] for row in json.loads(listed(pack, "--json", "--all"))}
    assert for_authors == {SIBLING: None, VARIANT: SIBLING, OTHER: None}


@pytest.mark.parametrize(
    ("first", "then", "wins"), [(SIBLING, VARIANT, False), (VARIANT, SIBLING, False), (SIBLING, OTHER, True)]
)
def test_what_was_shown_in_a_level_was_shown_in_its_family(pack: Path, first: str, then: str, wins: bool) -> None:
    play(pack, first, "hint", "hint", "hint", "hint")
    said = play(pack, then, WAY)
    assert ("Shown to you, no win." in said) is not wins
    assert ("your first win of this level" in said) is wins


def test_each_level_of_a_family_has_its_own_ledger(pack: Path) -> None:
    play(pack, SIBLING, "hint", "hint")
    assert "no help" in play(pack, VARIANT, WAY)
    helps = {row["id"]: row["help"] for row in json.loads(listed(pack, "--json"))}
    assert helps == {SIBLING: "rung 2", VARIANT: "", OTHER: ""}


def test_a_win_of_a_level_stays_the_players_own_in_its_family(pack: Path) -> None:
    assert "your first win" in play(pack, SIBLING, WAY, "ways", "ways")
    assert "your first win" in play(pack, VARIANT, WAY)


def test_a_variant_comes_next_only_when_all_others_are_won(pack: Path) -> None:
    def following(won: list[str], settled: list[str], after: str = SIBLING) -> str | None:
        ledger = Ledger()
        for id_ in settled:
            ledger.note(id_, WasSettled())
        wins = WinsInMemory(scores=dict.fromkeys(won, Score(1, 1)))
        level = Services(load_pack(pack), wins, ledger=ledger).next_level(after)
        return level.id if level else None

    assert following([SIBLING], []) == OTHER
    assert following([SIBLING], [OTHER]) == OTHER
    assert following([SIBLING, OTHER], []) == VARIANT
    assert following([SIBLING, OTHER], [], after=OTHER) == VARIANT
    assert following([SIBLING, OTHER], [VARIANT]) is None
    assert following([OTHER], [], after="") == SIBLING


def test_a_next_level_that_passes_over_a_variant_says_so(pack: Path) -> None:
    services = Services(load_pack(pack), WinsInMemory(scores={SIBLING: Score(4, 1)}))
    assert [level.id for level in services.passed_over(SIBLING)] == [VARIANT]
    assert services.passed_over(OTHER) == []
    passed = f"The next level passes over {VARIANT}, a variant without a star."
    assert f"{passed}\nnext: {OTHER}" in play(pack, SIBLING, WAY)
    assert "passes over" not in play(pack, VARIANT, WAY)


def test_variants_are_counted_with_no_levels(pack: Path) -> None:
    levels = load_pack(pack)
    assert tally(levels, [VARIANT]) == "0 of 2 levels won"
    assert tally(levels, [SIBLING, OTHER]) == "all 2 levels are won"


def test_the_history_counts_variants_apart_and_leads_to_them_last() -> None:
    era = game_history().era("count")
    ids = [level.id for level in game_history().levels(era, PACK())]
    own = [id_ for id_ in ids if id_ in PACK().own_ids]
    variants = [id_ for id_ in ids if id_ not in own]
    assert variants

    def progress(won: list[str], settled: list[str]) -> EraProgress:
        return EraProgress.of(game_history(), era, PACK(), won, [*won, *settled])

    assert str(progress(own[:1], [])).startswith(f"1 of {len(own)} levels won, 0 of {len(variants)} variant")
    assert progress(own[:1], []).next == own[1]
    assert (progress(own, []).next, progress(own, []).opened) == (variants[0], False)
    assert progress(own, variants).opened


@pytest.mark.parametrize(("settled", "mark"), [(False, "  \u2514 "), (True, "\u2713 \u2514 ")])
def test_a_variant_is_marked_in_the_list_and_has_no_stars_there(pack: Path, settled: bool, mark: str) -> None:
    level = load_pack(pack).find(VARIANT)
    assert level is not None
    standing = LevelStanding(Rating(Score(4, 1), unaided=True, at_par=True), "", True, True) if settled else NO_STANDING
    assert level_line(level, standing).plain.startswith(f"{mark}{VARIANT}")
    assert standing.stars == 0
    assert "\u2605" not in level_entry(level, standing)


SAFE = "side/6"
"""A variant in which no statement bears."""


def claim(home: Path, *lines: str) -> str:
    env = {"OOMRACE_DATA_DIR": str(home)}
    return call("play", SAFE, "--plain", "--fresh", typed="\n".join(lines), env=env).stdout


def test_where_nothing_bears_any_line_that_is_no_part_of_the_machine_settles_without_a_star(tmp_path: Path) -> None:
    told = PACK().level(SAFE).short.split(".")[0]
    said = claim(tmp_path, "claim safe 84", "y")
    assert "without it the kernel does not work at all" in said
    assert "nothing is settled, and it is no miss: mark another line" in said
    assert not Ledger(tmp_path).page(SAFE).settled
    said = claim(tmp_path, "claim safe 66", "y")
    assert "Right. Safe in this model: no schedule reaches livelock." in said
    assert "because: of no single line: without any one that can be marked it is still safe" in said
    assert "because: still safe without it: linux-4.13-slub.c:66 in read_mems_allowed_begin: " in said
    assert "stars: none, it is a variant of side/5" in said
    assert "settled without a win: no single line is the reason here" in said
    assert " ".join(told.split()) in said
    assert "\nnext: " in said
    assert "miss" not in said
    assert "lesson" not in said
    page = Ledger(tmp_path).page(SAFE)
    assert (page.settled, str(page.help)) == (True, "")
    assert not list(tmp_path.glob("*.race"))
    rows = json.loads(call("levels", "--json", env={"OOMRACE_DATA_DIR": str(tmp_path)}).stdout)
    assert next((row["stars"], row["help"], row["best"]) for row in rows if row["id"] == SAFE) == (0, "", None)


def test_a_what_if_of_a_variant_settles_nothing(tmp_path: Path) -> None:
    said = claim(tmp_path, "set task.mems_allowed_seq.sequence=4", "claim safe 66", "y")
    assert "not scored: the level was changed" in said
    assert "because: of no single line" in said
    assert not Ledger(tmp_path).page(SAFE).settled


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_page_of_a_claim_where_nothing_bears_opens_the_story_and_what_follows(size: tuple[int, int]) -> None:
    async with playing(new_game(SAFE), size) as player:
        await player.type("claim safe 66")
        await player.turn_page("y")
        await player.until(OutcomeScreen)
        text = " ".join(player.text.split())
        assert "Right. Safe in this model" in text
        assert "of no single line" in text
        assert "lesson" not in text
        assert player.game.is_settled


def test_settled_without_a_win_is_told_of_variants_alone(pack: Path) -> None:
    levels = load_pack(pack)
    ledger = Ledger()
    for id_ in (VARIANT, OTHER):
        ledger.note(id_, WasSettled())
        ledger.note(id_, WasShown(WAY))
    standings, _ = Services(levels, WinsInMemory(), ledger=ledger).standings()
    told = [line for line in list_lines(levels, standings) if "Settled." in line]
    assert [line.split()[0] for line in told] == [VARIANT]
