# SPDX-License-Identifier: GPL-2.0-or-later
"""The hash by which a replay knows its level again."""

from __future__ import annotations

import json
from hashlib import sha256

from attrs import asdict

from puzzles.levels.build import compile_source
from puzzles.levels.era import zonelist_rule
from puzzles.levels.model import Level
from sim.numa import LATEST, node_orders

_THREAD_KEYS = ("letter", "cpu", "current", "run", "exhausted")


def level_hash(level: Level) -> str:
    """Hash all that decides how a level plays, as "sha256:" and 64 hex digits.

    That is the kernel's tokens after preprocessing, boot values, nodes and distances, threads in order,
    limits, rules, goal, allowed pages and memory model. Names, texts, comments and layout do not count, nor does any
    compiled form; nor what is asked of the player, which changes no run. Raises LevelError for a kernel that does not
    compile.
    """
    said = {
        "kernel": compile_source(level, level.source).tokens,
        "boot": {lvalue: str(value) for lvalue, value in level.boot.items()},
        "nodes": [asdict(node) for node in level.machine.nodes],
        "distance": level.machine.matrix,
        "threads": [{key: getattr(thread, key) for key in _THREAD_KEYS} for thread in level.threads],
        "limits": [asdict(limit) for limit in level.limits],
        "goal": [level.goal.outcome.value, level.goal.condition, *(["safe"] if level.goal.safe else [])],
        "allowed": level.allowed,
        "memory": level.memory,
    }
    if level.rules:
        said["rules"] = asdict(level.rules)
    if (orders := node_orders(level.machine, zonelist_rule(level))) != node_orders(level.machine, LATEST):
        said["orders"] = orders
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return f"sha256:{sha256(text.encode()).hexdigest()}"
