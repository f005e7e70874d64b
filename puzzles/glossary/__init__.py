# SPDX-License-Identifier: GPL-2.0-or-later
"""The glossary: the words that the game's texts use beyond C, as data, and where a text uses them."""

from __future__ import annotations

from puzzles.glossary.load import game_glossary, load_glossary
from puzzles.glossary.model import Glossary, Term
from puzzles.glossary.uses import Use, first_uses, uses

__all__ = ["Glossary", "Term", "Use", "first_uses", "game_glossary", "load_glossary", "uses"]
