# SPDX-License-Identifier: GPL-2.0-or-later
"""Which functions have the same text in several kernels: python -m tests.puzzles.kernel_functions writes that down.

Kernels of neighbouring versions share most of their code, as copies. The stored groups say which copies are equal.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from sim.kernelc.meaning.intrinsics import LOCK_TYPES
from sim.kernelc.syntax.syntax import parse
from sim.kernelc.syntax.tree import SyntaxNode
from sim.kernelc.text.preprocess import preprocess
from sim.kernelc.text.tokens import TOKEN

PUZZLES: Final = Path(__file__).parents[2] / "puzzles"
STORED: Final = Path(__file__).parents[1] / "data" / "kernel-functions.toml"
HEAD: Final = """\
# SPDX-License-Identifier: GPL-2.0-or-later
# Functions that stand in several kernels. Those of one row are equal, token by token, and stay so: a change of one is a
# change of all, or a row of its own. Why rows differ is told in docs/kernel-history.md and in the kernels' first lines.
# Written by: python -m tests.puzzles.kernel_functions

"""

Groups: TypeAlias = dict[str, list[list[str]]]
"""Function -> the kernels that have it, those with the same text together."""


def kernels() -> dict[str, str]:
    """The texts of all kernels by file name."""
    return {path.name: path.read_text("utf-8") for path in sorted((PUZZLES / "kernels").glob("*.c"))}


@lru_cache(maxsize=1)
def headers() -> dict[str, str]:
    """The texts of all headers by file name."""
    return {path.name: path.read_text("utf-8") for path in (PUZZLES / "include").glob("*.h")}


def groups(texts: Mapping[str, str]) -> Groups:
    """The functions that more than one of these kernels has, by what they are made of."""
    alike: defaultdict[str, defaultdict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for kernel, text in texts.items():
        for function, tokens in functions(kernel, text):
            alike[function][tokens].append(kernel)
    found = {function: sorted(rows.values()) for function, rows in sorted(alike.items())}
    return {function: rows for function, rows in found.items() if sum(map(len, rows)) > 1}


@lru_cache(maxsize=64)
def functions(kernel: str, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The functions that a kernel file defines itself: name and tokens, comments and layout left out."""
    names, definitions = dict.fromkeys(LOCK_TYPES, True), []
    for chunk in preprocess(text, headers(), kernel).chunks:
        root = parse(chunk.code, names).root
        if chunk.file.name == kernel:
            definitions += [node for node in root.children if node.type == "function_definition"]
    return [(_name(node), tuple(TOKEN.findall(node.text))) for node in definitions]


def _name(node: SyntaxNode) -> str:
    declarator = node.child_by_field_name("declarator")
    return _name(declarator) if declarator is not None else node.text


def stored() -> Groups:
    """The groups as they are to stay."""
    return {
        function: [row.split() for row in rows] for function, rows in tomllib.loads(STORED.read_text("utf-8")).items()
    }


def differences(old: Groups, new: Groups) -> Iterator[str]:
    """What has changed since the groups were stored, with file and function."""
    for function in sorted({*old, *new}):
        rows = new.get(function, [])
        broken = [row for row in old.get(function, []) if not any({*row} <= {*now} for now in rows)]
        for row in broken:
            most = max(({*row}.intersection(now) for now in rows), key=len, default=set())
            others = " and ".join(kernel for kernel in row if kernel in most) or "the other copies"
            for kernel in row:
                if kernel not in most:
                    yield f"{kernel}: {function} is no longer equal to that of {others}"
        if not broken and rows != old.get(function, []):
            yield f"{function}: has other copies than before: {' / '.join(map(' '.join, rows)) or 'none'}"


def main() -> None:
    """Write the groups as they are now."""
    text = HEAD
    for function, rows in groups(kernels()).items():
        text += f"{function} = [\n" + "".join(f'    "{" ".join(row)}",\n' for row in rows) + "]\n"
    STORED.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
