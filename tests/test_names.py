# SPDX-License-Identifier: GPL-2.0-or-later
"""Names as CONTRIBUTING asks for them: a class name has one meaning, and a variable is not called for what happened."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

VAGUE = frozenset(("found", "here", "known", "one", "told"))
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


def vague(text: str) -> Iterator[str]:
    """Variables and arguments of a module whose name does not say what they are: name and line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in VAGUE:
            yield f"{node.lineno}: {node.id}"
        elif isinstance(node, ast.arg) and node.arg in VAGUE:
            yield f"{node.lineno}: {node.arg}"


def test_no_variable_has_a_name_that_says_nothing() -> None:
    assert [f"{module}:{name}" for module, text in TEXTS.items() for name in vague(text)] == []


def test_a_name_that_says_nothing_is_told_with_its_line() -> None:
    text = "def f(known):\n    found = [one for one in known]\n    return found"
    assert sorted(vague(text)) == ["1: known", "2: found", "2: one"]
