# SPDX-License-Identifier: GPL-2.0-or-later
"""What replays of others, and commands beside the game, show of a level is help; what is the player's own is none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from puzzles.notation import read_replay
from puzzles.wins.ledger import Ledger
from puzzles.wins.scores import Scores
from puzzles.wins.stars import Rating
from tests.long import LONG
from tests.tui.playing import PACK, playing
from tests.tui.program import call, start
from tui.explorer.proofs import Proofs
from tui.player.opening import open_replay, open_verdict, replayed_game
from tui.player.packs import open_pack

LEVEL, BEST, SAFE = "in-place/1", "A6 R22 A3", "in-place/4"
SOLUTIONS = Path("puzzles/solutions")
CLAIM = '[Format "1"]\n[Level "{}"]\n[Result "safe"]\n'


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data", "config", "cache"):
        monkeypatch.setenv(f"OOMRACE_{name.upper()}_DIR", str(tmp_path / name))


def play(*lines: str, level: str = LEVEL) -> str:
    return call("play", level, "--plain", "--fresh", typed="\n".join(lines)).stdout


def help_of(home: Path, level: str = LEVEL) -> str:
    """The help with a level, as a process that begins now knows it."""
    return str(Ledger(home / "data").page(level).help)


def rated(home: Path, level: str = LEVEL) -> Rating | None:
    pack = Proofs().with_pars(PACK())
    return Scores().ratings(home / "data", pack, pack.listed)[0].get(level)


def written(home: Path, moves: str, level: str = LEVEL) -> Path:
    path = home / "theirs.race"
    path.write_text(f'[Format "1"]\n[Level "{level}"]\n\n{moves}\n', "utf-8")
    return path


SHOWN: Mapping[str, tuple[str, bool]] = {
    "a win": (BEST, True),
    "a win but one step": ("A6 R22 A2", True),
    "a win beside a run that is lost": ("A6 A8 ( R22 A3 ) R25", True),
    "how it is lost": ("A14 R25", False),
}
"""Moves, and whether they show a way."""


def test_a_replay_that_is_printed_is_shown_from_then_on(tmp_path: Path) -> None:
    done = call("replay", str(SOLUTIONS / "in-place-1.race"), "--plain")
    assert f"noted as help with {LEVEL}: schedule 1" in done.stderr
    assert help_of(tmp_path) == "schedule 1"
    assert Ledger(tmp_path / "data").page(LEVEL).settled
    assert "noted" not in call("replay", str(SOLUTIONS / "in-place-1.race"), "--plain").stderr
    assert "no win" in play(BEST)
    assert rated(tmp_path) is None
    said = start(tmp_path, "play", LEVEL, "--plain", "--fresh", typed=f"{BEST}\n").stdout
    assert "no win" in said


async def test_a_replay_that_is_opened_on_the_screen_is_shown_from_then_on(tmp_path: Path) -> None:
    path = SOLUTIONS / "in-place-1.race"
    replay = open_replay(path)
    level, verdict = open_verdict(path, replay, open_pack(None), None)
    async with playing(replayed_game(level, verdict, replay, None)) as player:
        ledger = player.app.services.ledger
        assert str(ledger.page(LEVEL).help) == "schedule 1"
        assert ledger.page(LEVEL).settled
    assert help_of(tmp_path) == ""  # this app has no folder


@pytest.mark.parametrize(("moves", "shows"), SHOWN.values(), ids=SHOWN)
def test_a_replay_shows_a_way_where_it_reaches_the_goal_or_leaves_off_before(
    moves: str, shows: bool, tmp_path: Path
) -> None:
    call("replay", str(written(tmp_path, moves)), "--plain")
    assert help_of(tmp_path) == ("schedule 1" if shows else "")


def test_a_win_of_his_own_shows_the_player_nothing(tmp_path: Path) -> None:
    play(BEST)
    (win,) = (tmp_path / "data").glob("*.race")
    assert "noted" not in call("replay", str(win), "--plain").stderr
    assert help_of(tmp_path) == ""
    assert "without help, at par" in play("a5", BEST.replace("A6", "A1"))


def test_a_run_that_he_has_saved_is_his_to_go_on_with(tmp_path: Path) -> None:
    own = tmp_path / "own.race"
    play("A6", "R5", f"save {own}")
    assert "noted" not in call("replay", str(own), "--plain").stderr
    assert help_of(tmp_path) == ""
    assert "without help" in play(BEST)


def test_a_run_that_was_shown_is_not_his_for_being_saved(tmp_path: Path) -> None:
    saved = tmp_path / "saved.race"
    play("claim safe 61", "counterexample", "last", "back 1", f"save {saved}")
    help_ = read_replay(saved.read_bytes()).header("Help")
    assert help_ == "schedule 1, miss 1, shown"
    call("reset", LEVEL)
    call("replay", str(saved), "--plain")
    assert help_of(tmp_path) == "schedule 1, miss 1, reset 1"


def test_a_right_claim_is_shown_but_his_own(tmp_path: Path) -> None:
    claim = SOLUTIONS / "in-place-4.race"
    assert "claim 1" in call("replay", str(claim), "--plain").stderr
    assert help_of(tmp_path, SAFE) == "claim 1"
    assert Ledger(tmp_path / "data").page(SAFE).settled
    call("reset", SAFE)
    assert "Solved" in play("claim safe 310", "y", level=SAFE)
    assert rated(tmp_path, SAFE) is not None
    (own,) = (tmp_path / "data").glob("*.race")
    assert "noted" not in call("replay", str(own), "--plain").stderr
    assert help_of(tmp_path, SAFE) == "claim 1, reset 1"


@pytest.mark.parametrize("command", [("replay", "--plain"), ("verify",)])
def test_a_wrong_claim_that_is_refuted_shows_its_counterexample(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "claim.race"
    path.write_text(CLAIM.format(LEVEL), "utf-8")
    done = call(*command, str(path))
    assert "A6 R19 A3" in done.stdout
    assert help_of(tmp_path) == "schedule 1"
    assert "no win" in play("A6 R19 A3")


def test_a_replay_that_is_followed_on_its_own_level_is_shown(tmp_path: Path) -> None:
    call("run", LEVEL, "--like", str(SOLUTIONS / "in-place-1.race"))
    assert help_of(tmp_path) == "schedule 1"


def test_solve_and_hint_show_and_settle(tmp_path: Path) -> None:
    assert "Par:" not in " ".join(call("levels").stdout.split())
    call("solve", LEVEL)
    assert help_of(tmp_path).startswith("schedule ")
    assert Ledger(tmp_path / "data").page(LEVEL).settled
    assert "no win" in play(BEST)
    call("hint", "in-place/3")
    assert help_of(tmp_path, "in-place/3") == "rung 4, schedule 1"
    call("solve", "seqcount/2", "--set", "zones[0].free=200")
    assert help_of(tmp_path, "seqcount/2").startswith("schedule ")
    assert not Ledger(tmp_path / "data").page("seqcount/2").settled


def test_a_schedule_that_was_tried_beside_the_game_is_not_typed_blindfold(tmp_path: Path) -> None:
    call("run", LEVEL, BEST)
    assert help_of(tmp_path) == ""
    assert "without help, at par" in play(BEST)
    rating = rated(tmp_path)
    assert rating is not None
    assert (rating.stars, rating.blindfold) == (3, False)


def test_a_pack_has_one_ledger_by_whichever_path(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (tmp_path / "link").symlink_to(pack)
    for place in (pack, tmp_path / "link", pack / ".." / "pack"):
        assert Ledger(tmp_path, place)._path(LEVEL) == Ledger(tmp_path, pack)._path(LEVEL)
    assert Ledger(tmp_path, Path("puzzles/campaign"))._path(LEVEL) == Ledger(tmp_path)._path(LEVEL)
    assert Ledger(tmp_path, pack)._path(LEVEL) != Ledger(tmp_path)._path(LEVEL)


TELLING: Mapping[str, tuple[str, ...]] = {
    "solve": ("solve", SAFE),
    "solve as JSON": ("solve", SAFE, "--json"),
    "solve, changed to what it is": ("solve", SAFE, "--kernel", "linux-2.6.31.c"),
    "odds": ("odds", SAFE),
    "odds as JSON": ("odds", SAFE, "--json"),
    "export": ("export", SAFE, "--format", "promela"),
    "check": ("check", SAFE),
    "show --all": ("show", SAFE, "--all"),
}


@pytest.mark.parametrize("command", TELLING.values(), ids=TELLING)
def test_who_is_told_whether_the_goal_can_be_reached_is_helped(command: tuple[str, ...], tmp_path: Path) -> None:
    call(*command)
    assert help_of(tmp_path, SAFE) == "verdict 1"
    assert not Ledger(tmp_path / "data").page(SAFE).settled
    play("claim safe 310", "y", level=SAFE)
    rating = rated(tmp_path, SAFE)
    assert rating is not None
    assert (rating.unaided, rating.at_par) == (False, True)


def test_a_claim_of_reasons_that_were_named_is_no_win(tmp_path: Path) -> None:
    call("reasons", SAFE)
    assert help_of(tmp_path, SAFE) == "verdict 1, claim 1"
    assert Ledger(tmp_path / "data").page(SAFE).settled
    assert "no win: what the claim names was shown to you" in play("claim safe 310", "y", level=SAFE)
    assert rated(tmp_path, SAFE) is None


def test_that_a_level_is_not_safe_is_a_verdict_too(tmp_path: Path) -> None:
    call("odds", LEVEL)
    call("reasons", "in-place/2")
    assert (help_of(tmp_path), help_of(tmp_path, "in-place/2")) == ("verdict 1", "verdict 1")
    assert "help: verdict 1" in play(BEST)


@LONG
def test_what_is_told_of_a_settled_level_of_the_tour_or_of_many_is_no_help(tmp_path: Path) -> None:
    play("claim safe 310", "y", level=SAFE)
    for command in (("odds", SAFE), ("odds", "tour/1"), ("levels", "--all"), ("check", "tour")):
        call(*command)
    assert [help_of(tmp_path, id_) for id_ in (SAFE, "tour/1", "tour/6")] == ["", "", ""]


@pytest.mark.parametrize(("because", "helped"), [("", "verdict 1"), ('[Because "{}"]\n', "verdict 1, claim 1")])
def test_a_claim_that_is_verified_tells_whether_it_is_right(because: str, helped: str, tmp_path: Path) -> None:
    header = read_replay((SOLUTIONS / "in-place-4.race").read_bytes()).header("Because")
    path = tmp_path / "claim.race"
    path.write_text(CLAIM.format(SAFE) + because.format(header), "utf-8")
    call("verify", str(path))
    assert help_of(tmp_path, SAFE) == helped


OWN, OTHER = "A7 R14 A12", "A13 R27 A12"
"""A win of in-place/3, and what it comes to in overlap/5."""


def test_a_win_that_is_found_with_one_of_another_level_is_shown_from_then_on(tmp_path: Path) -> None:
    play(OWN, level="in-place/3")
    own = str(next((tmp_path / "data").glob("in-place-3*.race")))
    assert f"schedule: {OTHER}" in call("run", "overlap/5", "--like", own).stdout
    assert help_of(tmp_path, "overlap/5") == "schedule 1"
    assert Ledger(tmp_path / "data").page("overlap/5").settled
    assert "no win" in play(OTHER, level="overlap/5")


def test_what_is_found_on_a_changed_level_is_shown_in_the_level_that_this_is(tmp_path: Path) -> None:
    play(OWN, level="in-place/3")
    own = str(next((tmp_path / "data").glob("in-place-3*.race")))
    assert "outcome: premature OOM" in call("run", "in-place/3", "--like", own, "--kernel", "linux-3.3").stdout
    assert help_of(tmp_path, "overlap/5") == "schedule 1"
    assert help_of(tmp_path, "in-place/3") == ""


def test_what_reaches_no_goal_shows_nothing(tmp_path: Path) -> None:
    play(OWN, level="in-place/3")
    own = str(next((tmp_path / "data").glob("in-place-3*.race")))
    call("run", "in-place/4", "--like", own)
    assert help_of(tmp_path, "in-place/4") == ""


def test_what_was_won_before_stays_the_players_own(tmp_path: Path) -> None:
    play(OWN, level="in-place/3")
    play(OTHER, level="overlap/5")
    own = str(next((tmp_path / "data").glob("in-place-3*.race")))
    call("run", "overlap/5", "--like", own)
    assert help_of(tmp_path, "overlap/5") == ""
