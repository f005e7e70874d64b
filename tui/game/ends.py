# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said at the end of a run or of a claim, in parts: the screen and line mode draw the same ones."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from puzzles.judging.ask import Ask
from puzzles.judging.claims import Settled
from puzzles.judging.score import Score
from puzzles.levels import Level
from puzzles.proofs import Proof
from puzzles.reasons.claim import Claimed
from puzzles.wins.stars import Rating, Worth, rating
from sim import Machine
from tui.explorer.ways import refutes, ways
from tui.game.debrief import because_texts, run_decided, short_section
from tui.game.game import Game
from tui.game.loss import loss_text
from tui.game.what_ifs import tally
from tui.view.counts import counts
from tui.view.goals import goal_text, par_text, reached_text, score_text
from tui.view.kills import kill_definition, kill_texts, kill_word
from tui.view.parts import EndPart, EndSection, Headline, Items, LabelledText, Note
from tui.view.proved import par_lines
from tui.view.sections import Paragraph
from tui.view.stars import drawn, rating_text, variant_text
from tui.view.words import (
    LESSON_SENTENCE,
    WHAT_IF_SENTENCE,
    help_text,
    left_out_sentence,
    missing_text,
    run_sentence,
    sentence,
    verdict_text,
)

KERNEL_LOG = "kernel log"
_STEP_BACK = "Step back and try another order"
_LESSON = "lesson (Y) plays the race that your line prevents, on the kernel without it; it wins nothing."
_THEN = " After it S tells the debrief in short, too."
_CLAIM = ", or claim (S) that none reaches it, and because of which line"


@frozen
class RunEnd:
    """How a run ended: the sentence, whether the goal is reached, the counts, and what was done with it.

    `help` is all that has helped with the level, `rating` what a win is worth; `report` is what the kernel log says at
    the end; `lost` where the goal went out of reach; `proof` what is known of the level, None while that is not known;
    `shown` says that the goal was reached by a way that was shown to the player, which is not `won`, `lesson` that
    another kernel was played; `what_if` that a machine was that a question is about. `questions` says how those of the
    level stand. `accesses` are those that decided the run. `kill` is the word for an OOM kill ("" for
    other ends), `decided` what made it so, with its figures, and `definition` what the word means.
    """

    sentence: str
    won: bool
    steps: int
    preemptions: int
    help: str
    scored: bool
    best: Score | None
    saved: str
    report: tuple[str, ...] = ()
    lost: str = ""
    proof: Proof | None = None
    shown: bool = False
    accesses: tuple[str, ...] = ()
    kill: str = ""
    decided: tuple[str, ...] = ()
    definition: str = ""
    lesson: bool = False
    what_if: bool = False
    questions: str = ""
    rating: Rating | None = None


def run_rating(game: Game) -> Rating | None:
    """What the run at whose end a game stands is worth by itself; None where it is no win of the level as it is."""
    now = game.session.now
    if not game.ruling.won:
        return None
    own, score = game.own_run(now), Score(now.steps, now.preemptions)
    worth = Worth(score, own.help if own else str(game.page.help), game.blindfold is now)
    return rating([worth], game.proof.best_scores if game.proof else ())


def run_end(game: Game, best: Score | None, saved: str) -> RunEnd:
    """The end at which a game stands; `best` is the player's best score, `saved` what became of a win."""
    now, ruling = game.session.now, game.ruling
    won = ruling.reached and not ruling.shown
    return RunEnd(
        sentence=run_sentence(game.machine, now),
        won=won,
        steps=now.steps,
        preemptions=now.preemptions,
        help=str(game.page.help),
        scored=game.scored,
        best=best,
        saved=(ruling.why_not or saved) if ruling.reached else "",
        report=game.report,
        lost="" if ruling.reached else loss_text(game),
        proof=game.proof,
        shown=ruling.reached and ruling.shown,
        accesses=run_decided(game.level, game.machine, now) if ruling.reached else (),
        kill=kill_word(now),
        decided=tuple(kill_texts(game.machine, now)),
        definition=kill_definition(now),
        lesson=game.lesson is not None,
        what_if=game.what_if is not None,
        questions=tally(game) if game.scored else "",
        rating=run_rating(game),
    )


def run_sections(level: Level, ending: RunEnd) -> Iterator[EndSection]:
    """The end of a run: what happened, the score, the kernel log; at the goal the story behind the level.

    That story is not the one of a level that was changed, and would tell how to win the level as it is.
    """
    if ending.lesson or ending.what_if:
        yield from _aside(ending)
        return
    word = verdict_text(won=ending.won, scored=ending.scored, shown=ending.shown)
    yield (Headline(word, f"{sentence(ending.sentence)}.", ending.won), *_decided(ending), *_facts(level, ending))
    if not ending.won and not ending.shown:
        yield from _lost(level, ending)
    if ending.scored and (ending.won or ending.shown):
        yield short_section(level, ending.accesses)
    else:
        yield from _listed(KERNEL_LOG, ending.report)


def question_sections(game: Game) -> Iterator[EndSection]:
    """The same below a claim that has settled the level as it is, once nothing can be added to that."""
    if game.scored and not game.lacks_lines and game.level.what_ifs:
        yield (Note(tally(game)),)


def _aside(ending: RunEnd) -> Iterator[EndSection]:
    """The end of a run that is none of the level."""
    yield (Headline("A lesson." if ending.lesson else "A what if.", f"{sentence(ending.sentence)}."),)
    yield (LabelledText("this run", counts(ending)),)
    yield (Paragraph(LESSON_SENTENCE if ending.lesson else WHAT_IF_SENTENCE),)
    yield from _listed(KERNEL_LOG, ending.report)


def _facts(level: Level, ending: RunEnd) -> Iterator[EndPart]:
    yield LabelledText("this run", counts(ending), f", {help_text(ending.help)}")
    yield from _stars(level, ending.rating, settles=ending.won and ending.scored)
    if ending.best and not ending.won:
        yield LabelledText("your best", score_text(ending.best))
    if ending.won and ending.scored:
        yield from _proof_texts(ending.proof, Score(ending.steps, ending.preemptions))
    settled = ending.scored and (ending.won or ending.shown)
    yield from _saved(ending.saved, ending.questions if settled else "")


def _decided(ending: RunEnd) -> Iterator[EndPart]:
    """Why a kill was premature or genuine."""
    for number, text in enumerate(ending.decided):
        yield LabelledText("" if number else ending.kill, "", text)
    if ending.definition:
        yield Paragraph(ending.definition)


def _proof_texts(proof: Proof | None, own: Score) -> Iterator[LabelledText]:
    """The best ways to win, whether the player's is one of them, and the odds."""
    if proof is None:
        yield LabelledText("best of all", "", "the explorer is still looking for it")
        return
    if refutes(own, proof):
        why = f"the lock file of the pack says {par_text(proof)}, and this run is better"
        yield LabelledText("best of all", "", f"not known: {why}")
        return
    if not proof.par:
        yield from (LabelledText(label, "", text) for label, text in par_lines(proof))
        return
    best = ("this run" if way.own else counts(way) for way in ways(proof, own) if way.schedule)
    yield LabelledText("best of all", "; ".join(best))


def _stars(level: Level, rated: Rating | None, *, settles: bool) -> Iterator[LabelledText]:
    if settles and level.variant_of:
        yield LabelledText("stars", "none", f", it is {variant_text(level)}")
    elif rated is not None:
        yield LabelledText("stars", drawn(rated.stars), f", {rating_text(rated)}")


def _saved(saved: str, questions: str) -> Iterator[Note]:
    """What became of a win, and on the same line how the questions of the level stand."""
    if saved or questions:
        yield Note(" ".join(filter(None, [f"{saved}." if saved and questions else saved, questions])))


def _lost(level: Level, ending: RunEnd) -> Iterator[EndSection]:
    if ending.lost:
        yield (Paragraph(f"{sentence(ending.lost)}. o goes to just before that."),)
    claim = _CLAIM if level.ask is Ask.DECIDE else ""
    yield (Paragraph(f"The goal is: {goal_text(level)}. {_STEP_BACK}{claim}; nothing is lost."),)


def claim_sections(
    level: Level,
    machine: Machine,
    claimed: Claimed,
    saved: str,
    *,
    settles: bool,
    rated: Rating | None = None,
    lacking: bool = False,
) -> Iterator[EndSection]:
    """A claim that is right or undecided: because of what, what was tried, and that the model leaves things out.

    `settles` says that it settles the level: then the story behind that is told. `rated` is what it is worth; `lacking`
    says that lines can be added to it, for which that story waits.
    """
    settled = claimed.settled
    assert settled is not None
    if not settled.right:
        yield from _undecided(level, settled)
        return
    safe = f"Safe in this model: no schedule reaches {reached_text(level)}."
    tried = LabelledText("exhausted", f"{settled.states:,} states", f", {settled.transitions:,} steps between them")
    yield (
        Headline("Solved." if settles and claimed.bears else "Right.", safe, good=True),
        *because_texts(machine, claimed),
        tried,
        *_stars(level, rated if settles else None, settles=settles),
        *_saved(saved, ""),
    )
    missing = [missing_text(claimed.missing, lacking=lacking)] if settles and not level.variant_of else []
    lesson = [_LESSON + (_THEN if lacking else "")] if claimed.bears else []
    if missing or lesson:
        yield tuple(map(Paragraph, (*missing, *lesson)))
    yield (*(short_section(level) if settles and not lacking else ()), Paragraph(left_out_sentence(level)))


def _undecided(level: Level, settled: Settled) -> Iterator[EndSection]:
    yield (Headline("Undecided.", "Neither proved nor refuted."),)
    tried = LabelledText("tried", f"{settled.states:,} states", f", without {reached_text(level)}")
    yield LabelledText("because", settled.bound), tried
    yield (Paragraph("The claim may be right: what was not tried is not known. Nothing is lost; play on."),)


def _listed(title: str, items: tuple[str, ...]) -> Iterator[EndSection]:
    if items:
        yield (Items(title, items),)
