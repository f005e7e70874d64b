# SPDX-License-Identifier: GPL-2.0-or-later
"""A setting as TOML, to be pasted into the level.toml whose setting it changes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from attrs import fields

from puzzles.levels import Level
from sim import Limit, Thread
from sim.numa import Node

_THREAD_KEYS = ("name", "letter", "cpu", "current", "run", "exhausted")


def toml_text(level: Level, before: Level) -> str:
    """The keys and tables of a level that are not as in another one, each whole; "" where there is none."""
    return "\n\n".join("\n".join(table) for table in _tables(level, before))


def _tables(level: Level, before: Level) -> Iterator[list[str]]:
    if level.memory != before.memory:
        yield [f"memory = {_text(level.memory)}"]
    if level.machine != before.machine:
        yield [
            "[machine]",
            "nodes = [",
            *(f"    {_node(node)}," for node in level.machine.nodes),
            "]",
            *_distance(level),
        ]
    if dict(level.boot) != dict(before.boot):
        yield ["[boot]", *(f"{_text(lvalue)} = {_value(value)}" for lvalue, value in level.boot.items())]
    if _threads(level) != _threads(before):
        yield from _threads(level)
    if level.limits != before.limits:
        yield from map(_limit, level.limits) if level.limits else (["# without [[limit]]"],)


def _node(node: Node) -> str:
    more = f", reclaimable = {node.reclaimable}" if node.reclaimable else ""
    return f"{{ pages = {node.pages}, free = {node.free}, cpus = {list(node.cpus)}{more} }}"


def _distance(level: Level) -> list[str]:
    return [f"distance = {[list(row) for row in level.machine.distance]}"] if level.machine.distance else []


def _threads(level: Level) -> list[list[str]]:
    return [["[[thread]]", *_thread(thread)] for thread in level.threads]


def _thread(thread: Thread) -> Iterator[str]:
    for key in _THREAD_KEYS:
        value = getattr(thread, key)
        if value != "":
            yield f"{key} = {_value(value)}"


def _limit(limit: Limit) -> list[str]:
    keys = [attribute.name for attribute in fields(Limit)]
    return ["[[limit]]", *(f"{key} = {_text(getattr(limit, key))}" for key in keys if getattr(limit, key))]


def _value(value: int | str) -> str:
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
