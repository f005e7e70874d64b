# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs: what is opened is closed. Who takes away one half takes away the other, or nonsense is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from attrs import evolve

from sim.classes import frozen
from sim.kernelc.meaning.intrinsics import BARRIERS
from sim.kernelc.program import Body, Program
from sim.kernelc.syntax.tree import SyntaxNode
from sim.reasons.statements import called, inner, tokens

PAIRS: Final = (
    ("mutex_lock", "mutex_unlock"),
    ("spin_lock", "spin_unlock"),
    ("down_read", "up_read"),
    ("down_write", "up_write"),
    ("write_seqcount_begin", "write_seqcount_end"),
    ("++", "--"),
    ("+=", "-="),
)
"""What opens and what closes: functions by name, and operators. Functions that do only such halves are pairs too."""

_BARRIERS: Final = frozenset(kind.call for kind in BARRIERS)
_SIDES: Final = {name: (row, side) for row in PAIRS for side, name in enumerate(row)}


@frozen
class Half:
    """One half of a pair: the name that opens it, whether this half closes it, on what, and by how much."""

    opens: str
    closes: bool
    on: str
    by: str = ""

    @property
    def other(self) -> Half:
        """The half that belongs to it."""
        return evolve(self, closes=not self.closes)


@frozen(eq=False, slots=False)
class Pairs:
    """The pairs of a program."""

    program: Program

    def with_partners(self, body: Body, node: SyntaxNode) -> frozenset[SyntaxNode]:
        """A statement of a function and all that has to go with it.

        All halves of its pair in that function go; where that holds one side only, those of the function that closes
        what this one opens, or else those of the whole program.
        """
        half = self._half(node)
        if half is None:
            return frozenset((node,))
        halves = set(self._halves(body, half))
        if half.other in {self._half(node) for node in halves}:
            return frozenset(halves)
        partner = self._partner(body)
        if partner is not None:
            return frozenset(halves.union(self._halves(partner, half)))
        if any(variable.name == half.on for variable in body.function.variables):
            return frozenset((node,))  # a local: what has its name elsewhere is another object
        every = [node for other in self.program.bodies for node in self._halves(other, half)]
        closed = half.other in {self._half(node) for node in every}
        return frozenset(every) if closed else frozenset((node,))

    def _halves(self, body: Body, half: Half) -> Iterator[SyntaxNode]:
        """The statements of a function that are a half or its other."""
        for node in inner(body.node):
            if self._half(node) in (half, half.other):
                yield node

    def _half(self, node: SyntaxNode) -> Half | None:
        return half_of(node, self._sides)

    def _partner(self, body: Body) -> Body | None:
        name = self._partners.get(body.function.name)
        return next((other for other in self.program.bodies if other.function.name == name), None)

    @cached_property
    def _partners(self) -> Mapping[str, str]:
        """By function: the one that closes what it opens, or opens what it closes."""
        rows = {row for row, _ in self._sides.values()}
        return {name: other for row in rows for name, other in (row, row[::-1])}

    @cached_property
    def _sides(self) -> Mapping[str, tuple[tuple[str, str], int]]:
        """All pairs by name: those of the table, then functions that are halves themselves, and what wraps those."""
        sides = dict(_SIDES)
        while more := dict(_wrappers(self.program, sides)):
            sides |= more
        return sides


def half_of(node: SyntaxNode, sides: Mapping[str, tuple[tuple[str, str], int]]) -> Half | None:
    """Which half of a pair a statement is; None where it is none."""
    if node.type != "expression_statement" or not node.children:
        return None
    expression = node.children[0]
    operator = expression.child_by_field_name("operator")
    name = operator.text if operator else called(node)
    on = next(filter(None, map(expression.child_by_field_name, ("arguments", "argument", "left"))), None)
    if name not in sides or on is None:
        return None
    row, side = sides[name]
    by = expression.child_by_field_name("right")
    return Half(row[0], bool(side), tokens(on), tokens(by) if by else "")


def _wrappers(
    program: Program, sides: Mapping[str, tuple[tuple[str, str], int]]
) -> Iterator[tuple[str, tuple[tuple[str, str], int]]]:
    """Functions that do nothing but open, each with the one that closes all of that, as a new row for both."""
    whole = {body.function.name: halves for body in program.bodies if (halves := _only_halves(body, sides))}
    for opener, halves in whole.items():
        if opener in sides or any(half.closes for half in halves):
            continue
        for closer, others in whole.items():
            if closer not in sides and others == frozenset(half.other for half in halves):
                yield opener, ((opener, closer), 0)
                yield closer, ((opener, closer), 1)


def _only_halves(body: Body, sides: Mapping[str, tuple[tuple[str, str], int]]) -> frozenset[Half]:
    """The halves that a function does, where it does nothing else but barriers; on parameters by their places."""
    halves = set()
    for node in body.node.children:
        if node.type == "comment" or called(node) in _BARRIERS:
            continue
        half = half_of(node, sides)
        if half is None:
            return frozenset()
        halves.add(evolve(half, on=_by_place(body, half.on)))
    return frozenset(halves)


def _by_place(body: Body, text: str) -> str:
    places = {parameter.name: f"<{place}>" for place, parameter in enumerate(body.parameters)}
    words = "".join(character if character.isalnum() or character == "_" else f" {character} " for character in text)
    return " ".join(places.get(word, word) for word in words.split())
