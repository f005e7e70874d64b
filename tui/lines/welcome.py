# SPDX-License-Identifier: GPL-2.0-or-later
"""The opening page, with a drawing of the machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content

from puzzles.levels import Level
from tui.lines.keys import key_of
from tui.lines.machine import EMPTY, FULL
from tui.lines.terms import marked
from tui.lines.text import MUTED, Hanging, fit, line
from tui.view.welcome import DISTANCES, GOAL, WHO, DrawnNode, drawn_nodes, first_keys, machine_heading

BOX, GAP, BAR = 36, 2, 10
MOST = 8
"""Nodes that are drawn; of more the number is told."""


def welcome_lines(level: Level, keymap: Mapping[str, str], width: int) -> list[Content | Hanging]:
    """Who one is, the machine of a level, what the goal is, and the first keys, at a width in cells."""
    keys = first_keys(level, key_of("back", keymap), key_of("help", keymap))
    texts = marked((*WHO, *GOAL))
    who, goal = texts[: len(WHO)], texts[len(WHO) :]
    return [
        *(part for text in who for part in (text, Content())),
        line((machine_heading(level), "bold")),
        *machine_lines(drawn_nodes(level), width),
        line((DISTANCES, MUTED)),
        Content(),
        *(part for text in goal for part in (text, Content())),
        Content("   ").join(line((key, "bold $text-primary"), f" {does}") for key, does in keys),
    ]


def machine_lines(nodes: Sequence[DrawnNode], width: int) -> Iterator[Content]:
    """A box for each node, side by side as far as there is room."""
    per_row = max((width + GAP) // (BOX + GAP), 1)
    drawn = nodes[:MOST]
    for start in range(0, len(drawn), per_row):
        boxes = [_box(node, min(BOX, width)) for node in drawn[start : start + per_row]]
        yield from (Content(" " * GAP).join(row) for row in zip(*boxes, strict=True))
    if len(nodes) > MOST:
        yield Content(f"and {len(nodes) - MOST} more nodes")


def _box(node: DrawnNode, width: int) -> list[Content]:
    inner = width - 4
    title = f" node {node.number} "
    free = f" {node.free} of {node.pages} pages free"
    bar_width = max(min(BAR, inner - len(free)), 0)
    filled = round(node.free * bar_width / max(node.pages, 1))
    bar = line((FULL * filled, "$success"), (EMPTY * (bar_width - filled), MUTED), free)
    rows = (Content(node.cpus), bar, Content(f"distances {node.distances}"))
    rule = "\u2500"
    return [
        Content(f"\u250c{rule}{title}{rule * (inner - len(title) + 1)}\u2510"),
        *(line("\u2502 ", fit(row, inner).pad_right(inner - min(row.cell_length, inner)), " \u2502") for row in rows),
        Content(f"\u2514{rule * (inner + 2)}\u2518"),
    ]
