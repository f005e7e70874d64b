# SPDX-License-Identifier: GPL-2.0-or-later
"""The story behind a level that is settled: in short with what decided, and in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from puzzles.history import DOUBTED
from puzzles.judging.claims import SAFE
from puzzles.levels import Level
from puzzles.levels.limits import MAX_SHORT, MAX_SHORT_SENTENCES
from puzzles.notation import RESULT, Replay
from puzzles.reasons.because import BECAUSE, named, read_because
from puzzles.reasons.claim import Claimed
from puzzles.replays.play import play
from puzzles.replays.showing import shown_on
from sim import Machine
from sim.debugger import Moment, reached
from tui.game.game import Game
from tui.view.deciding import deciding_texts
from tui.view.eras import notes_text
from tui.view.paragraphs import paragraphs
from tui.view.parts import EndPart, EndSection, Items, LabelledText
from tui.view.proved import chance_text
from tui.view.sections import Paragraph
from tui.view.words import NOTHING_BEARS, bearing_text, idle_texts

MORE: Final = "more: debrief, sources, notes, model, log, ways"
"""What is typed to read on from the first page."""

_SENTENCE: Final = re.compile(r".*?[.!?][)\"']*(?=\s|$)")


def short_text(level: Level) -> str:
    """The debrief in short; where the author gives none, as much of its beginning as there is room for."""
    if level.short:
        return " ".join(level.short.split())
    beginning = _SENTENCE.findall(paragraphs(level.debrief)[0])[:MAX_SHORT_SENTENCES]
    while len(beginning) > 1 and len("".join(beginning)) > MAX_SHORT:
        beginning.pop()
    return "".join(beginning).strip() or paragraphs(level.debrief)[0]


def short_section(level: Level, decided: tuple[str, ...] = ()) -> EndSection:
    """The debrief in short, and what decided a run, as `run_decided` tells it."""
    return (Paragraph(short_text(level)), *([Items("", decided)] if decided else []))


def run_decided(level: Level, machine: Machine, end: Moment) -> tuple[str, ...]:
    """The two accesses that decide a run, each with its line of code below it; nothing where there are none."""
    return tuple(filter(None, chain.from_iterable(deciding_texts(machine, end, level.decides))))


def because_texts(machine: Machine, claimed: Claimed) -> Iterator[LabelledText]:
    """What each line of a right claim prevents, or that none prevents anything alone."""
    if claimed.nothing_bears:
        yield LabelledText("because", NOTHING_BEARS)
        yield from (LabelledText("", text) for text in idle_texts(machine, claimed))
        return
    for number, mark in enumerate(claimed.marks):
        yield LabelledText("" if number else "because", bearing_text(machine, mark))


def debrief_sections(game: Game) -> Iterator[EndSection]:
    """The whole debrief of a settled level, first what decided the player's own win. Raises Unknown."""
    game, level = game.own, game.own.level
    claimed, end = settled_claim(game), settled_run(game)
    because: Iterator[EndPart] = because_texts(game.machine, claimed) if claimed else iter(())
    yield (*short_section(level, run_decided(level, game.machine, end) if end else ()), *because)
    for text in paragraphs(level.debrief):
        yield (Paragraph(text),)
    if game.proof and (chance := chance_text(game.proof)):
        yield (LabelledText("by chance", "", chance),)


def settled_run(game: Game) -> Moment | None:
    """The end of the run that settled a level: one that is over here, else the best win, else one that was shown."""
    if game.ruling.reached:
        return game.session.now
    replay = game.best_win()
    if replay is not None and not _is_claim(replay):
        return play(game.machine, replay).last
    ends = shown_on(game.machine, game.shown).ends if game.shown else ()
    return next((end for end in ends if reached(game.machine, end)), None)


def settled_claim(game: Game) -> Claimed | None:
    """The right claim that settled a level: the one that was made here, else that of the best win. Raises Unknown."""
    if game.claimed is not None and game.claimed.settles:
        return game.claimed
    replay = game.best_win()
    texts = read_because(replay.header(BECAUSE)) if replay is not None and _is_claim(replay) else ()
    marks = tuple(statements[0] for text in texts if (statements := named(game.machine.program, text)))
    return game.analysis.claimed(game.level, marks) if marks else None


def _is_claim(replay: Replay) -> bool:
    return replay.header(RESULT) == SAFE


def source_lines(level: Level) -> tuple[str, ...]:
    """Where a level comes from."""
    return ("sources:", *(f"  {source}" for source in level.sources)) if level.sources else ("it names no sources",)


def note_lines(level: Level) -> tuple[str, ...]:
    """The sections of the notes that tell more of a level."""
    if not level.notes:
        return ("it names no notes",)
    numbers = notes_text(level.notes, doubted=DOUBTED in level.debrief)
    return ("notes:", f"  {numbers}", f"  read one with: history {level.notes[0]}")
