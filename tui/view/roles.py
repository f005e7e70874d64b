# SPDX-License-Identifier: GPL-2.0-or-later
"""What each thread of a level does in it, by what the level says of it. The colours of threads follow from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import cycle
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim import Thread


class Role(Enum):
    """What a thread does: it allocates, it rebinds, or it is one more beside these two."""

    ALLOCATOR = "allocator"
    REBINDER = "rebinder"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"


_FURTHER: Final = (Role.THIRD, Role.FOURTH, Role.FIFTH)


def roles(threads: Sequence[Thread]) -> Mapping[str, Role]:
    """The roles of a level's threads by letter, in the order of the level, which decides nothing.

    The allocator is a thread that says when its nodes are exhausted: A before other letters, R last. Where none says
    so, it is the first letter other than R. The rebinder is R; where R allocates or is not there, it is the first
    letter that says no such thing and calls another function than the allocator. Further threads follow by letter.
    """
    by_letter = sorted(threads, key=lambda thread: thread.letter)
    allocator = _allocator(by_letter)
    rebinder = _rebinder(by_letter, allocator)
    further = cycle(_FURTHER)
    role_of = {
        thread.letter: Role.ALLOCATOR if thread is allocator else Role.REBINDER if thread is rebinder else next(further)
        for thread in by_letter
    }
    return {thread.letter: role_of[thread.letter] for thread in threads}


def _allocator(by_letter: Sequence[Thread]) -> Thread | None:
    exhausted = [thread for thread in by_letter if thread.exhausted]
    others = [thread for thread in by_letter if thread.letter != "R"]
    return next(iter(exhausted or others), None)


def _rebinder(by_letter: Sequence[Thread], allocator: Thread | None) -> Thread | None:
    others = [thread for thread in by_letter if thread is not allocator]
    called_r = [thread for thread in others if thread.letter == "R"]
    of_another_kind = [
        thread
        for thread in others
        if allocator is not None and not thread.exhausted and _function(thread) != _function(allocator)
    ]
    return next(iter(called_r or of_another_kind), None)


def _function(thread: Thread) -> str:
    return thread.run.partition("(")[0].strip()
