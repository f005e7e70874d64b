# SPDX-License-Identifier: GPL-2.0-or-later
"""Packages whose modules are loaded when one of their names is first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def loading(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Make the `__getattr__` of a package, which holds in each of `modules` the names that stand behind it.

    Raises ValueError where a name is that of a module: the module would stand in its place once it is imported.
    """
    homes = {name: module for module, names in modules.items() for name in names.split()}
    if twice := homes.keys() & modules.keys():
        raise ValueError(f"{package}: both a module and a name: {', '.join(sorted(twice))}")

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
