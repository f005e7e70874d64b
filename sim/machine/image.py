# SPDX-License-Identifier: GPL-2.0-or-later
"""The memory of a program after boot: which words can change, and what the others hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sim.classes import frozen
from sim.kernelc.model.source import CompileError, Diagnostic
from sim.kernelc.model.types import Integer, Pointer, Type, is_mask, leaves
from sim.kernelc.program import Program
from sim.machine.setup import setup_error
from sim.nodelist import mask_words, parse_nodelist


@frozen(eq=False)
class Image:
    """Where each word of a program is.

    `constants[address]` is the value of a const word, else None; `index[address]` the place of a shared word that can
    change in State.memory, else -1. `addresses` is the way back; `memory` what the words hold at boot.
    """

    constants: tuple[int | None, ...]
    index: tuple[int, ...]
    addresses: tuple[int, ...]
    memory: tuple[int, ...]


def boot_words(program: Program, boot: Mapping[str, int | str]) -> dict[int, int]:
    """The words that boot values set, by address. Raises CompileError naming the key.

    A key is a typed C lvalue. A nodemask_t takes the kernel's list format ("0-1,3"), every other object a constant C
    expression or an int.
    """
    words: dict[int, int] = {}
    values: dict[tuple[str, str], int] = {}
    problems: list[Diagnostic] = []
    for lvalue, value in boot.items():
        try:
            words.update(_boot_value(program, lvalue, value, values))
        except CompileError as problem:
            problems += problem.diagnostics
    if problems:
        raise CompileError(problems)
    return words


def _boot_value(program: Program, lvalue: str, value: int | str, values: dict[tuple[str, str], int]) -> dict[int, int]:
    """The words of one boot value; `values` keeps what expressions of a type came to, for they come many times."""
    origin = f'boot "{lvalue}"'
    address, kind = _words_by_name(program).get(lvalue) or program.place(lvalue, origin)
    if is_mask(kind) and isinstance(value, str):
        return _mask(origin, address, kind, value)
    if not isinstance(kind, Integer | Pointer):
        raise setup_error(origin, f"{lvalue} is a {kind}", "set its members one by one")
    if isinstance(value, int):
        if not isinstance(kind, Integer) or not kind.low <= value <= kind.high:
            raise setup_error(origin, f"{value} does not fit into {kind}", "give a value of its type")
        return {address: int(value)}
    key = value, str(kind)
    if key not in values:
        values[key] = program.constant(value, kind, origin)
    return {address: values[key]}


@lru_cache(maxsize=32)
def _words_by_name(program: Program) -> Mapping[str, tuple[int, Type]]:
    """Address and type of every word by the name that C gives it: most boot values need no compiler."""
    return {cell.lvalue: (address, cell.type) for address, cell in enumerate(program.cells) if cell is not None}


def _mask(origin: str, address: int, kind: Type, value: str) -> dict[int, int]:
    words = leaves(kind)
    try:
        values = mask_words(parse_nodelist(value), len(words))
    except ValueError as problem:
        raise setup_error(origin, f"{value!r}: {problem}", 'write nodes like "0-1,3", or "" for none') from None
    return {address + offset: word for (offset, _, _), word in zip(words, values, strict=True)}


def make_image(program: Program, boot: Mapping[str, int | str]) -> Image:
    """Lay out a program's memory and set its boot values. Raises CompileError as `boot_words`."""
    words = {**program.initial, **boot_words(program, boot)}
    constants: list[int | None] = []
    index: list[int] = []
    addresses: list[int] = []
    for address, cell in enumerate(program.cells):
        constants.append(words.get(address, 0) if cell is not None and cell.const else None)
        shared = cell is not None and not cell.const
        index.append(len(addresses) if shared else -1)
        if shared:
            addresses.append(address)
    memory = tuple(words.get(address, 0) for address in addresses)
    return Image(tuple(constants), tuple(index), tuple(addresses), memory)
