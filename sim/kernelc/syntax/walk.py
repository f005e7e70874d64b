# SPDX-License-Identifier: GPL-2.0-or-later
"""A walk over the tokens of a text, with the names that are declared on the way."""

from __future__ import annotations

from collections.abc import Callable

from attrs import field

from sim.classes import define
from sim.kernelc.syntax.vocabulary import ATTRIBUTES, GRAMMAR_WORDS, is_name
from sim.kernelc.text.tokens import TOKEN

MAX_DEPTH = 100

PlacedWord = tuple[str, int]
"""A word or sign, and its place."""

Substitutes = dict[int, tuple[str, str]]
"""By place: (the word there, what a parser is shown in its stead)."""


def _tokens(code: str) -> tuple[list[PlacedWord], list[PlacedWord]]:
    """The tokens of a text, and apart from them those of attributes, with their parentheses."""
    kept: list[PlacedWord] = []
    attributes: list[PlacedWord] = []
    depth, starts = 0, False
    for match in TOKEN.finditer(code):
        word = match[0]
        if word in ATTRIBUTES or depth or (starts and word == "("):
            depth += (word == "(") - (word == ")")
            starts = word in ATTRIBUTES
            attributes.append((word, match.start()))
        else:
            starts = False
            kept.append((word, match.start()))
    return kept, attributes


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
    tokens: list[PlacedWord] = field(init=False)
    shown: Substitutes = field(factory=dict)
    at: int = 0
    depth: int = 0

    def __attrs_post_init__(self) -> None:
        """Find the tokens, without attributes; behind them are some that are empty."""
        kept, attributes = _tokens(self.code)
        self.tokens = kept + [("", len(self.code))] * 4
        for word, place in kept:
            if word in GRAMMAR_WORDS:
                self.shown[place] = (word, word[:-1] + "_")
        for word, place in attributes:
            self.shown[place] = (word, " ")

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

    def show(self, shown: str, at: int) -> None:
        """Let the parser see something else than the token that stands there."""
        word, place = self.tokens[at]
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
