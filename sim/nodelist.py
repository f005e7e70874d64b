# SPDX-License-Identifier: GPL-2.0-or-later
"""Node masks in the kernel's list format: "0-1,3"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

BITS_PER_WORD = 64
MAX_NODES = 1024
_MOST_DIGITS = 12


def parse_nodelist(text: str) -> frozenset[int]:
    """The nodes of a list such as "0-1,3"; "" is no node. Raises ValueError."""
    nodes: set[int] = set()
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        first, dash, last = part.partition("-")
        if not _is_number(first) or (dash and not _is_number(last)):
            raise ValueError(f"{part!r} is not a node or a range of nodes")
        low, high = _number(first), _number(last if dash else first)
        if not low <= high < MAX_NODES:
            raise ValueError(f"{part!r} is not within 0 to {MAX_NODES - 1}, ascending")
        nodes.update(range(low, high + 1))
    return frozenset(nodes)


def _number(digits: str) -> int:
    return int(digits.lstrip("0")[:6] or "0")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def format_nodelist(nodes: Iterable[int], shortest: int = 2) -> str:
    """The list of some nodes, `shortest` and more in a row as a range: "0-1,3"."""
    runs: list[list[int]] = []
    for node in sorted(nodes):
        if runs and runs[-1][1] == node - 1:
            runs[-1][1] = node
        else:
            runs.append([node, node])
    return ",".join(
        f"{low}-{high}" if high - low + 1 >= shortest else ",".join(map(str, range(low, high + 1)))
        for low, high in runs
    )


def mask_words(nodes: Iterable[int], count: int) -> tuple[int, ...]:
    """The words of a mask of `count` unsigned longs. Raises ValueError for a node beyond them."""
    words = [0] * count
    for node in nodes:
        if node >= count * BITS_PER_WORD:
            raise ValueError(f"node {node} does not fit into a mask of {count * BITS_PER_WORD} bits")
        words[node // BITS_PER_WORD] |= 1 << node % BITS_PER_WORD
    return tuple(words)


def mask_nodes(words: Sequence[int], first: int = 0) -> frozenset[int]:
    """The nodes of a mask, or of part of one that begins at word `first`."""
    return frozenset(
        (first + place) * BITS_PER_WORD + bit
        for place, word in enumerate(words)
        for bit in range(BITS_PER_WORD)
        if word >> bit & 1
    )
