# SPDX-License-Identifier: GPL-2.0-or-later
"""What a level asks once it is settled, in sentences: the question, what it changes, how it was answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from puzzles.judging.claims import Answer, Settled
from puzzles.levels import Level
from puzzles.reasons.claim import PART_SENTENCE, TriedMark
from sim import Machine
from sim.debugger import extend, first_moment
from sim.reasons import Bearing
from tui.view.changes import change_texts
from tui.view.counts import counts
from tui.view.goals import reached_text
from tui.view.words import statement_text


def asking_texts(level: Level, number: int) -> Iterator[str]:
    """A question, what it changes, and what is to be answered; `number` counts from 1."""
    question = level.what_ifs[number - 1]
    yield f"what if {number} of {len(level.what_ifs)}: {question.question}"
    yield f"changed: {'; '.join(change_texts(level, question))}"
    asked = level if question.rules is None else evolve(level, rules=question.rules)
    yield f"Is there a schedule then that reaches: {reached_text(asked)}?"


def answer_texts(level: Level, machine: Machine, settled: Settled, *, right: bool | None) -> Iterator[str]:
    """The answer of the explorer about a changed level.

    `right` says whether the player's was the same, None where he has given none.
    """
    word = "" if right is None else "right: " if right else "wrong: "
    match settled.answer:
        case Answer.WRONG:
            yield f"{word}yes, a schedule reaches {reached_text(level)}: {_best_text(machine, settled)}"
        case Answer.RIGHT:
            yield f"{word}no, none reaches {reached_text(level)}: {settled.states:,} states exhausted"
        case Answer.UNDECIDED:
            yield f"undecided: {settled.bound}"


def mark_text(mark: TriedMark) -> str:
    """What a statement of the player's claim is on the changed machine."""
    said = statement_text(mark.statement)
    match mark.bearing:
        case Bearing.BEARS:
            return f"of your claim, a reason there, too: {said}"
        case Bearing.SAFE:
            return f"of your claim, no reason there, it is still safe without it: {said}"
        case Bearing.PART:
            return f"of your claim, {PART_SENTENCE} there: {said}"
        case _:
            return f"of your claim, undecided there: {said}"


def _best_text(machine: Machine, settled: Settled) -> str:
    at = first_moment(machine)
    for move in settled.counterexample or ():
        at = extend(machine, at, move)
    return counts(at)


def tally_text(answers: Sequence[bool | None]) -> str:
    """How many questions there are, and how many of them were answered right, once one was answered."""
    questions = "1 question" if len(answers) == 1 else f"{len(answers)} questions"
    is_begun = any(answer is not None for answer in answers)
    return f"{answers.count(True)} of {questions} answered right" if is_begun else questions
