# SPDX-License-Identifier: GPL-2.0-or-later
"""Words that Linux has renamed: the same word in the kernels of other eras."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

_RENAMED: Final = (("mmap_sem", "mmap_lock"),)
"""Members before and after; docs/kernel-history.md says in section 11 when, and by which commit."""


def name_among(name: str, names: Collection[str]) -> str:
    """A word such as mm.mmap_sem as it is called among the names of a machine; as it is where none of them is it."""
    if name in names:
        return name
    for pair in (*_RENAMED, *((after, before) for before, after in _RENAMED)):
        other = ".".join(pair[1] if part == pair[0] else part for part in name.split("."))
        if other in names:
            return other
    return name
