# SPDX-License-Identifier: GPL-2.0-or-later
"""The glossary: the words that the game's texts use beyond C, as data, and where a text uses them.

Who shows a page before all is loaded need not load the file: that is read when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from puzzles.lazy import loading

if TYPE_CHECKING:
    from puzzles.glossary.load import game_glossary as game_glossary
    from puzzles.glossary.load import load_glossary as load_glossary
    from puzzles.glossary.model import Glossary as Glossary
    from puzzles.glossary.model import Term as Term
    from puzzles.glossary.uses import Use as Use
    from puzzles.glossary.uses import first_uses as first_uses
    from puzzles.glossary.uses import term_uses as term_uses
else:
    __getattr__ = loading(
        __name__,
        {"load": "game_glossary load_glossary", "model": "Glossary Term", "uses": "Use first_uses term_uses"},
    )
