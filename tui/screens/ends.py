# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages at the end of a run and of a claim, from the game as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tui.actions.advice import known_loss
from tui.actions.claim import show_ways
from tui.game.game import Game
from tui.lines.endings import Text, section_lines
from tui.player.ends import Paragraph, Section, claim_sections, ending_of, run_sections
from tui.player.referee import Referee
from tui.screens.outcome import OutcomeScreen
from tui.screens.page import PageScreen
from tui.view.words import loss_sentence, run_sentence, unproved_sentence


def run_page(game: Game, referee: Referee) -> OutcomeScreen:
    """How the run has ended at which the game stands."""
    won = _is_won(game)
    page = OutcomeScreen(game.level, run_text(game, referee), _keys(game), won=won, following=_following(game, referee))
    page.ways = partial(ways_text, game)
    return page


def _is_won(game: Game) -> bool:
    """Whether the player has reached the goal, on the level as it is or on a changed one."""
    return game.ruling.reached and not game.ruling.shown


def _keys(game: Game) -> str:
    """The keys to be named under a run that is over."""
    alone = len(game.machine.threads) == 1
    if _is_won(game):
        return "u x M" if alone else "u x m l T M"
    return "u x l" if game.level.goal.safe or game.ruling.reached else "u x o l"


def run_text(game: Game, referee: Referee) -> Iterator[Text]:
    """What a run page says, with what is known by now."""
    best = referee.services.bests().get(game.level.id)
    sections = run_sections(game.level, ending_of(game, best, referee.saved))
    return section_lines((*sections, *(_all_won(game, referee) if _is_won(game) else ())))


def ways_text(game: Game) -> list[str]:
    """The best ways to win, with the run that was won; nothing before they are known. They are shown then."""
    if not _is_won(game) or game.proof is None:
        return []
    return show_ways(game, game.proof)


def claim_page(game: Game, referee: Referee) -> PageScreen:
    """What has become of the claim that the level is safe, where it was not wrong."""
    settled = game.settled
    assert settled is not None
    end = referee.claim()
    sections = claim_sections(game.level, settled, end.saved, won=end.ruling.won)
    lines = section_lines((*sections, *(_all_won(game, referee) if end.ruling.won else ())))
    if not settled.right:
        return PageScreen(f"{game.level.id}  {game.level.title}", lines)
    return OutcomeScreen(game.level, lines, "M", won=True, following=_following(game, referee))


def loss_text(game: Game) -> str:
    """What the message line says at the end of a run that is no win."""
    sentence = run_sentence(game.machine, game.session.now)
    lost = known_loss(game)
    if game.level.goal.safe:
        return unproved_sentence(sentence)
    return f"{loss_sentence(sentence, lost.steps if lost else 0)}, enter tells more."


def _following(game: Game, referee: Referee) -> str:
    """What enter leads to after a win."""
    return "next level" if referee.services.following(game.level.id) else "levels"


def _all_won(game: Game, referee: Referee) -> Iterator[Section]:
    """What is said once nothing is left to be won."""
    services = referee.services
    if services.ids and not services.following(game.level.id) and game.level.id in services.bests():
        yield (Paragraph("All levels are won."),)
