# SPDX-License-Identifier: GPL-2.0-or-later
"""The claim that no schedule reaches the goal, and what comes of it; and the best schedules of a level."""

from __future__ import annotations

from collections.abc import Sequence

from puzzles.judging.ask import Ask
from puzzles.judging.judge import judge
from puzzles.proofs import Proof
from puzzles.reasons.because import format_because
from puzzles.reasons.claim import Claimed
from puzzles.schedules import move_numbers
from puzzles.wins.help import HelpKind
from puzzles.wins.ledger import Missed
from sim.debugger import Moment, extend
from sim.reasons import Statement
from tui.actions.arguments import count, in_own_run
from tui.actions.reply import CommandError, Reply, Unconfirmed
from tui.actions.requests import EndLesson, OpenLesson, ShowClaim, ShowSource
from tui.actions.source import statement_named
from tui.explorer.searching import Unknown
from tui.explorer.ways import offer
from tui.explorer.ways import ways as best_ways
from tui.game.game import Game
from tui.view.goals import reached_text
from tui.view.proved import par_lines
from tui.view.words import (
    BECAUSE,
    STAYS,
    WRONG,
    added_question,
    claim_question,
    claim_text,
    hindering_texts,
    idle_texts,
)


def claim(game: Game, text: str) -> Reply:
    """Claim that no schedule reaches the goal's outcome, because of the statements that are named, or marked."""
    in_own_run(game)
    if game.scored and game.level.ask is Ask.FORCE:
        return Reply((f"it can be reached: {reached_text(game.level)}; nothing is claimed",))
    before = game.claimed.statements if game.claimed and game.adds_lines else ()
    new = [mark for mark in _named(game, text.split()) or game.marks if mark not in before]
    marks = tuple(dict.fromkeys((*before, *new)))
    if not marks and game.claimed and game.claimed.right:
        return _answer(game, game.claimed)
    if not marks:
        return Reply((BECAUSE,), ShowSource(game.machine.program.name, 1, ask=True))
    because = _because(marks)
    try:
        claimed = game.analysis.claimed(game.level, marks)
    except Unknown as unknown:
        question = _question(game, new, added=bool(before))
        raise Unconfirmed(unknown.topic, unknown.find, question, meant=bool(text)) from None
    if claimed.missed:
        game.note(Missed(because))
    if before and not claimed.right:
        return Reply((*(hindering_texts(claimed) if claimed.hindering else idle_texts(game.machine, claimed)), STAYS))
    game.claimed = claimed
    return _answer(game, claimed)


def _question(game: Game, marks: Sequence[Statement], *, added: bool) -> str:
    program = game.machine.program
    return added_question(program, marks) if added else claim_question(game.level, program, marks)


def _answer(game: Game, claimed: Claimed) -> Reply:
    settled = claimed.settled
    if settled is None:
        return Reply(tuple(hindering_texts(claimed)))
    if settled.counterexample is not None:
        return Reply((WRONG,))
    if claimed.missed:
        return Reply(tuple(idle_texts(game.machine, claimed)))
    if not claimed.missing:
        game.marks.clear()  # they are the claim's now
    return Reply((claim_text(settled),), ShowClaim())


def _named(game: Game, words: Sequence[str]) -> list[Statement]:
    """The statements on the lines that stand behind `claim safe`."""
    if words and words[0] != "safe":
        reached = reached_text(game.level)
        raise CommandError(f"claim what? `claim safe LINE` says that no schedule reaches: {reached}")
    return [statement_named(game.machine.program, word) for word in words[1:]]


def _because(marks: Sequence[Statement]) -> str:
    try:
        return format_because(marks)
    except ValueError as problem:
        raise CommandError(str(problem)) from None


def lesson(game: Game, text: str) -> Reply:
    """The race that a statement of the last claim prevents; in a lesson, the way back."""
    if game.what_if is not None:
        in_own_run(game)
    if game.lesson is not None:
        if text:
            in_own_run(game)
        return Reply(request=EndLesson())
    if game.claimed is None or not game.claimed.right:
        raise CommandError("a lesson follows a right claim: it plays the race that your line prevents")
    number = count(text)
    if not 1 <= number <= len(game.claimed.marks):
        raise CommandError(f"of your claim there are the lines 1 to {len(game.claimed.marks)}")
    game.tell()
    return Reply(request=OpenLesson(number - 1))


def counterexample(game: Game, _text: str) -> Reply:
    """Put the schedule that proves a claim wrong into the timeline, as the future of boot."""
    in_own_run(game)
    settled = game.settled
    if settled is None or settled.counterexample is None:
        raise CommandError("no claim of yours was proved wrong: there is nothing to show")
    at = game.session.now
    game.show_moves(settled.counterexample)
    line = _line(game, game.boot, settled.counterexample)
    game.claimed_at, game.disproof = game.claimed_at or at, line[-1]
    game.session.go(line[0])
    steps = len(settled.counterexample)
    way = f"a way to {reached_text(game.level)}, in {steps} steps, is in the timeline now: forward takes its steps"
    return Reply((f"{way}, branch goes to your own run",))


def _line(game: Game, boot: Moment, schedule: Sequence[int]) -> list[Moment]:
    """The moments of a schedule from boot on; they join the tree of that moment."""
    line = [boot]
    for move in schedule:
        line.append(extend(game.machine, line[-1], move))
    return line


def ways(game: Game, _text: str) -> Reply:
    """Whether there is a better way to win; asked again, the best one for each number of preemptions.

    The first answer shows nothing: who was told that there is one can still look for it.
    """
    in_own_run(game)
    if not game.scored:
        raise CommandError("the level was changed: its best ways to win are not known")
    if not game.solved and not game.won_before():
        raise CommandError("this is told once you have won; hint helps before")
    if game.proof is None:
        raise game.proofs.unknown(game.level)
    return Reply(tuple(told_ways(game, game.proof) or (text for _, text in par_lines(game.proof))))


def told_ways(game: Game, proof: Proof) -> list[str]:
    """Whether there is a better way than the run here, and what there is; asked again, the ways themselves.

    Nothing where none is known. Ways that are told as schedules are shown to the player.
    """
    own = judge(game.machine, game.session.now).score if game.session.won else None
    ways_ = best_ways(proof, own)
    if not game.ways_offered and any(way.schedule for way in ways_):
        game.ways_offered = True
        return list(offer(ways_, own))
    schedules = [move_numbers(game.machine, way.schedule) for way in ways_ if way.schedule]
    game.help(HelpKind.WAYS)
    for schedule in schedules:
        game.show_moves(schedule)
    return [way.text for way in ways_]
