# SPDX-License-Identifier: GPL-2.0-or-later
"""Packages that load their names late hold the names that a type checker reads in them, each in the module it says."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from tests.tui.program import ROOT

LAZY = [
    path.parent.relative_to(ROOT)
    for top in ("puzzles", "tui")
    for path in sorted((ROOT / top).rglob("__init__.py"))
    if "= loading(" in path.read_text("utf-8")
]


def checked(tree: ast.Module) -> set[tuple[str, str]]:
    """Modules and names that the package imports for the type checker alone."""
    imports = [node for test in tree.body if isinstance(test, ast.If) for node in test.body]
    return {
        (node.module or "", name.asname or "")
        for node in imports
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def loaded(tree: ast.Module, package: str) -> set[tuple[str, str]]:
    """Modules and names that the package loads when it is asked for them."""
    tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    table: dict[str, str] = ast.literal_eval(tables[0])
    return {(f"{package}.{module}", name) for module, names in table.items() for name in names.split()}


@pytest.mark.parametrize("folder", LAZY, ids=str)
def test_a_package_loads_what_it_says(folder: Path) -> None:
    package = ".".join(folder.parts)
    tree = ast.parse((ROOT / folder / "__init__.py").read_text("utf-8"))
    names = loaded(tree, package)
    assert names == checked(tree)
    for module, name in names:
        assert getattr(import_module(package), name) is getattr(import_module(module), name)


def test_there_are_such_packages() -> None:
    assert {"levels", "screens", "widgets"} <= {folder.name for folder in LAZY}


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match=r"'tui\.widgets' has no attribute 'Nothing'"):
        _ = import_module("tui.widgets").Nothing
