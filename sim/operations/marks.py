# SPDX-License-Identifier: GPL-2.0-or-later
"""Marks: what a model says of itself, in no step of its own."""

from __future__ import annotations

from enum import Enum


class MarkKind(Enum):
    """A mark of the source; `value` is the intrinsic that sets it.

    `ordered` ones say what others may see: behind a store in a buffer they wait until it is seen.
    """

    ALLOCATION_BEGIN = "allocation_begin"
    ALLOCATION_FAILED = "allocation_failed"
    PAGE_ALLOCATED = "page_allocated"
    REBIND_BEGIN = "rebind_begin"
    REBIND_END = "rebind_end"

    @property
    def ordered(self) -> bool:
        """Whether it waits behind the stores before it."""
        return self in (MarkKind.REBIND_BEGIN, MarkKind.REBIND_END)

    # Enum's own is a function of Python, which is slow in the keys of states.
    __hash__ = object.__hash__
