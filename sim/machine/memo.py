# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers of a pure function of memory, remembered by the words that it read on its way to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import field

from sim.classes import define


@define(eq=False)
class _Node:
    """Either the word that is read next and what follows for each of its values met so far, or the answer."""

    index: int = -1
    after: dict[int, _Node] = field(factory=dict)
    answer: bool | None = None


class _Watched(Sequence[int]):
    """Memory that notes the words that are read, in order, with their values."""

    def __init__(self, memory: Sequence[int]) -> None:
        self.memory = memory
        self.read: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self.memory)

    def __getitem__(self, index: Any) -> Any:
        return self.read.setdefault(index, self.memory[index])


@define(eq=False)
class Memo:
    """A function of memory that is asked only where a word which it reads has a value not met there before.

    What it raises is not remembered.
    """

    ask: Callable[[Sequence[int]], bool]
    _root: _Node = field(factory=_Node)

    def __call__(self, memory: Sequence[int]) -> bool:
        """The function's answer."""
        node = self._root
        while node.index >= 0:
            following = node.after.get(memory[node.index])
            if following is None:
                return self._learn(memory)
            node = following
        return self._learn(memory) if node.answer is None else node.answer

    def _learn(self, memory: Sequence[int]) -> bool:
        watched = _Watched(memory)
        answer = self.ask(watched)
        node = self._root
        for index, value in watched.read.items():
            node.index = index
            node = node.after.setdefault(value, _Node())
        node.answer = answer
        return answer
