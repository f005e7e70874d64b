# SPDX-License-Identifier: GPL-2.0-or-later
"""A class name has one meaning in the whole code: two modules never give theirs the same."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXTS = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for package in ("sim", "puzzles", "tui")
    for path in sorted((ROOT / package).rglob("*.py"))
}


def classes(text: str) -> Iterator[str]:
    """The classes and type aliases that a module defines; what stands inside of a class goes by both names."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
            yield ast.unparse(node.target)


def shared(texts: dict[str, str]) -> dict[str, list[str]]:
    """Names of classes that more than one of these modules defines."""
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for module, text in texts.items():
        for name in classes(text):
            modules[name].append(module)
    return {name: places for name, places in modules.items() if len(places) > 1}


def test_no_two_modules_have_a_class_of_one_name() -> None:
    assert shared(TEXTS) == {}


def test_one_that_two_modules_have_is_named() -> None:
    other = {**TEXTS, "tui/other.py": "class Session: ...\nNodes: TypeAlias = int\n"}
    assert shared(other) == {"Session": ["sim/debugger/session.py", "tui/other.py"]}
