# SPDX-License-Identifier: GPL-2.0-or-later
"""A walk over the tokens of a text, with the names that are declared on the way."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field

from sim.kernelc.tokens import TOKEN
from sim.kernelc.vocabulary import GRAMMAR_WORDS, is_name

MAX_DEPTH = 100

Words = dict[int, tuple[str, str]]
"""By place: (the word there, what a parser is shown in its stead)."""


class TooDeepError(Exception):
    """The text is nested deeper than a tree of it may be."""


@define
class Walk:
    """Where a reader stands in a text, and what it found.

    `scopes` hold the names of each open scope, innermost last, and whether each names a type; `outer` says so of a name
    that is in none of them, None if it is unknown.
    """

    code: str
    scopes: list[dict[str, bool]]
    outer: Callable[[str], bool | None]
    tokens: list[tuple[str, int]] = field(init=False)
    shown: Words = field(factory=dict)
    at: int = 0
    depth: int = 0

    def __attrs_post_init__(self) -> None:
        """Find the tokens; behind them are some that are empty."""
        self.tokens = [(match[0], match.start()) for match in TOKEN.finditer(self.code)] + [("", len(self.code))] * 4
        for word, place in self.tokens:
            if word in GRAMMAR_WORDS:
                self.shown[place] = (word, word[:-1] + "_")

    @property
    def word(self) -> str:
        """The token that stands here."""
        return self.tokens[self.at][0]

    def next(self, ahead: int = 1) -> str:
        """The token so many places ahead."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)][0]

    def advance(self, count: int = 1) -> None:
        """Pass so many tokens."""
        self.at = min(self.at + count, len(self.tokens) - 1)

    def skip(self, word: str) -> bool:
        """Pass a token if it stands here; whether it did."""
        stands = self.word == word
        self.advance(int(stands))
        return stands

    def show(self, shown: str) -> None:
        """Let the parser see something else than the word that stands here."""
        word, place = self.tokens[self.at]
        self.shown[place] = (word, shown)

    def declare(self, name: str, *, is_type: bool) -> None:
        """A name is declared in the innermost scope; "" is none."""
        if name:
            self.scopes[-1][name] = is_type

    def names_type(self, word: str) -> bool | None:
        """Whether a word names a type here, by the innermost declaration of it; None if there is none."""
        if not is_name(word):
            return False
        declared = next((scope[word] for scope in reversed(self.scopes) if word in scope), None)
        return self.outer(word) if declared is None else declared

    def nested(self, what: Callable[[], None], scope: dict[str, bool] | None = None) -> None:
        """Read something one level deeper, in a new scope if one is given. Raises TooDeepError."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooDeepError
        if scope is not None:
            self.scopes.append(scope)
        what()
        if scope is not None:
            self.scopes.pop()
        self.depth -= 1

    def each(self, what: Callable[[], None], ends: frozenset[str]) -> None:
        """Read one after the other up to one of these tokens, getting past what cannot be read."""
        while self.word and self.word not in ends:
            before = self.at
            what()
            self.advance(int(self.at == before))
