# SPDX-License-Identifier: GPL-2.0-or-later
"""Groups: what has to go together with a statement that is taken away. No search is needed to know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from sim.classes import frozen
from sim.kernelc.lower.cuts import Cut, Cuts
from sim.kernelc.program import Program
from sim.kernelc.syntax.tree import SyntaxNode
from sim.reasons.pairs import Pairs
from sim.reasons.statements import Statement, statements, tokens


@frozen(eq=False, slots=False)
class Groups:
    """The statements of a program, and what goes with each."""

    program: Program

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All that can be marked, as `statements`."""
        return tuple(statements(self.program))

    def cuts(self, statement: Statement, *twins: Statement) -> Iterator[Cuts]:
        """All that goes with a statement, and with its twins if any are given; one trial after the other."""
        for change in statement.changes:
            partners = (self._with_partners(each, change) for each in (statement, *twins))
            yield {node: cut for changes in partners for node, cut in changes.items()}

    def twins(self, statement: Statement) -> tuple[Statement, ...]:
        """The other statements of the same tokens."""
        same = self._by_tokens[tokens(statement.node)]
        return tuple(other for other in same if other.node != statement.node)

    def gone(self, cuts: Cuts) -> frozenset[Statement]:
        """The statements that cuts change."""
        return frozenset(statement for statement in self.statements if statement.node in cuts)

    def along(self, statement: Statement) -> tuple[Statement, ...]:
        """Those that go with a statement whenever it is taken away, in order of the text."""
        gone = self._with_partners(statement, Cut.AWAY)
        return tuple(other for other in self.statements if other.node in gone and other != statement)

    def alike(self, statement: Statement) -> tuple[Statement, ...]:
        """Those that go besides where none of the same tokens bears alone: all of these, and what goes with them."""
        gone = {node for each in self.twins(statement) for node in self._with_partners(each, Cut.AWAY)}
        gone -= set(self._with_partners(statement, Cut.AWAY))
        return tuple(other for other in self.statements if other.node in gone)

    def _with_partners(self, statement: Statement, change: Cut) -> Cuts:
        node = statement.node
        if node.type != "if_statement":
            return dict.fromkeys(self._pairs.with_partners(statement.body, node), change)
        alone = _only_statement(node) if change is Cut.AWAY else None
        partners = self._pairs.with_partners(statement.body, alone) - {alone} if alone else ()
        return {**dict.fromkeys(partners, Cut.AWAY), node: change}

    @cached_property
    def _by_tokens(self) -> Mapping[str, list[Statement]]:
        same: dict[str, list[Statement]] = {}
        for statement in self.statements:
            same.setdefault(tokens(statement.node), []).append(statement)
        return same

    @cached_property
    def _pairs(self) -> Pairs:
        return Pairs(self.program)


@lru_cache(maxsize=8)
def groups_of(program: Program) -> Groups:
    """The groups of a program."""
    return Groups(program)


def _only_statement(node: SyntaxNode) -> SyntaxNode | None:
    """The statement that an `if` guards, where it is one alone."""
    body = node.child_by_field_name("consequence")
    if body is None or body.type != "compound_statement":
        return body
    parts = [part for part in body.children if part.type != "comment"]
    return parts[0] if len(parts) == 1 else None
