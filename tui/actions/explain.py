# SPDX-License-Identifier: GPL-2.0-or-later
"""What a word of the texts means."""

from __future__ import annotations

from puzzles.glossary import game_glossary
from tui.actions.reply import CommandError, Reply
from tui.game.game import Game
from tui.view.terms import all_terms_text, briefing_texts, more_text, term_text, terms_of


def explain(word: str) -> Reply:
    """A word, or the names of all."""
    glossary = game_glossary()
    if not word:
        return Reply((all_terms_text(glossary),))
    try:
        term = glossary.term(word)
    except ValueError as problem:
        raise CommandError(str(problem)) from None
    return Reply((term_text(term), more_text(term)))


def explain_in(game: Game, word: str) -> Reply:
    """A word; without one those of the level's briefing, and the names of all."""
    terms = terms_of(briefing_texts(game.level), game_glossary())
    own = () if word else (line for term in terms for line in (term_text(term), ""))
    return Reply((*own, *explain(word).lines))
