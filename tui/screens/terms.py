# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages whose terms can be explained, and the page that explains them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from puzzles.glossary.model import Term
from tui.lines.hints import Hint
from tui.lines.terms import marked_terms, term_lines
from tui.screens.once import Result
from tui.screens.page import BACK, SCROLL, PageScreen

EXPLAIN = Hint("E", "words", "screen.explain", 1)


class TermsScreen(PageScreen[None]):
    """Terms, explained. The key that opened the page closes it, too."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("E", "close", "back", show=False)]

    def __init__(self, terms: Iterable[Term]) -> None:
        super().__init__("words", term_lines(terms), (BACK, SCROLL))


class ExplainedScreen(PageScreen[Result]):
    """A page of texts in which terms are marked; a key explains them."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("E", "explain", "words")]

    def action_explain(self) -> None:
        """Explain the terms that are marked."""
        page = TermsScreen(marked_terms(self.text))
        page.typing = self.typing
        self.app.push_screen(page)
