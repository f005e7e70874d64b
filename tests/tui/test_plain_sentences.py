# SPDX-License-Identifier: GPL-2.0-or-later
"""Line mode for ears and scripts: one line for each sentence, none of them like another, in the words of the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.judging.score import Score
from puzzles.levels import game_pack
from tests.tui.playing import WinsInMemory, new_game
from tests.tui.program import SOLUTIONS, call, terminal, until
from tui.actions.commands import COMMANDS, find
from tui.game.ends import run_end, run_sections
from tui.game.game import Game
from tui.lines.endings import section_lines as drawn
from tui.lines.text import wrap
from tui.plain.paragraphs import Exact, broken
from tui.plain.tell import ending_lines, section_lines, situation_lines
from tui.player.library import Library
from tui.player.services import Services
from tui.view.paragraphs import paragraphs
from tui.view.standing import standing, step_texts

PACK = game_pack()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))


def said(level: str, *lines: str) -> list[str]:
    """All that line mode says, to the end of its input."""
    return call("play", level, "--plain", typed="\n".join(lines)).stdout.splitlines()


def test_five_reads_of_one_mask_are_told_apart() -> None:
    game = new_game("in-place/1", "a4")
    told = []
    for _ in range(6):
        told.append(next(situation_lines(game)))
        game.session.step(0)
    mask = "A next: read task_policy.nodes (= {0}) in node_isset, within"
    scan = "get_page_from_freelist; pass with the low mark"
    assert told == [
        "A next: read task.mems_allowed (= {0}) in nodes_intersects, within policy_nodemask",
        f"{mask} __alloc_pages_nodemask; first-zone lookup, asking about node 1",
        f"{mask} __alloc_pages_nodemask; first-zone lookup, asking about node 0",
        f"{mask} {scan}, asking about node 1",
        f"{mask} {scan}, asking about node 0",
        f"A next: read task.mems_allowed (= {{0}}) in node_isset, within {scan}, asking about node 0",
    ]


@pytest.mark.parametrize("level", [level.id for level in PACK.levels])
def test_every_thread_that_has_not_finished_is_somewhere(level: str) -> None:
    game = new_game(level)
    for index in (*range(len(game.machine.threads)), 0):
        for _ in range(12):
            if game.session.can_move(index):
                game.session.step(index)
                texts = list(step_texts(game.machine, game.session.now))
                assert " (in " in texts[0]
        where = standing(game.machine, game.session.now, index)
        assert where.startswith("in ") or (where == "" and game.session.now.state.threads[index].finished)


@pytest.mark.parametrize("level", ["in-place/1", "in-place/10", "count/5", "seqcount/1", "side/7", "side/9"])
def test_no_value_holds_what_divides_values(level: str) -> None:
    game = new_game(level)
    moves = list(game.machine.moves)
    for turn in range(120):
        move = moves[turn * 7 // 3 % len(moves)]
        if game.session.can_move(move):
            game.begin()
            game.session.step(move)
        assert all(";" not in word.value for word in game.view.words)
        for change in filter(None, game.changes().split("; ")):
            assert change.count(" -> ") == 1


def test_readers_and_a_waiting_writer_of_a_lock_are_one_value() -> None:
    game = new_game("in-place/1", "a6 r22")
    words = {word.name: word.value for word in game.view.words}
    assert words["mm.mmap_sem"] == "read by A, R waits to write"


@pytest.mark.parametrize("level", ["in-place/1", "tour/7"])
def test_the_verdict_comes_before_the_kernel_log_and_in_the_words_of_the_screen(level: str, tmp_path: Path) -> None:
    game = new_game(level, SOLUTIONS[level].lower())
    told = list(ending_lines(game, Services(PACK, Library(tmp_path))))
    assert told[0].startswith("Solved. ")
    more = next(line for line in told if line.startswith("more: "))
    assert more.startswith("more: debrief, sources, notes, model, log")
    assert told.index(more) >= len(told) - 3
    sections = list(run_sections(game.level, run_end(game, None, "")))
    screen = " ".join(one.plain for one in wrap(drawn(sections), 200))
    plain = " ".join(section_lines(sections))
    assert set(screen.replace(":", "").split()) == set(plain.replace(":", "").split())


def test_the_light_is_on_where_it_is_on_the_screen() -> None:
    assert "the goal is in reach" in said("tour/7")
    assert "the goal is in reach" not in said("count/3")
    assert "the goal is in reach" in said("count/3", "light")
    assert "light off" in said("tour/7", "light", "a")


def test_a_question_mark_is_help_and_every_key_is_a_short_name() -> None:
    assert said("tour/7", "?") == said("tour/7", "help")
    for command in COMMANDS:
        for key in filter(None, command.key.split(",")):
            assert find(key) is command or len(key) > 1
    assert find("?") is find("help")
    assert find("~") is find("drain")
    assert find("[") is find("rewind")


QUESTION = (
    "You say that no schedule at all reaches: BUG, because of two-takers.c:22 in take_page: if (!look_again ||"
    " free_pages > 0). If that is wrong, it counts as a miss. Is that your answer? y or n"
)


@pytest.mark.parametrize("ask", ["S", "claim", ":S"])
@pytest.mark.parametrize("yes", ["y", "yes", "Y"])
def test_the_key_of_a_claim_asks_and_the_next_line_answers(ask: str, yes: str) -> None:
    told = said("tour/6", "mark 22", ask, yes)
    assert QUESTION in told
    assert "Solved. Safe in this model: no schedule reaches BUG." in told


@pytest.mark.parametrize("answers", [["n"], [""], ["no", "a"], ["a"], []])
def test_whatever_is_no_yes_claims_nothing_and_is_not_lost(answers: list[str]) -> None:
    told = said("tour/6", "mark 22", "S", *answers)
    assert QUESTION in told
    assert not any(line.startswith("Solved") for line in told)
    assert ("nothing is claimed" in told) == bool("".join(answers))
    assert (told[-1] == "your run of tour/6 so far, to be typed again: A1") == ("a" in answers)


def test_a_claim_in_full_is_an_answer_already() -> None:
    told = said("tour/6", "claim safe 22")
    assert QUESTION not in told
    assert "Solved. Safe in this model: no schedule reaches BUG." in told


def test_what_is_changed_is_told_at_the_start() -> None:
    done = call("play", "in-place/1", "--plain", "--kernel", "linux-2.6.35").stdout
    assert "\nWhat if kernel linux-2.6.35: not scored.\n" in done
    told = said("tour/6", "set look_again=0")
    assert "What if look_again=0: not scored. :set alone goes back to the level as it is." in told


@pytest.mark.parametrize("level", ["tour/7", "in-place/1"])
def test_in_a_pipe_a_paragraph_is_a_line(level: str) -> None:
    told = said(level)
    assert told[1 : 1 + len(paragraphs(PACK.level(level).briefing))] == paragraphs(PACK.level(level).briefing)


def test_on_a_terminal_paragraphs_fit_its_width(tmp_path: Path) -> None:
    with terminal(tmp_path, "play", "in-place/1", "--plain", term="dumb", rows=24, columns=44) as (_, end):
        shown = until(end, b"0> ").decode().splitlines()
    assert max(map(len, shown)) <= 44
    assert "    cpuset_write_mems(&cpuset, &new_mems)" not in shown
    assert any(line.startswith("  ") for line in shown), "what goes on stands further in"


@given(st.text(alphabet="ab {},.-", max_size=300), st.integers(20, 100))
def test_no_word_is_lost_where_a_line_breaks(text: str, width: int) -> None:
    parts = list(broken(text, width))
    assert " ".join(parts).split() == text.split()
    assert list(broken(text, None)) == [text]
    assert list(broken(Exact(text), width)) == [text]
    longest = max((len(word) for word in text.split()), default=0)
    assert len(text) <= width or all(len(part) <= max(width, longest + width // 2 + 2) for part in parts)


def test_next_is_the_next_level_that_is_not_won() -> None:
    ids = [level.id for level in PACK.levels]

    def after(id_: str, *won: str) -> str | None:
        wins = WinsInMemory(scores=dict.fromkeys(won, Score(1, 1)))
        level = Services(PACK, wins).next_level(id_)
        return level.id if level else None

    assert after(ids[0]) == ids[1]
    assert after(ids[0], ids[0], ids[1]) == ids[2]
    assert after(ids[-1], ids[-1], ids[0]) == ids[1]
    assert after("elsewhere/1") == ids[0]
    assert after(ids[3], *ids) is None
    assert after(ids[3], *(id_ for id_ in ids if id_ != ids[3])) is None


def test_the_list_of_what_is_left_out_is_unfolded_by_a_word() -> None:
    told = said("in-place/1", "model")
    assert told[told.index("the model leaves out:") + 1].startswith("  all requests but order 0")


def test_games_that_are_over_say_so_once(tmp_path: Path) -> None:
    game: Game = new_game("in-place/1", "a6 r22 a3")
    first = list(ending_lines(game, Services(PACK, Library(tmp_path))))
    again = list(ending_lines(game, Services(PACK, Library(tmp_path))))
    assert len(again) < len(first)
    assert again[0] == first[0]
    assert list(tmp_path.iterdir())
