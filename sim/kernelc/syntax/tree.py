# SPDX-License-Identifier: GPL-2.0-or-later
"""Syntax trees over the author's text, whatever the parser was shown in place of some of its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from attrs import field

from sim.classes import frozen


@frozen(eq=False)
class ShownText:
    """A text, and what its parser is shown in place of some words: by place, (the word there, what is shown)."""

    code: str
    words: Mapping[int, tuple[str, str]] = field(factory=dict)
    _lines: tuple[int, ...] = field(init=False, repr=False)
    _shifts: tuple[int, ...] = field(init=False, repr=False)
    _ends: tuple[int, ...] = field(init=False, repr=False)

    @_lines.default
    def _starts_of_lines(self) -> tuple[int, ...]:
        return (0, *accumulate(len(line) + 1 for line in self.code.split("\n")))

    @_shifts.default
    def _shifts_behind_words(self) -> tuple[int, ...]:
        return (0, *accumulate(len(shown) - len(word) for _, (word, shown) in sorted(self.words.items())))

    @_ends.default
    def _ends_of_words_as_shown(self) -> tuple[int, ...]:
        places = zip(sorted(self.words.items()), self._shifts[1:], strict=True)
        return tuple(start + len(word) + shift for (start, (word, _)), shift in places)

    @property
    def shown(self) -> str:
        """What the parser is shown."""
        pieces, done = [], 0
        for start, (word, shown) in sorted(self.words.items()):
            pieces += [self.code[done:start], shown]
            done = start + len(word)
        return "".join((*pieces, self.code[done:]))

    def place(self, seen: int) -> int:
        """The place in the text of a place in what the parser is shown."""
        return seen - self._shifts[bisect_right(self._ends, seen)]

    def point(self, place: int) -> tuple[int, int]:
        """Line and column, from 0, of a place in the text."""
        line = bisect_right(self._lines, place) - 1
        return line, place - self._lines[line]


@frozen(eq=False)
class SyntaxNode:
    """A node of the tree, in the words of tree-sitter's grammar; `start` and `end` are places in the author's text.

    Punctuation is left out, but for operators (which are not `named`) and the words of a type.
    """

    type: str
    role: str | None
    named: bool
    start: int
    end: int
    source: ShownText = field(repr=False)
    children: tuple[SyntaxNode, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """What the author wrote here."""
        return self.source.code[self.start : self.end]

    @property
    def start_point(self) -> tuple[int, int]:
        """Line and column of the first character, from 0."""
        return self.source.point(self.start)

    @property
    def end_point(self) -> tuple[int, int]:
        """Line and column behind the last character, from 0."""
        return self.source.point(self.end)

    def child_by_field_name(self, name: str) -> SyntaxNode | None:
        """The first child in a role."""
        return next((child for child in self.children if child.role == name), None)

    def children_by_field_name(self, name: str) -> list[SyntaxNode]:
        """All children in a role."""
        return [child for child in self.children if child.role == name]
