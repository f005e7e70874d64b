# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages of running text at the end of a level: what a run came to, and what became of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from textual.content import Content

from puzzles.claims import Settled
from puzzles.judge import Score
from puzzles.levels import Level
from puzzles.proofs import Proof
from tui.lines.text import MUTED, Hanging, line
from tui.ways import HERE, ways
from tui.words import (
    counts,
    goal_text,
    hints_text,
    par_lines,
    paragraphs,
    reached_text,
    score_text,
    sentence,
    verdict_text,
)

LABEL = 13
_LEFT_OUT = "left out of the model"
Text = Content | Hanging


@frozen
class Ending:
    """How a run ended: the sentence, whether the goal is reached, the counts, and what was done with it.

    `report` is what the kernel log says at the end; `lost` where the goal went out of reach; `proof` what is known of
    the level, None while that is not known.
    """

    sentence: str
    won: bool
    steps: int
    preemptions: int
    hints: int
    scored: bool
    best: Score | None
    saved: str
    report: tuple[str, ...] = ()
    lost: str = ""
    proof: Proof | None = None


def ending_lines(level: Level, ending: Ending) -> Iterator[Text]:
    """The end of a run: what happened, the score, after a win the story behind the level, and the kernel log."""
    style = "bold $text-success" if ending.won else "bold $text-warning"
    yield line((f"{verdict_text(level, won=ending.won)} ", style), (sentence(ending.sentence), "bold"))
    yield Content()
    yield _labelled("this run", counts(ending), f", {hints_text(ending.hints)}")
    if ending.best:
        yield _labelled("your best", score_text(level, ending.best))
    if ending.won and ending.scored:
        yield from _known(ending.proof, Score(ending.steps, ending.preemptions))
    yield from _kept(ending.saved, scored=ending.scored)
    yield Content()
    yield from debrief_lines(level) if ending.won else _lost(level, ending)
    yield from _listed("kernel log", ending.report)
    if ending.won:
        yield from _listed(_LEFT_OUT, level.left_out)


def _lost(level: Level, ending: Ending) -> Iterator[Text]:
    if ending.lost:
        yield line(f"{sentence(ending.lost)}. ", ("o", "bold $text-primary"), " goes to just before that.")
        yield Content()
    advice = "S claims that; the explorer then tries them all" if level.goal.safe else "Step back and try another order"
    yield line("The goal is: ", (goal_text(level), "bold"), f". {advice}; nothing is lost.")
    yield Content()


def _known(proof: Proof | None, own: Score) -> Iterator[Text]:
    """The best ways to win, whether the player's is one of them, and the odds."""
    if proof is None:
        yield _labelled("best of all", "", "the explorer is still looking for it")
        return
    for number, way in enumerate(way for way in ways(proof, own) if way.schedule):
        label = "best of all" if number == 0 else ""
        here = (f"   {HERE}" if way.here else "", "bold $text-success")
        yield line((f"{label:<{LABEL}}", MUTED), counts(way), here)
    for label, text in par_lines(proof):
        if label != "best of all" or not proof.par:
            yield Hanging(line((f"{label:<{LABEL}}", MUTED), text), LABEL)


def claim_lines(level: Level, settled: Settled, saved: str, *, scored: bool) -> Iterator[Text]:
    """A claim that is right or undecided: what was tried, and what the model leaves out."""
    if not settled.right:
        yield from _undecided(level, settled)
        return
    won = scored and level.goal.safe
    yield line(
        ("Solved. " if won else "Right. ", "bold $text-success"),
        (f"Safe in this model: no schedule reaches {reached_text(level)}.", "bold"),
    )
    yield Content()
    yield _labelled("exhausted", f"{settled.states:,} states", f", {settled.transitions:,} steps between them")
    yield from _kept(saved, scored=scored)
    yield Content()
    if won:
        yield from debrief_lines(level)
    yield from _listed(_LEFT_OUT, level.left_out)


def _undecided(level: Level, settled: Settled) -> Iterator[Text]:
    yield line(("Undecided. ", "bold $text-warning"), ("Neither proved nor refuted.", "bold"))
    yield Content()
    yield _labelled("stopped at", settled.bound)
    yield _labelled("tried", f"{settled.states:,} states", f", without {reached_text(level)}")
    yield Content()
    yield Content("The claim may be right: what was not tried is not known. Nothing is lost; play on.")


def debrief_lines(level: Level) -> Iterator[Text]:
    """The story behind a level, and its sources."""
    for text in paragraphs(level.debrief):
        yield Content(text)
        yield Content()
    yield from _listed("sources", level.sources)


def _kept(saved: str, *, scored: bool) -> Iterator[Text]:
    if not scored:
        yield line(("not scored: the level was changed", MUTED))
    elif saved:
        yield line((saved, MUTED))


def _labelled(label: str, text: str, more: str = "") -> Content:
    return line((f"{label:<{LABEL}}", MUTED), (text, "bold"), (more, MUTED))


def _listed(title: str, items: Sequence[str]) -> Iterator[Text]:
    if items:
        yield line((title, MUTED))
        yield from (Hanging(Content(f"  {item}"), 4) for item in items)
        yield Content()
