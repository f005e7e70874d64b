# SPDX-License-Identifier: GPL-2.0-or-later
"""Before a level is settled nothing shows whether its goal can be reached: both kinds look alike in both modes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from puzzles.judging.ask import Ask
from puzzles.levels import Level, build_machine, game_pack
from tests.tui.playing import NARROW, WIDE, playing
from tui.actions.commands import COMMANDS, answered
from tui.game.game import Game
from tui.plain.loop import LineMode
from tui.plain.tell import situation_lines
from tui.player.library import Library
from tui.player.services import Services
from tui.screens.outcome import OutcomeScreen
from tui.screens.play import PlayScreen
from tui.view.stars import variant_text
from tui.view.words import run_sentence, sentence

PACK = game_pack()
SAFE = ("in-place/4", "in-place/9", "count/4", "count/1", "overlap/4", "seqcount/1", "cookie/1", "side/1")
BROKEN = (
    "in-place/1",
    "in-place/2",
    "in-place/5",
    "overlap/6",
    "count/3",
    "overlap/3",
    "seqcount/2",
    "cookie/2",
    "side/2",
)
LOST = ("continue a", "continue r", "continue b", "continue a", "continue r", "continue b")
"""Each thread to its end, or until it waits: no race."""


def own_texts(level: Level) -> Iterator[tuple[str, str]]:
    """What a level may tell in its own words, the longest first, and what stands for each here."""
    texts = {level.id: "ID", level.title: "TITLE", level.idea: "IDEA", f" ({level.era})": "", level.era: "ERA"}
    texts |= {" ".join(text.split()): "TEXT" for text in level.briefing.split("\n\n")}
    texts |= {" ".join(level.hint.split()).rstrip("."): "HINT", level.goal.words: "GOAL"}
    texts |= {thread.run: "RUN" for thread in level.threads} | {thread.name: "NAME" for thread in level.threads}
    texts |= dict.fromkeys(level.commits, "COMMIT")
    if variant := variant_text(level):
        texts |= {f", {variant}": "", f" {variant.capitalize()}.": ""}
    return iter(sorted(texts.items(), key=lambda pair: -len(pair[0])))


def form(level: Level, text: str) -> str:
    """A text without what belongs to the level: its words, its numbers, its threads' letters."""
    for own, name in own_texts(level):
        text = text.replace(own, name) if own else text
    text = re.sub(r"^words: .* \(", "words: TERMS (", text)
    text = re.sub(r"COMMIT(, COMMIT)*", "COMMITS", text)
    text = re.sub(r"\b[a-d]( or [a-d]|, [a-d])*( or r)?(?=[ :0-9])", "letters", re.sub(r"\br\b", "a", text))
    return re.sub(r"\d+", "0", text.replace("TITLE.", "TITLE"))


def lost(level: Level) -> Game:
    """A game of a level in which the threads ran one after the other."""
    game = Game(level, build_machine(level))
    for line in LOST:
        if (
            not game.session.over
            and game.thread(line[-1]) is not None
            and game.session.can_move(game.thread(line[-1]) or 0)
        ):
            answered(game, line)
    assert game.session.over
    assert not game.session.won
    return game


@cache
def told_in_line_mode(id_: str) -> tuple[str, ...]:
    """The form of all that line mode says: at the beginning, of a first hint, of a claim, after a loss."""
    level = PACK.level(id_)
    game = Game(level, build_machine(level))
    said: list[str] = []
    mode = LineMode(Services(PACK, Library()), said.append, game)
    said += [*mode._enter(game)][: -len(list(situation_lines(game)))]
    for line in ("hint", "claim", "help light", "help claim"):
        mode.take(line)
    before = len(said)
    mode.take("levels")
    said[before:] = [line.strip() for line in said[before:] if line.strip().startswith(f"{id_} ")]
    ended = lost(level)
    mode.services.begin_game(ended)
    mode.game = ended
    mode.take("outcome")
    mode.take("hint")
    end = sentence(run_sentence(ended.machine, ended.session.now))
    threads = [line for line in said if line.startswith("thread ")]
    said = [line for line in said if line not in threads] + threads[:1]
    return tuple(dict.fromkeys(form(level, line.replace(end, "END")) for line in said))


@pytest.mark.parametrize("id_", [*SAFE, *BROKEN[1:]])
def test_line_mode_says_the_same_of_both_kinds(id_: str) -> None:
    assert told_in_line_mode(id_) == told_in_line_mode(BROKEN[0])


def test_the_two_kinds_are_what_they_are_called() -> None:
    assert all(PACK.level(id_).goal.safe for id_ in SAFE)
    assert not any(PACK.level(id_).goal.safe for id_ in BROKEN)
    assert all(PACK.level(id_).ask is Ask.DECIDE for id_ in (*SAFE, *BROKEN))


async def told_on_the_screen(id_: str, size: tuple[int, int]) -> list[str]:
    """The form of what the screen says: titles, feet and messages from the list to the end of a lost run."""
    level = PACK.level(id_)
    shown: list[str] = []

    async with playing(None, size) as player:
        player.app.levels.point_at(id_)
        await player.done()
        lines = player.text.splitlines()
        shown += [lines[-1], *(line for line in lines if line.startswith(" goal"))]
        await player.turn_page("enter")
        lines = player.text.splitlines()
        shown += [lines[-1], *(line for line in lines if line.lstrip().startswith(("goal", "par")))]
        await player.turn_page("enter")
        await player.until(PlayScreen)
        await player.learn()
        lines = player.text.splitlines()
        shown += [lines[-1], player.game.message, "reach" if "reach" in lines[0] else "no reach"]
        await player.press("h")
        shown.append(player.game.message)
        for letter in ("a", "r", "a", "r"):
            if not player.game.session.over and player.game.session.can_move(player.game.thread(letter) or 0):
                await player.type(f"continue {letter}")
        assert player.game.session.over
        end = sentence(run_sentence(player.game.machine, player.game.session.now))
        shown.append(player.game.message.replace(end, "END"))
        await player.turn_page("enter")
        assert isinstance(player.app.screen, OutcomeScreen)
        page = " ".join(player.text.split())
        shown += [player.text.splitlines()[-1], *re.findall(r"The goal is: .*? lost\.", page)]
        shown.append("out of reach" if "reach since" in page or "went out" in page else "")
    return [form(level, re.sub(r"\s+", " ", text)) for text in shown]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_screen_says_the_same_of_both_kinds(size: tuple[int, int]) -> None:
    broken = await told_on_the_screen("in-place/1", size)
    assert await told_on_the_screen("in-place/4", size) == broken
    assert any("claim that nobody can" in text for text in broken)


def test_help_is_for_all_levels_alike() -> None:
    assert not [command.name for command in COMMANDS if re.search(r"safe level|to be (proved|broken)", command.line)]


def test_once_settled_the_answer_is_told(tmp_path: Path) -> None:
    services = Services(PACK, Library(tmp_path))
    game = Game(PACK.level("in-place/1"), build_machine(PACK.level("in-place/1")))
    services.begin_game(game)
    assert (game.card_proof, game.is_settled) == (None, False)
    answered(game, "a6 r22 a3")
    said: list[str] = []
    mode = LineMode(services, said.append, game)
    mode.take("outcome")
    assert game.is_settled
    assert game.card_proof is not None
    other = Game(game.level, game.machine)
    services.begin_game(other)
    assert other.is_settled
    (listed,) = (level for level in services.told_pack().listed if level.best_scores)
    assert listed.id == "in-place/1"
