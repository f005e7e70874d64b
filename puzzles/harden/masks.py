# SPDX-License-Identifier: GPL-2.0-or-later
"""Axes of the boot values: node masks, what is written in turn, and constants of an enum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations, islice, pairwise, product
from typing import Final

from puzzles.harden.offers import is_constant, masks
from puzzles.harden.setting import Alteration, with_boot
from puzzles.levels import Level
from sim import Program
from sim.kernelc.model.types import Integer
from sim.nodelist import format_nodelist, parse_nodelist

Nodes = frozenset[int]

_MOST_NODES: Final = 3
"""Nodes of which all masks are tried; of more, those that the level names."""

_MOST_TRIED: Final = 20_000
"""Combinations of masks that are looked at."""

_FEW, _MANY = 3, 4
"""Masks in a row that are tried with more than two nodes, and with two."""


def state_masks(level: Level, program: Program) -> Iterator[Alteration]:
    """Other values for masks that threads change: what was equal stays so, as does what lay within another."""
    values = {name: _nodes(value) for name, value in masks(level, program).items() if not is_constant(program, name)}
    kinds = list(dict.fromkeys(values.values()))
    for others in islice(product(_masks(level, program), repeat=len(kinds)), _MOST_TRIED):
        new = dict(zip(kinds, others, strict=True))
        if others != tuple(kinds) and all(new[a] <= new[b] for a in kinds for b in kinds if a <= b):
            changed = {name: new[value] for name, value in values.items() if new[value] != value}
            yield Alteration(_said(changed), partial(with_boot, level, _texts(changed)))


def narrower(level: Level, program: Program) -> Iterator[Alteration]:
    """One mask narrower than those it is equal to, where it is the only member of its name among them."""
    values = {name: _nodes(value) for name, value in masks(level, program).items() if not is_constant(program, name)}
    for name, value in values.items():
        same = [_member(other) for other in values if values[other] == value]
        if len(same) > 1 and same.count(_member(name)) == 1:
            for less in _subsets(value):
                if less != value:
                    yield Alteration(_said({name: less}), partial(with_boot, level, _texts({name: less})))


def written_masks(level: Level, program: Program) -> Iterator[Alteration]:
    """Other values for the masks that never change: one alone, or as many as there shall be of an array."""
    written = [name for name in masks(level, program) if is_constant(program, name)]
    for array in dict.fromkeys(name.partition("[")[0] for name in written if name.endswith("]")):
        before = dict.fromkeys(name for name in written if name.partition("[")[0] == array)
        for row in rows(level, program):
            new = {f"{array}[{index}]": mask for index, mask in enumerate(row)}
            yield Alteration(_said(new), partial(with_boot, level, {**before, **_texts(new)}))
    for name in written:
        if not name.endswith("]"):
            for mask in _masks(level, program):
                if mask != _nodes(str(level.boot[name])):
                    yield Alteration(_said({name: mask}), partial(with_boot, level, _texts({name: mask})))


def rows(level: Level, program: Program) -> Iterator[tuple[Nodes, ...]]:
    """Masks in a row, no two neighbours the same."""
    choices = _masks(level, program)
    longest = _MANY if len(choices) <= len(_subsets(range(2))) else _FEW
    for length in range(1, longest + 1):
        for row in islice(product(choices, repeat=length), _MOST_TRIED):
            if all(mask != following for mask, following in pairwise(row)):
                yield row


def constants(level: Level, program: Program) -> Iterator[Alteration]:
    """Another constant of the same enum for a boot value that is one."""
    for lvalue, value in level.boot.items():
        _, kind = program.place(lvalue)
        if isinstance(kind, Integer) and str(value) in dict(kind.names).values():
            for _, name in kind.names:
                if name != value:
                    yield Alteration(f"{lvalue} = {name}", partial(with_boot, level, {lvalue: name}))


def row_texts(array: str, row: Sequence[Nodes]) -> dict[str, str]:
    """The boot values of an array whose elements are these."""
    return _texts({f"{array}[{index}]": mask for index, mask in enumerate(row)})


def _masks(level: Level, program: Program) -> tuple[Nodes, ...]:
    """The masks that a level's machine can have, none empty."""
    named = {_nodes(value) for value in masks(level, program).values()}
    present = set(range(len(level.machine.nodes))).union(*named)
    if len(present) <= _MOST_NODES:
        return _subsets(present)
    return tuple(sorted({*named, *(frozenset({node}) for node in present), frozenset(present)}, key=sorted))


def _subsets(nodes: Iterator[int] | Sequence[int] | set[int] | Nodes) -> tuple[Nodes, ...]:
    every = sorted(nodes)
    sizes = (combinations(every, count) for count in range(1, len(every) + 1))
    return tuple(map(frozenset, chain.from_iterable(sizes)))


def _nodes(text: str) -> Nodes:
    return parse_nodelist(text)


def _member(lvalue: str) -> str:
    return lvalue.rpartition(".")[2]


def _texts(new: Mapping[str, Nodes]) -> dict[str, str]:
    return {name: format_nodelist(nodes) for name, nodes in new.items()}


def _said(new: Mapping[str, Nodes]) -> str:
    return ", ".join(f"{name} = {text}" for name, text in _texts(new).items())
