# SPDX-License-Identifier: GPL-2.0-or-later
"""The questions of a level that is settled: which are answered, what is said of them, and the machine to play."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from puzzles.levels.what_if import question_key
from puzzles.limits.bounds import TRANSFER
from puzzles.limits.guard import limits
from puzzles.replays.showing import moves_to
from puzzles.replays.transfer import transfer
from puzzles.schedules import schedule_line
from sim.debugger import extend
from sim.explore import Halted
from tui.explorer.what_ifs import WhatIfAnswer
from tui.game.debrief import settled_run
from tui.game.game import Game, PlayedWhatIf
from tui.view.changes import change_texts
from tui.view.transferred import transferred_text
from tui.view.what_ifs import answer_texts, asking_texts, mark_text, tally_text

WHAT_IF_KEYS: Final = "A schedule that reaches it is in the timeline: forward takes its steps, whatif (W) goes back."
WHAT_IF_ALONE: Final = "No schedule is known that reaches it: whatif (W) goes back to your run."


def answers(game: Game) -> Sequence[bool | None]:
    """Of each question of a level whether its first answer was right, None where it has none."""
    level, said = game.level, game.page.answers
    return [said.get(question_key(level, question)) for question in level.what_ifs]


def next_question(game: Game) -> int | None:
    """The number of the first question without an answer, from 1; None where all have one."""
    given = answers(game)
    return given.index(None) + 1 if None in given else None


def tally(game: Game) -> str:
    """How the questions of a level stand, and what is typed or pressed for the next; "" for a level without any."""
    if not game.level.what_ifs:
        return ""
    given = answers(game)
    if None not in given:
        return f"What if? {tally_text(given)}."
    if not any(answer is not None for answer in given):
        return f"What if? whatif (W) asks {tally_text(given)}."
    return f"What if? {tally_text(given)}; whatif (W) asks on."


def searched_answer(game: Game, number: int) -> WhatIfAnswer:
    """What the explorer says to a question. Raises Unknown, and LevelError, as `WhatIfs.answer`."""
    claimed = game.claimed.statements if game.claimed and game.claimed.right else ()
    return game.what_ifs.answer(number, game.proofs.pack, claimed)


def question_texts(game: Game, number: int) -> tuple[str, ...]:
    """A question, what it changes, and what is to be answered."""
    return tuple(asking_texts(game.level, number))


def told_answer(game: Game, number: int, right: bool | None) -> Iterator[str]:
    """The question, what the explorer found, and what becomes there of the run that settled the level.

    Raises Unknown, and LevelError, as `WhatIfs.answer`.
    """
    answer = searched_answer(game, number)
    yield from question_texts(game, number)[:2]
    yield from answer_texts(answer.level, answer.machine, answer.settled, right=right)
    yield from (mark_text(mark) for mark in answer.marks)
    yield from _own_schedule(game, answer)


def _own_schedule(game: Game, answer: WhatIfAnswer) -> Iterator[str]:
    end = settled_run(game)
    if end is None:
        return
    try:
        followed = transfer(game.machine, end, answer.machine, limits(TRANSFER))
    except Halted:
        return
    if followed.lives and answer.settled.right:
        return  # it comes to the outcome without the condition of the goal
    yield f"of the run that settled the level: {transferred_text(answer.machine, followed)}"


def what_if_game(game: Game, number: int) -> Game:
    """A game of the machine after the change of a question, with the schedule that reaches the goal as its future.

    That it is shown is noted in the ledger of the level.
    """
    answer = searched_answer(game, number)
    text = ", ".join(change_texts(game.level, game.level.what_ifs[number - 1]))
    other = Game(answer.level, answer.machine, what_if=PlayedWhatIf(game, text), ledger=game.ledger, proofs=game.proofs)
    boot = at = other.session.now
    for move in answer.settled.counterexample or ():
        at = extend(answer.machine, at, move)
    other.session.go(boot)
    if at is not boot:
        game.show(schedule_line(answer.machine, moves_to(at)))
    other.message = WHAT_IF_ALONE if at is boot else WHAT_IF_KEYS
    return other
