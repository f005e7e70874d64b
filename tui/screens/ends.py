# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages at the end of a run and of a claim, from the game as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tui.actions.claim import told_ways
from tui.game.debrief import debrief_sections
from tui.game.ends import claim_sections, question_sections, run_end, run_sections
from tui.game.game import Game
from tui.game.loss import known_loss
from tui.game.saved import Saved
from tui.lines.endings import Text, section_lines
from tui.player.recording import claims_rating, record_claim, saved_run
from tui.player.services import Services
from tui.screens.choices import Next, TypedLine
from tui.screens.outcome import DebriefScreen, OutcomeScreen
from tui.screens.page import PageScreen
from tui.view.parts import EndSection
from tui.view.sections import Paragraph
from tui.view.stars import passed_over_text
from tui.view.words import loss_sentence, run_sentence


def run_page(game: Game, services: Services) -> OutcomeScreen:
    """How the run has ended at which the game stands."""
    won = _is_won(game)
    page = OutcomeScreen(game.level, run_text(game, services), _keys(game), won=won, following=_next(game, services))
    page.ways = partial(ways_text, game)
    return page


def _is_won(game: Game) -> bool:
    """Whether the player has reached the goal, on the level as it is or on a changed one."""
    return game.ruling.reached and not game.ruling.shown


def _keys(game: Game) -> str:
    """The keys to be named under a run that is over."""
    if game.aside is not None:
        return "u x l"
    alone, asks = len(game.machine.threads) == 1, _asks(game)
    if _is_won(game):
        return f"u x F O N M{asks}" if alone else f"u x m l T F O N M L{asks}"
    return f"u x l F O N M{asks}" if game.ruling.reached else "u x o l"


def _asks(game: Game) -> str:
    """The key for what a level asks once it is settled, behind others; "" where it asks nothing more."""
    return " W" if game.scored and game.level.what_ifs and not game.lacks_lines else ""


def run_text(game: Game, services: Services) -> Iterator[Text]:
    """What a run page says, with what is known by now."""
    best = services.bests().get(game.level.id)
    sections = run_sections(game.level, run_end(game, best, _saved_text(saved_run(game))))
    return section_lines((*sections, *(_what_follows(game, services) if _is_won(game) else ())))


def ways_text(game: Game) -> list[str]:
    """What is told of the best ways to win, first whether there is a better one; nothing before they are known."""
    if not _is_won(game) or game.proof is None:
        return []
    return told_ways(game, game.proof)


def claim_page(game: Game, services: Services) -> PageScreen[TypedLine | Next]:
    """What has become of the claim that the level is safe, where it was not wrong."""
    claimed = game.claimed
    assert claimed is not None
    recorded = record_claim(game, claimed, services.library)
    saved, settles = _saved_text(recorded.saved), recorded.settles
    rated, lacking = claims_rating(game), game.lacks_lines
    sections = claim_sections(game.level, game.machine, claimed, saved, settles=settles, rated=rated, lacking=lacking)
    more = (*question_sections(game), *_what_follows(game, services)) if settles else ()
    lines = section_lines((*sections, *more))
    if not claimed.settles:
        return PageScreen(f"{game.level.id}  {game.level.title}", lines)
    keys = ("Y F O N M" if claimed.right else "F O N M") + _asks(game)
    return OutcomeScreen(game.level, lines, keys, won=True, following=_next(game, services))


def debrief_page(game: Game) -> DebriefScreen:
    """The whole story behind a level that is settled."""
    return DebriefScreen(game.level, section_lines(debrief_sections(game)))


def loss_text(game: Game) -> str:
    """What the message line says at the end of a run that is no win."""
    sentence = run_sentence(game.machine, game.session.now)
    lost = known_loss(game)
    return f"{loss_sentence(sentence, lost.steps if lost else 0)}, enter tells more."


def _saved_text(saved: Saved) -> str:
    return saved.sentence + (" (it is printed when you leave)" if saved.replay else "")


def _next(game: Game, services: Services) -> str:
    """What enter leads to after a win."""
    return "next level" if services.next_level(game.level.id) else "levels"


def _what_follows(game: Game, services: Services) -> Iterator[EndSection]:
    """What is said of variants before the next level, and once nothing is left to be won."""
    if passed := passed_over_text(services.passed_over(game.level.id)):
        yield (Paragraph(passed),)
    if not services.next_level(game.level.id) and game.level.id in services.bests():
        yield (Paragraph("All levels are won."),)
