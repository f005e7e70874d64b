# SPDX-License-Identifier: GPL-2.0-or-later
"""Names and values as a kernel engineer reads them: masks as node sets, locks by holder, pointers by target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sim.classes import frozen
from sim.kernelc.model.types import Array, Integer, Lock, Pointer, Struct, Type, is_mask, leaves, size
from sim.kernelc.program import Program
from sim.machine.names import pointer_text
from sim.machine.state import STACK
from sim.nodelist import format_nodelist, mask_nodes
from sim.operations.lock_word import holders


@frozen
class Name:
    """How a word is called: a mask of one word goes by the mask's name; of a wide mask, `word` is the word's number."""

    text: str
    word: int | None = None


@lru_cache(maxsize=32)
def names(program: Program) -> Mapping[int, Name]:
    """The name of every global word, by address."""
    named: dict[int, Name] = {}
    for variable in program.globals:
        named.update(_names(variable.address, variable.type, variable.name))
    return named


def _names(address: int, kind: Type, path: str) -> Iterator[tuple[int, Name]]:
    if is_mask(kind):
        words = leaves(kind)
        for number, (offset, part, _) in enumerate(words):
            yield address + offset, Name(path if len(words) == 1 else path + part, number)
    elif isinstance(kind, Array):
        for index in range(kind.count):
            yield from _names(address + index * size(kind.element), kind.element, f"{path}[{index}]")
    elif isinstance(kind, Struct):
        for member in (kind.layout.members or {}).values():
            yield from _names(address + member.offset, member.type, f"{path}.{member.name}")
    else:
        yield address, Name(path)


def name_of(program: Program, address: int) -> str:
    """The name of a global word."""
    name = names(program).get(address)
    return name.text if name else ("NULL" if address == 0 else "no object")


def word_text(program: Program, address: int, word: int, letters: Sequence[str]) -> str:
    """What a global word holds, in words: {0,1}, &zones[1], MPOL_BIND, held by A, 42."""
    cell = program.cells[address] if 0 < address < len(program.cells) else None
    if cell is None:
        return str(word)
    name = names(program).get(address)
    if name is not None and name.word is not None:
        return mask_text((word,), name.word)
    return value_text(program, cell.type, word, letters)


def mask_text(words: Sequence[int], first: int = 0) -> str:
    """A mask as a set of nodes, three and more in a row as a range: {0,1}, {0-2,4}."""
    return "{" + format_nodelist(mask_nodes(words, first), shortest=3) + "}"


def value_text(program: Program, kind: Type, word: int | None, letters: Sequence[str]) -> str:
    """A scalar value in words."""
    if word is None:
        return "<no value>"
    if isinstance(kind, Lock):
        return holders_text(word, letters)
    if isinstance(kind, Pointer):
        return "&<local>" if word >= STACK else pointer_text(program, word, kind.target)
    if isinstance(kind, Integer) and kind.bits == 1:
        return "true" if word else "false"
    if isinstance(kind, Integer) and kind.names:
        return dict(kind.names).get(word, str(word))
    return str(word)


def holders_text(word: int, letters: Sequence[str]) -> str:
    """Who has a lock: "free", "held by A", "read by A and B, R waits to write"."""
    lock = holders(word)
    if not word:
        return "free"
    parts = []
    if lock.owner is not None:
        parts.append(f"held by {letters[lock.owner]}")
    if lock.readers:
        parts.append("read by " + " and ".join(letters[i] for i in lock.readers))
    if lock.queued:
        waiting = " and ".join(letters[i] for i in lock.queued)
        parts.append(f"{waiting} {'waits' if len(lock.queued) == 1 else 'wait'} to write")
    return ", ".join(parts)
