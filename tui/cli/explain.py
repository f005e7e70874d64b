# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace explain`."""

from __future__ import annotations

import json

import attrs

from puzzles.glossary import game_glossary
from tui.plain.paragraphs import print_lines
from tui.player.failure import BadInput, ExitCode
from tui.terminal.echo import echo
from tui.view.terms import more_text, term_text


def explain(word: str, *, as_json: bool) -> ExitCode:
    """Print what a word means, or the names of all, one on a line."""
    glossary = game_glossary()
    try:
        terms = (glossary.term(word),) if word else glossary.terms
    except ValueError as problem:
        raise BadInput(str(problem)) from None
    if as_json:
        echo(json.dumps([attrs.asdict(term) for term in terms], indent=2, ensure_ascii=False))
    elif word:
        print_lines(line for term in terms for line in (term_text(term), more_text(term)))
    else:
        print_lines(glossary.names)
    return ExitCode.DONE
