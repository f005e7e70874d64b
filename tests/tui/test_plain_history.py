# SPDX-License-Identifier: GPL-2.0-or-later
"""The time line as plain text, on the command line and in line mode."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from puzzles.history import game_history, kernel_text
from puzzles.levels import game_pack
from puzzles.wins.ledger import Ledger, WasSettled
from tests.tui.program import SOLUTIONS, call
from tui.player.locations import data_folder
from tui.view.eras import EraProgress, levels_text

ERAS = game_history().eras
LEVELS = sum(not level.variant_of for level in game_history().levels(game_history().era("in-place"), game_pack()))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"OOMRACE_{name}_DIR", str(tmp_path / name))


def running(text: str) -> str:
    return " ".join(text.split())


CLOSED = "what broke it: told once its levels are settled"


def test_what_broke_a_scheme_is_told_once_its_levels_are_settled_or_on_request() -> None:
    era = game_history().era("generation")
    assert era.broken is not None
    closed = running(call("history", "generation").stdout)
    own = [level.id for level in game_history().levels(era, game_pack())]
    assert own[0] == "generation/1"
    assert len(own) > 1
    assert f"{CLOSED}, or now, as help with {levels_text(own)}: history generation broken" in closed
    assert str(era.broken) not in closed
    assert "commit 1da177e4c3f (2.6.12, Linus Torvalds) commit" in closed
    assert str(era.broken) not in running(call("history").stdout)
    (values,) = json.loads(call("history", "generation", "--json").stdout)
    assert (values["broken"], {commit["what"] for commit in values["commits"]}) == (None, {None})
    for asked in (
        call("history", "generation", "--broken"),
        call("play", "--plain", typed="history generation broken"),
    ):
        assert str(era.broken) in running(asked.stdout)
        assert "commit 1da177e4c3f (2.6.12, Linus Torvalds): the import into git" in running(asked.stdout)
    (values,) = json.loads(call("history", "generation", "--json", "--broken").stdout)
    assert values["broken"]["text"] == str(era.broken)


def helps() -> dict[str, str]:
    """The help with each level that there was some with."""
    return {row["id"]: row["help"] for row in json.loads(call("levels", "--json").stdout) if row["help"]}


def given_away(*eras: str) -> dict[str, str]:
    """The help with the levels of some eras, of which each was read on in once."""
    history, pack = game_history(), game_pack()
    levels = [level.id for era in eras for level in history.levels(history.era(era), pack)]
    return {id_: "history 1" for id_ in levels if not id_.startswith("tour/")}


READING: Mapping[str, tuple[str, ...]] = {
    "history in-place --broken": ("in-place", "generation"),
    "history in-place --broken --json": ("in-place", "generation"),
    "history 4.5 --broken": ("in-place", "generation"),
    "history 4 --broken": ("in-place", "generation"),
    "history 3.5 --broken": ("generation",),
    "history 3.5 --broken --json": ("generation",),
    ":history in-place broken": ("in-place", "generation"),
    ":history 3.5 broken": ("generation",),
}
"""Commands, a colon before those of the game, and the eras whose levels they give away."""


@pytest.mark.parametrize("command", READING)
def test_to_read_on_is_help_with_the_levels_that_are_given_away_and_once(command: str) -> None:
    right = given_away(*READING[command])
    for time in range(2):
        if command.startswith(":"):
            said = call("play", "--plain", typed=command).stdout
        else:
            done = call(*command.split())
            said = done.stdout + done.stderr
        assert helps() == right
        assert (f"noted as help with {', '.join([*right][:3])}" in running(said)) is (time == 0)
    assert str(game_history().era(READING[command][0]).broken) in running(call("history", READING[command][0]).stdout)


def test_what_would_give_levels_away_is_refused_with_its_price() -> None:
    first = ", ".join([*given_away("in-place", "generation")][:3])
    price = f"4.5 gives away levels that are not settled: to read it is help with {first} and"
    refused = call("history", "4.5")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert price in running(refused.stderr)
    assert "`oomrace history 4.5 --broken` prints it" in running(refused.stderr)
    said = running(call("play", "--plain", typed="history 4.5").stdout)
    assert price in said
    assert "history 4.5 broken shows it" in said
    assert helps() == {}


@pytest.mark.parametrize("section", ["0.3", "2.3", "12.3", "13.1", "14", "15.2"])
def test_what_all_schemes_have_in_common_is_free(section: str) -> None:
    assert call("history", section).stdout.startswith(section)
    assert helps() == {}


@pytest.mark.parametrize("section", ["1", "16", "17", "18", "19", "20"])
def test_what_tells_of_several_schemes_is_help_with_all_levels(section: str) -> None:
    assert call("history", section).exit_code == 2
    assert call("history", section, "--broken").stdout.startswith(section)
    assert helps().keys() == {level.id for level in game_pack().listed if level.chapter != "tour"}


def test_what_is_settled_is_read_for_nothing_and_opens_by_itself() -> None:
    history, pack, ledger = game_history(), game_pack(), Ledger(data_folder())
    for name in ("in-place", "generation"):
        for level in history.levels(history.era(name), pack):
            ledger.note(level.id, WasSettled())
    said = running(call("history", "in-place").stdout)
    assert str(history.era("in-place").broken) in said
    assert "mems_allowed in time" in said
    assert call("history", "in-place", "--broken").stderr == ""
    assert call("history", "4.5").stdout.startswith("4.5 Premature OOM")
    assert helps() == {}


def test_a_reset_closes_what_was_read() -> None:
    call("history", "generation", "--broken")
    call("reset", "generation/2")
    assert CLOSED in running(call("history", "generation").stdout)
    assert helps()["generation/2"] == "reset 1"
    call("history", "generation", "--broken")
    assert helps()["generation/2"] == "history 1, reset 1"
    assert helps()["generation/1"] == "history 1"


def test_an_era_opens_with_its_levels_and_titles_with_those_of_the_era_before() -> None:
    history, pack = game_history(), game_pack()
    era = history.era("in-place")
    own = {level.id for level in history.levels(era, pack)}
    before = {level.id for level in history.levels(history.era("generation"), pack)}
    for settled, opened, titled in (
        (set(), False, False),
        (own, True, False),
        (before, False, False),
        (own | before, True, True),
    ):
        progress = EraProgress.of(history, era, pack, (), settled)
        assert (progress.opened, progress.titled) == (opened, titled)
    assert EraProgress.of(history, history.era("flow"), pack, (), ()).opened


def test_the_time_line_tells_every_era() -> None:
    done = call("history", "--broken")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line for line in lines if line[:1] == "2"] == [line for line in lines if line[:2] == "20"]
    assert [int(line[:4]) for line in lines if line[:2] == "20"] == [era.year for era in ERAS]
    said = running(done.stdout)
    for era in ERAS:
        assert f"{era.year} {era.title}: " in said
        assert era.did.text in said
        assert era.cost is None or str(era.cost) in said
        assert era.broken is None or str(era.broken) in said
        assert all(commit.id in said and commit.author in said for commit in era.commits)


def test_progress_is_that_of_the_stored_wins() -> None:
    assert f"in-place: 0 of {LEVELS} levels won" in call("history").stdout
    call("play", "in-place/1", "--plain", typed=SOLUTIONS["in-place/1"])
    said = call("history").stdout
    assert f"in-place: 1 of {LEVELS} levels won" in said
    assert f"1 of {len(game_pack().own_ids)} levels won." in said
    one = call("history", "2.6.33").stdout
    assert f"in-place: 1 of {LEVELS} levels won" in one
    assert "Par: 1 preemption, 31 steps. Best: 1 preemption, 31 steps." in running(one)


@pytest.mark.parametrize("era", ERAS, ids=lambda era: str(era.id))
def test_an_era_is_told_whole(era: object) -> None:
    found = next(one for one in ERAS if one is era)
    done = call("history", found.id, "--broken")
    assert done.exit_code == 0
    said = running(done.stdout)
    assert all(str(fact) in said for _, fact in found.facts)
    assert f"notes: {', '.join(found.sections)}" in said
    assert ("(?) is in doubt, and they say why" in said) == found.doubted
    assert all(f"commit {commit.id} ({commit.when}" in said and commit.what in said for commit in found.commits)
    assert (found.kernel or "no file of its own") in said


def test_a_diff_leads_from_one_kernel_file_to_the_next() -> None:
    done = call("history", "2.6.31", "--diff")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[:2] == ["--- linux-2.6.29.c", "+++ linux-2.6.31.c"]
    old, new = (kernel_text(game_history().era(name)).splitlines() for name in ("generation", "in-place"))
    body = [line for line in lines[2:] if not line.startswith("@@")]
    assert {line[1:] for line in body if line.startswith("-")} <= set(old)
    assert {line[1:] for line in body if line.startswith("+")} <= set(new)
    assert "-static int cpuset_mems_generation = 1;" in lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["v2.4"], "no era 'v2.4'; give a kernel release such as v3.4, or one of: generation, in-place"),
        (["--diff"], "--diff prints what one era changed; name it, such as `oomrace history v3.4 --diff`"),
        (["3.4", "--diff", "--json"], "--diff prints what one era changed"),
        (["hardening", "--diff"], "hardening has no kernel file of its own"),
        (["2.6.12", "--diff"], "generation stands at the beginning: there is no era before"),
        (["one-key", "--diff"], "one-key stands at the beginning: there is no era before"),
    ],
)
def test_what_cannot_be_told_says_why(arguments: list[str], message: str) -> None:
    done = call("history", *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stdout == ""


def test_a_number_is_a_section_of_the_notes_and_a_word_an_era() -> None:
    done = call("history", "4.5", "--broken")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "4.5 Premature OOM"
    assert lines[-1] == "the era of Linux 4.5 is seqcount: history v4.5"
    said = running(done.stdout)
    assert "S1-A task policy MPOL_BIND, one flip, 2 nodes" in said
    assert "4.6 Report texture" not in said
    assert running(call("history", "4").stdout).count("4.6 Report texture") == 1
    assert call("history", "v4.5").stdout.startswith("A sequence counter: ")
    told = json.loads(call("history", "4.5", "--json").stdout)
    assert (told["number"], told["title"]) == ("4.5", "Premature OOM")
    assert "(DERIVED, full search of the model)" in told["text"]
    assert call("history", "4.5", "--diff").stdout.startswith("--- linux-3.3.c\n+++ linux-3.4.c\n")


def test_a_number_that_is_no_section_says_which_are_and_how_to_ask_for_the_release() -> None:
    done = call("history", "3.16")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no section 3.16 in the notes; there are: 3, 3.1, 3.2" in done.stderr
    assert "the era of Linux 3.16 is seqcount: history v3.16" in done.stderr
    assert "no section 99 in the notes; there are: 0, 1, 2" in call("history", "99").stderr


def test_json_has_all_facts_and_the_progress() -> None:
    call("play", "in-place/1", "--plain", typed=SOLUTIONS["in-place/1"])
    told = json.loads(call("history", "--json").stdout)
    assert [era["id"] for era in told] == [era.id for era in ERAS]
    one = json.loads(call("history", "in-place", "--json").stdout)
    assert one == [era for era in told if era["id"] == "in-place"]
    assert one[0]["won"] == ["in-place/1"]
    assert one[0]["levels"][0] == "in-place/1"
    assert one[0]["did"]["sections"] == ["4.2", "4.4"]
    assert one[0]["commits"][0]["author"] == "Miao Xie"


def test_line_mode_tells_the_history_with_and_without_a_game() -> None:
    typed = "history\nhistory all\nhistory v3.16\nhistory v1.0\nhistory 4.6 broken\nin-place/1\nhistory in-place\n"
    done = call("play", "--plain", typed=typed)
    assert "2005  Each task pulls its own masks: Linux 2.6.12 - 2.6.30, scheme 0" in done.stdout
    assert "2005  generation: Each task pulls its own masks, Linux 2.6.12 - 2.6.30, scheme 0; " in done.stdout
    assert "A sequence counter: Linux 3.4 - 4.6, scheme 3, since 2012" in done.stdout
    assert "no era 'v1.0'; give a kernel release such as v3.4" in done.stdout
    assert "4.6 Report texture" in done.stdout
    assert (
        f"in-place: 0 of {LEVELS} levels won"
        in done.stdout.partition('Type a or r: that thread does what is behind its "next"')[2]
    )
