# SPDX-License-Identifier: GPL-2.0-or-later
"""A replay as a tree of immutable values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from attrs import Attribute, evolve, field, frozen, validators

from puzzles.characters import check_characters
from puzzles.notation.headers import FORMAT, FORMAT_VERSION, Header, HeaderBlock
from puzzles.notation.limits import MAX_COMMENT, MAX_DEPTH, MAX_STEPS
from puzzles.notation.moves import Move, merge_runs


@frozen
class Digest:
    """A claim about the state reached so far: the first 16 bits of its digest, four lower-case hex digits."""

    digits: str = field(validator=validators.matches_re("[0-9a-f]{4}"))


def fold_space(text: str) -> str:
    """Turn each run of white space into one space, and none at the ends."""
    return " ".join(text.split())


@frozen
class Comment:
    """Words about the state reached so far. White space is folded: lines are wrapped again when written."""

    text: str = field(converter=fold_space)

    @text.validator
    def _check_text(self, _: Attribute[str], text: str) -> None:
        check_characters(text)
        if not text:
            raise ValueError("a comment needs at least one word.")
        if len(text) > MAX_COMMENT:
            raise ValueError(
                f"the comment has {len(text):,} characters, at most {MAX_COMMENT:,}: shorten or divide it.",
            )


@frozen
class Variation:
    """Another line, played from the state before the last Move that stands in front of it."""

    line: Line

    def __attrs_post_init__(self) -> None:
        """Refuse a line without moves."""
        if not self.line.moves:
            raise ValueError("a variation needs a move inside: write one, or make it a comment in { }.")


LineItem: TypeAlias = Move | Digest | Comment | Variation


def canonical_items(items: Iterable[LineItem]) -> tuple[LineItem, ...]:
    """Merge runs where nothing stands between, and split off the step from which a variation turns away."""
    return tuple(_split_branched_runs(_merge_neighbours(items)))


def _merge_neighbours(items: Iterable[LineItem]) -> Iterator[LineItem]:
    for _, group in groupby(items, key=lambda item: isinstance(item, Move)):
        neighbours = tuple(group)
        moves = [item for item in neighbours if isinstance(item, Move)]
        yield from merge_runs(moves) if moves else neighbours


def _split_branched_runs(items: Iterable[LineItem]) -> Iterator[LineItem]:
    pending: list[LineItem] = []
    for item in items:
        if isinstance(item, Move):
            yield from _split_first(pending)
            pending = []
        pending.append(item)
    yield from _split_first(pending)


def _split_first(stretch: list[LineItem]) -> Iterator[LineItem]:
    """Split the move that begins a stretch if a variation stands in the rest of it."""
    if any(isinstance(item, Variation) for item in stretch):
        move = stretch[0]
        if not isinstance(move, Move):
            raise ValueError("a variation needs a move before it, to be its alternative.")
        if move.count > 1:
            yield evolve(move, count=move.count - 1)
            stretch = [evolve(move, count=1), *stretch[1:]]
    yield from stretch


@frozen
class Line:
    """Moves, and what is said about them, in the order of the file.

    Always canonical: neighbouring moves of one thread are one Move, and the last Move before a Variation has
    count 1. So a variation starts where the Move before it starts, whatever comments, digests and other
    variations stand between. `depth` is that of the deepest variation, `steps` counts those of all variations
    too. Items that cannot be put in that form, or exceed MAX_DEPTH or MAX_STEPS, raise ValueError.
    """

    items: tuple[LineItem, ...] = field(default=(), converter=canonical_items)
    depth: int = field(init=False, eq=False, repr=False)
    steps: int = field(init=False, eq=False, repr=False)

    @depth.default
    def _measure_depth(self) -> int:
        return max((variation.line.depth + 1 for variation in self.variations), default=0)

    @steps.default
    def _count_steps(self) -> int:
        own = sum(move.count for move in self.moves)
        return own + sum(variation.line.steps for variation in self.variations)

    def __attrs_post_init__(self) -> None:
        """Refuse a line that no file could hold."""
        if self.depth > MAX_DEPTH:
            raise ValueError(f"variations stand more than {MAX_DEPTH} deep in one another: flatten them.")
        if self.steps > MAX_STEPS:
            raise ValueError(f"there are more than {MAX_STEPS:,} steps: shorten the schedule.")

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves of this line itself, without those of its variations."""
        return tuple(item for item in self.items if isinstance(item, Move))

    @property
    def variations(self) -> tuple[Variation, ...]:
        """The variations that turn away from this line itself."""
        return tuple(item for item in self.items if isinstance(item, Variation))


@frozen
class Replay:
    """Headers in order, and the main line.

    The header Format is not among `headers`: it is checked when read and put first when written. Names are
    unique whatever their case. A header that is malformed, twice there or one too many raises ValueError.
    """

    headers: tuple[Header, ...] = ()
    line: Line = field(factory=Line)

    def __attrs_post_init__(self) -> None:
        """Check the headers as if they had been read."""
        self._block()

    def header(self, name: str) -> str | None:
        """Return the value of a header, None if it is not there. Case does not matter."""
        return self._block().get(name)

    def with_header(self, name: str, value: str) -> Replay:
        """Return this replay with one header replaced in its place, or added as the last."""
        if self.header(name) is None:
            return evolve(self, headers=(*self.headers, (name, value)))
        same = name.lower()
        return evolve(self, headers=tuple((n, value if n.lower() == same else v) for n, v in self.headers))

    def _block(self) -> HeaderBlock:
        block = HeaderBlock()
        block.add(FORMAT, FORMAT_VERSION)
        for name, value in self.headers:
            block.add(name, value)
        return block
