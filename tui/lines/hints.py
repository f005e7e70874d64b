# SPDX-License-Identifier: GPL-2.0-or-later
"""The line at the foot of a screen: keys, and what they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from textual.content import Content

from tui.lines.text import MUTED, flow, line


@frozen
class Hint:
    """An entry of the foot line: its keys, what they do, the action of a click, and its rank (0 stays longest)."""

    keys: str
    does: str
    action: str = ""
    rank: int = 1


def key_line(hints: Iterable[Hint], width: int) -> Content:
    """As many hints as fit, in their order; those of the highest rank give way first."""
    kept = list(hints)
    while kept and _length(kept) > width:
        worst = max(hint.rank for hint in kept)
        kept.remove([hint for hint in kept if hint.rank == worst][-1])
    return line(" ", Content("  ").join(_entry(hint) for hint in kept))


def key_lines(hints: Iterable[Hint], width: int) -> list[Content]:
    """All hints, on as many lines as they need."""
    return [line(" ", row) for row in flow(map(_entry, hints), width - 1, "  ")]


def _length(hints: Sequence[Hint]) -> int:
    return sum(len(hint.keys) + len(hint.does) + 3 for hint in hints)


def _entry(hint: Hint) -> Content:
    text = line((hint.keys, "bold $text-primary"), (f" {hint.does}", MUTED))
    return Content.from_markup(f"[@click={hint.action}]$text[/]", text=text) if hint.action else text
