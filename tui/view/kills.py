# SPDX-License-Identifier: GPL-2.0-or-later
"""Why an OOM kill is premature or genuine, in words and with the figures that decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from puzzles.glossary import game_glossary
from puzzles.oomlog import Instants, deciding_instants
from puzzles.zones import NodeMemory
from sim import Machine, Outcome
from sim.debugger import Moment

MOST: Final = 2
"""Stretches of an allocation that are told; of more the first and the last ones."""


def kill_word(end: Moment) -> str:
    """The word of the glossary for the kill with which a run has ended; "" where it ended otherwise."""
    match end.outcome:
        case Outcome.OOM_PREMATURE:
            return "premature"
        case Outcome.OOM_GENUINE:
            return "genuine"
        case _:
            return ""


def kill_definition(end: Moment) -> str:
    """What that word means: the glossary has the one definition."""
    word = kill_word(end)
    return game_glossary().term(word).what if word else ""


def kill_texts(machine: Machine, end: Moment) -> Iterator[str]:
    """What decided about a kill: a sentence, then the nodes with their figures; nothing where there was none."""
    instants = deciding_instants(machine, end)
    if not instants:
        return
    if end.outcome is Outcome.OOM_GENUINE:
        yield f"the machine noted {_after(instants[0])} that all its nodes were exhausted: that is its ghost bit"
        yield _nodes_text(instants[0].nodes)
        return
    yield from span_texts(instants)


def span_texts(instants: Sequence[Instants]) -> Iterator[str]:
    """Stretches with the nodes that had memory."""
    left_out = len(instants) - MOST
    for place, span in enumerate(instants):
        if left_out <= 1 or place < MOST // 2 or place >= len(instants) - MOST // 2:
            yield f"{_after(span)}: {_nodes_text([node for node in span.nodes if not node.exhausted])}"
        elif place == MOST // 2:
            between = instants[place : place + left_out]
            steps = f"steps {between[0].first} to {between[-1].last}"
            yield f"after {steps}: the nodes allowed, or their pages, changed {left_out} times; one always had memory"


def _after(span: Instants) -> str:
    if span.last == span.first:
        return f"after step {span.first}"
    return f"after steps {span.first} to {span.last}"


def _nodes_text(nodes: Sequence[NodeMemory]) -> str:
    return "; ".join(map(_node_text, nodes))


def _node_text(node: NodeMemory) -> str:
    rest = f", {node.reclaimable} to reclaim" if node.reclaimable else ", nothing to reclaim" if node.exhausted else ""
    return f"node {node.number} with {node.free} pages free, min {node.min}{rest}"
