# SPDX-License-Identifier: GPL-2.0-or-later
"""The shared words of a machine as Promela variables, with what an open rebind hides of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sim.classes import frozen
from sim.kernelc.model.types import Pointer
from sim.kernelc.program import Cell
from sim.machine.machine import Machine
from sim.machine.names import pointer_text
from sim.operations.marks import MarkKind
from sim.promela.automata import Location, effects

_INT = 1 << 31
_TYPES = (("bit", 0, 1), ("byte", 0, 255), ("short", -(1 << 15), (1 << 15) - 1), ("int", -_INT, _INT - 1))


@frozen
class SharedWords:
    """The words of a machine by place in memory: `values[word]` is all that a word can hold, in order.

    `hidden[thread]` are the words that a thread with a rebind writes. A word with values that do not fit Promela's int
    holds the number of its value in that order instead.
    """

    machine: Machine
    values: tuple[tuple[int, ...], ...]
    hidden: Mapping[int, tuple[int, ...]]

    def name(self, word: int) -> str:
        """The variable of a word, such as w3_zones_0_free."""
        return f"w{word}_{re.sub('[^A-Za-z0-9]+', '_', self.cell(word).lvalue).strip('_')}"

    def cell(self, word: int) -> Cell:
        """What the program knows of a word."""
        cell = self.machine.program.cells[self.machine.image.addresses[word]]
        assert cell is not None
        return cell

    def number(self, word: int, value: int) -> int:
        """How a value of a word is written."""
        values = self.values[word]
        return value if values[0] >= -_INT and values[-1] < _INT else values.index(value)

    def equals(self, name: str, word: int, value: int) -> str:
        """The expression that says whether a variable, which holds values of a word, has this one."""
        return f"{name} == {self.number(word, value)}"

    def among(self, word: int, values: Sequence[int]) -> str:
        """The expression that says whether a word has one of some values."""
        return f"({' || '.join(self.equals(self.name(word), word, value) for value in values) or '0'})"

    def view(self, word: int, believed: int | None) -> str:
        """A word as a consistent reader takes it: what an open rebind has written counts as before.

        Of several threads that wrote it, `believed` is asked first, then the later ones.
        """
        text = self.name(word)
        for thread in (*self.hidden, *(() if believed is None else (believed,))):
            if word in self.hidden[thread]:
                text = f"({self._in(thread, word)} -> {self._old(thread, word)} : {text})"
        return text

    def store(self, thread: int, word: int, value: int) -> Iterator[str]:
        """The statements that write a word."""
        if thread in self.hidden:
            yield f"keep_{self._letter(thread)}_w{word}"
        yield f"{self.name(word)} = {self.number(word, value)}"

    def rebind(self, thread: int, opened: int) -> str:
        """The statement that opens or closes a rebind."""
        return f"rebind_{self._letter(thread)}({opened})"

    def declarations(self, used: Sequence[int]) -> Iterator[str]:
        """A line for each of these words, and what a rebind needs."""
        for word in used:
            boot = self.number(word, self.machine.image.memory[word])
            yield f"{self._type(word)} {self.name(word)} = {boot}; /* {self._legend(word)} */"
        for thread, words in self.hidden.items():
            yield f"bit {self._open(thread)}; /* between rebind_begin and rebind_end */"
            for word in words:
                yield f"bit {self._in(thread, word)}; {self._type(word)} {self._old(thread, word)};"

    def macros(self) -> Iterator[str]:
        """What a rebind does: begin or end anew, and keep what a word held before its first write."""
        for thread, words in self.hidden.items():
            letter, opened = self._letter(thread), self._open(thread)
            clear = "".join(f"; {self._in(thread, word)} = 0; {self._old(thread, word)} = 0" for word in words)
            yield f"#define rebind_{letter}(now) {opened} = now{clear}"
            for word in words:
                inside, old = self._in(thread, word), self._old(thread, word)
                kept = f"{old} = ({opened} && !{inside} -> {self.name(word)} : {old})"
                yield f"#define keep_{letter}_w{word} {kept}; {inside} = {inside} || {opened}"

    def _letter(self, thread: int) -> str:
        return self.machine.threads[thread].letter

    def _open(self, thread: int) -> str:
        return f"open_{self._letter(thread)}"

    def _in(self, thread: int, word: int) -> str:
        return f"in_{self._letter(thread)}_w{word}"

    def _old(self, thread: int, word: int) -> str:
        return f"old_{self._letter(thread)}_w{word}"

    def _type(self, word: int) -> str:
        numbers = [self.number(word, value) for value in self.values[word]]
        return next(name for name, low, high in _TYPES if low <= min(numbers) and max(numbers) <= high)

    def _legend(self, word: int) -> str:
        """The word as C names it, and what its numbers stand for where that is not plain."""
        cell, legend = self.cell(word), ""
        for value in self.values[word]:
            number = self.number(word, value)
            if isinstance(cell.type, Pointer):
                legend += f", {number} is {pointer_text(self.machine.program, value, cell.type.target)}"
            elif number != value:
                legend += f", {number} is {value}"
        return cell.lvalue + legend


def shared_words(machine: Machine, automata: Sequence[Sequence[Location]]) -> SharedWords:
    """The words of a machine, with the values that its threads store."""
    values: list[set[int]] = [{word} for word in machine.image.memory]
    hidden: dict[int, tuple[int, ...]] = {}
    for thread, locations in enumerate(automata):
        actions = [action for location in locations for action in location.actions()]
        stores = {(action.index, action.store) for action in actions if action.store is not None}
        for word, value in stores:
            values[word].add(value)
        if any(effect.kind is MarkKind.REBIND_BEGIN for effect in effects(locations)):
            hidden[thread] = tuple(sorted({word for word, _ in stores}))
    return SharedWords(machine, tuple(tuple(sorted(stored)) for stored in values), hidden)
