# SPDX-License-Identifier: GPL-2.0-or-later
"""What a level asks once it is settled: asked by key and in line mode, answered before it is told, kept, and played."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.judging.claims import settle
from puzzles.levels import Level, Pack, Question, build_machine, load_pack
from puzzles.proofs import check_level
from puzzles.wins.ledger import Ledger, WasSettled
from sim import Limit
from tests.tui.checked import PACKS, copied
from tests.tui.playing import NARROW, WIDE, new_game, playing
from tests.tui.program import call
from tests.tui.slow import Slow
from tui.actions.commands import CommandError, answered
from tui.actions.requests import AskWhatIf, EndLesson, OpenLevel, OpenWhatIf, TellWhatIf
from tui.explorer import what_ifs
from tui.game.ends import question_sections
from tui.game.game import Game
from tui.game.what_ifs import answers, told_answer, what_if_game
from tui.plain.level import level_lines
from tui.screens.outcome import OutcomeScreen
from tui.screens.play import PlayScreen
from tui.screens.search import SearchScreen
from tui.screens.what_if import QuestionScreen, WhatIfScreen

WAY = "A1 R2 A1"
FROM_ONE = Question("And if the counter began at 1?", sets={"counter": 1})
FIRST = Question("And if R waited for A?", limits=(Limit("R", start_after="A add"),))
TOML = """
[[what_if]]
question = "And if the counter began at 1?"
set = { counter = 1 }

[[what_if]]
question = "And if R waited for A?"
limit = [{ thread = "R", start_after = "A add" }]
"""
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])


def asking(*questions: Question) -> Level:
    return evolve(load_pack(PACKS / "one-is-lost").level("basics/1"), what_ifs=questions or (FROM_ONE, FIRST))


def game(level: Level | None = None, *lines: str) -> Game:
    level = level or asking()
    made = Game(level, build_machine(level))
    for line in lines:
        answered(made, line)
    return made


def won(*questions: Question) -> Game:
    made = game(asking(*questions), WAY)
    made.solved = True
    return made


def told(made: Game, number: int, right: bool | None = None) -> list[str]:
    return list(told_answer(made, number, right))


def test_nothing_is_asked_before_the_level_is_settled_or_where_it_was_changed() -> None:
    with pytest.raises(CommandError, match="that is told once the level is settled"):
        answered(game(), "whatif")
    silent = game(evolve(asking(), what_ifs=()), WAY)
    silent.note(WasSettled())
    with pytest.raises(CommandError, match="this level asks nothing more"):
        answered(silent, "whatif")
    level = asking()
    varied = Game(level, build_machine(level, None, ["counter=1"]), ("counter=1",), ledger=won().ledger)
    with pytest.raises(CommandError, match="the level was changed; what it asks is about the level as it is"):
        answered(varied, "whatif")


def test_a_question_is_answered_before_it_is_told() -> None:
    made = won()
    assert answered(made, "whatif").request == answered(made, "what if").request == AskWhatIf(1)
    assert answered(made, "whatif 2").request == AskWhatIf(2)
    with pytest.raises(CommandError, match="answer first: whatif 1 yes, or whatif 1 no"):
        answered(made, "whatif play")
    assert answered(made, "whatif no").request == TellWhatIf(1, right=True)
    assert told(made, 1, right=True)[2].startswith(
        "right: no, none reaches all threads finished, with counter == 1: 12"
    )
    assert answered(made, "whatif n").request == TellWhatIf(2, right=False)
    assert told(made, 2, right=False)[2:4] == [
        "wrong: yes, a schedule reaches all threads finished, with counter == 1: 2 preemptions, 4 steps",
        "of the run that settled the level: the schedule lives: all threads finished with 1 preemption, 4 steps",
    ]
    assert answers(made) == [True, False]
    assert answered(made, "whatif 2 yes").request == TellWhatIf(2)
    assert answers(made) == [True, False]
    assert answered(made, "whatif").lines == ("1 of 2 questions answered right; whatif 1 tells the first again",)
    assert not made.page.help


@pytest.mark.parametrize("line", ["whatif 3", "whatif maybe", "whatif 1 2", "whatif yes no", "whatif 0 yes"])
def test_what_is_no_answer_is_refused(line: str) -> None:
    made = won()
    with pytest.raises(CommandError):
        answered(made, line)
    assert answers(made) == [None, None]


def test_a_what_if_is_played_wins_nothing_and_is_in_the_same_ledger() -> None:
    made = won()
    answered(made, "whatif 2 yes")
    assert answered(made, "whatif 2 play").request == OpenWhatIf(2)
    other = what_if_game(made, 2)
    assert (other.own, other.scored, other.view.what_if) == (made, False, "R starts after A has entered add")
    answered(other, "last")
    assert (other.session.won, other.ruling.won, other.view.won) == (True, False, False)
    assert str(made.page.help) == str(other.page.help) == "schedule 1"
    for line in ("hint", "save x.race", "claim safe 1", "set counter=2", "lesson", "whatif 1 yes", "ways"):
        with pytest.raises(CommandError, match="what if"):
            answered(other, line)
    assert answered(other, "whatif").request == EndLesson()


def test_a_question_that_is_another_level_opens_that_as_long_as_it_is_not_settled() -> None:
    made = won(FROM_ONE)
    other = evolve(asking(), id="basics/2", boot={"counter": 1}, what_ifs=())
    made.proofs.pack = Pack("two", ()).holding([made.level, other])
    request = answered(made, "whatif no").request
    assert isinstance(request, OpenLevel)
    assert (request.level_id, request.why) == (
        "basics/2", "that is the level basics/2, which you have not settled: play it first",
    )  # fmt: skip
    assert answers(made) == [None]
    made.settled_ids = lambda: {"basics/2"}
    assert answered(made, "whatif no").request == TellWhatIf(1, right=True)


def test_a_change_that_does_not_fit_is_told_and_not_counted() -> None:
    made = won(Question("And?", sets={"nothing": 1}))
    with pytest.raises(CommandError, match="that cannot be answered: unknown name nothing"):
        answered(made, "whatif yes")
    assert answers(made) == [None]


@SIZES
async def test_questions_are_answered_by_key(size: tuple[int, int]) -> None:
    level = asking()
    async with playing(Game(level, build_machine(level)), size, pack=Pack("one", ()).holding([level])) as player:
        await player.press("a r2 a")
        assert isinstance(player.app.screen, OutcomeScreen)
        assert "What if? whatif (W) asks 2 questions." in player.text
        assert "W what if" in player.text
        await player.turn_page("W")
        assert isinstance(player.app.screen, QuestionScreen)
        assert FROM_ONE.question in player.text
        assert "yes, a schedule" not in player.text
        await player.turn_page("n")
        assert isinstance(player.app.screen, WhatIfScreen)
        assert "right: no, none reaches" in player.text
        await player.turn_page("W")
        await player.turn_page("n")
        assert "wrong: yes, a schedule reaches" in player.text
        await player.turn_page("p")
        assert isinstance(player.app.screen, PlayScreen)
        assert player.app.screen is not player.screen
        assert "what if" in player.text.splitlines()[0]
        assert "W own run" in player.text.splitlines()[-1]
        await player.press("end")
        assert "That was a what if, and wins nothing" in " ".join(player.text.split())
        await player.turn_page("W")
        assert player.app.screen is player.screen
        assert player.won == [("basics/1", 1, 4)]


def test_line_mode_keeps_answers_over_a_restart(tmp_path: Path) -> None:
    pack = copied("one-is-lost", tmp_path)
    file = pack / "basics/1/level.toml"
    file.write_text(file.read_text("utf-8") + TOML, "utf-8")
    env = {"OOMRACE_DATA_DIR": str(tmp_path / "home")}

    def play(*lines: str) -> str:
        options = ("--plain", "--fresh", "--pack", str(pack))
        return call("play", "basics/1", *options, typed="\n".join(lines), env=env).stdout

    said = play("whatif", WAY, "whatif", "whatif no")
    assert "that is told once the level is settled" in said
    assert "What if? whatif (W) asks 2 questions." in said
    assert (
        "Is there a schedule then that reaches: all threads finished, with counter == 1?\nwhatif yes, or whatif no"
        in said
    )
    assert "right: no, none reaches" in said
    said = play("whatif", "whatif no", "whatif play", "last", "whatif", "outcome")
    assert "what if 2 of 2: And if R waited for A?" in said
    assert "wrong: yes, a schedule reaches" in said
    assert "A what if. All threads finished." in said
    assert "back in your own run" in said
    listed = call("levels", "--pack", str(pack), "--json", "--all", env=env).stdout
    assert [question["right"] for question in json.loads(listed)[0]["what_ifs"]] == [True, False]
    brief = json.loads(call("levels", "--pack", str(pack), "--json", env=env).stdout)[0]
    assert list(brief) == ["id", "title", "ask", "goal", "stars", "help", "best"]
    assert Ledger(tmp_path / "home", pack).page("basics/1").answers
    checked = call("check", str(pack), "--write")
    assert "; what if: no, yes\n" in checked.stdout
    rows = json.loads(call("check", str(pack), "--json").stdout)["levels"][0]["what_ifs"]
    assert [row["verdict"] for row in rows] == ["unreachable", "reachable"]


@SIZES
async def test_a_search_that_is_stopped_answers_nothing(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(settle)
    monkeypatch.setattr(what_ifs, "settle", slow)
    level = asking()
    async with playing(Game(level, build_machine(level)), size, pack=Pack("one", ()).holding([level])) as player:
        await player.press("a r2 a")
        await player.turn_page("W")
        await player.turn_page("y")
        await player.until(SearchScreen)
        assert "Is there a schedule then that reaches it?" in player.text
        await player.turn_page("escape")
        assert answers(player.game) == [None, None]
        slow.free.set()
        player.screen.act("whatif yes")
        await player.learn()
        await player.until(WhatIfScreen)
        assert answers(player.game) == [False, None]


def test_nothing_is_asked_while_lines_can_be_added_to_a_claim() -> None:
    """What a question tells would be more than the claim itself."""
    made = new_game("side/1", "claim safe 277")
    made.settle()
    assert made.lacks_lines
    with pytest.raises(CommandError, match="first add to your claim what it lacks"):
        answered(made, "whatif")
    assert list(question_sections(made)) == []
    made.tell()
    assert answered(made, "whatif").request == AskWhatIf(1)
    assert len(list(question_sections(made))) == 1


def test_a_level_that_stays_safe_tells_whether_the_line_of_the_claim_is_the_reason_there() -> None:
    made = new_game("count/6", "claim safe nodemask.h:50")
    made.tell()
    made.settle()
    answered(made, "whatif 1 no")
    line = "nodemask.h:50 in nodes_or: dst->bits[i] = a->bits[i] | b->bits[i]"
    assert told(made, 1, right=True)[2:] == [
        "right: no, none reaches premature OOM: 960 states exhausted",
        f"of your claim, no reason there, it is still safe without it: {line}",
    ]


def test_show_tells_the_questions_of_a_level_that_is_settled_not_the_answers() -> None:
    level = asking()
    proof = check_level(level).proof
    assert not any("what if" in line for line in level_lines(level))
    told_lines = [line for line in level_lines(level, proof) if line.startswith("what if")]
    assert told_lines[0] == "what if: And if the counter began at 1? (counter = 1)"
