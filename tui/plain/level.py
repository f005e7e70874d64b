# SPDX-License-Identifier: GPL-2.0-or-later
"""A level as lines of text: its briefing, and all its facts."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.glossary import game_glossary
from puzzles.levels import Level
from puzzles.proofs import Proof
from tui.plain.painting import OfThreads
from tui.view.changes import change_texts
from tui.view.goals import goal_text, par_text
from tui.view.limits import limit_text
from tui.view.paragraphs import paragraphs
from tui.view.proved import chance_text
from tui.view.stars import variant_text
from tui.view.terms import briefing_texts, terms_of, words_line


def briefing_lines(level: Level, proof: Proof | None = None) -> Iterator[str]:
    """What a level asks for, with its par where a proof tells it."""
    variant = f", {variant_text(level)}" if level.variant_of else ""
    yield f"{level.id} {level.title}{variant}" + (f" ({level.era})" if level.era else "")
    yield from paragraphs(level.briefing)
    yield f"new: {level.idea}"
    yield from words_line(terms_of(briefing_texts(level), game_glossary()))
    for thread in level.threads:
        place = f"CPU {thread.cpu}, node {thread.node}"
        yield OfThreads(f"thread {thread.letter} {thread.name}: {place}, runs {thread.run}", level.threads)
    yield f"goal: {goal_text(level)}" + (f"; par: {par_text(proof)}" if proof and proof.par else "")


def level_lines(level: Level, proof: Proof | None = None) -> Iterator[str]:
    """The facts of a level: briefing, goal, threads, initial values, machine; par and odds where a proof tells them."""
    yield from briefing_lines(level, proof)
    if proof and (chance := chance_text(proof)):
        yield f"by chance: {chance}"
    yield f"kernel: {level.kernel}" + (f", commits {', '.join(level.commits)}" if level.commits else "")
    for limit in level.limits:
        yield f"limit: {limit_text(limit)}"
    for number, node in enumerate(level.machine.nodes):
        cpus = ", ".join(map(str, node.cpus)) or "none"
        yield f"node {number}: {node.free} of {node.pages} pages free, CPUs {cpus}"
    for lvalue, value in level.boot.items():
        yield f"initially {lvalue} = {value}"
    for question in level.what_ifs if proof else ():
        yield f"what if: {question.question} ({'; '.join(change_texts(level, question))})"
    for text in level.left_out:
        yield f"left out: {text}"
