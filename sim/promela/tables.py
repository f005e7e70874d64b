# SPDX-License-Identifier: GPL-2.0-or-later
"""Predicates of a level as decision trees over the values that words can have, and those as Promela expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sim.classes import frozen
from sim.kernelc.model.values import Fault

Predicate: TypeAlias = Callable[[Sequence[int]], bool]


@frozen
class Table:
    """What a predicate reads first, a word by its place in memory, and for groups of its values what then follows."""

    word: int
    branches: tuple[tuple[tuple[int, ...], Tree], ...]


# A branch ends in the predicate's answer, None where the predicate goes wrong.
Tree: TypeAlias = Table | bool | None


class _Unread(Exception):
    def __init__(self, word: int) -> None:
        self.word = word
        super().__init__(word)


class _Memory(Sequence[int]):
    """Memory of which some words are known; a look at another one says which."""

    def __init__(self, words: Mapping[int, int]) -> None:
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, word: Any) -> Any:
        if word not in self.words:
            raise _Unread(word)
        return self.words[word]


def table(predicate: Predicate, values: Sequence[Sequence[int]]) -> Tree:
    """Ask a predicate for every combination of the `values` that the words it reads can have."""
    return _branch(predicate, values, {})


def _branch(predicate: Predicate, values: Sequence[Sequence[int]], words: dict[int, int]) -> Tree:
    try:
        return bool(predicate(_Memory(words)))
    except Fault:
        return None
    except _Unread as unread:
        word = unread.word
    groups: dict[Tree, tuple[int, ...]] = {}
    for value in values[word]:
        tree = _branch(predicate, values, {**words, word: value})
        groups[tree] = (*groups.get(tree, ()), value)
    if len(groups) == 1:
        return next(iter(groups))
    return Table(word, tuple((group, tree) for tree, group in groups.items()))


def words(tree: Tree) -> Iterator[int]:
    """The words that a tree asks for."""
    if isinstance(tree, Table):
        yield tree.word
        for _, following in tree.branches:
            yield from words(following)


def wrong(tree: Tree) -> bool:
    """Whether the predicate goes wrong somewhere."""
    return any(wrong(following) for _, following in tree.branches) if isinstance(tree, Table) else tree is None


def expression(tree: Tree, asked: Callable[[int, int], str]) -> str:
    """A tree in Promela: 1 or 0, or 2 where the predicate goes wrong; `asked` says "this word has this value"."""
    if not isinstance(tree, Table):
        return "2" if tree is None else str(int(tree))
    *others, (_, last) = tree.branches
    text = expression(last, asked)
    for values, following in reversed(others):
        guard = " || ".join(asked(tree.word, value) for value in values)
        text = f"({guard} -> {expression(following, asked)} : {text})"
    return text
