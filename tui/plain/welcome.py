# SPDX-License-Identifier: GPL-2.0-or-later
"""The opening page in lines: nothing in it is a drawing."""

from __future__ import annotations

from collections.abc import Iterator

from puzzles.glossary import game_glossary
from puzzles.levels import Level
from tui.view.terms import terms_of, words_line
from tui.view.welcome import DISTANCES, GOAL, WHO, drawn_nodes, first_keys, machine_heading


def welcome_lines(level: Level) -> Iterator[str]:
    """Who one is, the machine of a level, what the goal is, and what to type first."""
    yield from WHO
    yield f"{machine_heading(level)}:"
    for node in drawn_nodes(level):
        memory = f"{node.free} of {node.pages} pages free"
        yield f"  node {node.number}: {node.cpus}; {memory}; distances {node.distances}"
    yield DISTANCES
    yield from GOAL
    yield from words_line(terms_of((*WHO, *GOAL), game_glossary()))
    yield "; ".join(f"{key}: {does}" for key, does in first_keys(level, "u", "help"))
