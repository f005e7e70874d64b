# SPDX-License-Identifier: GPL-2.0-or-later
"""What each thread of a level does in it, by what the level says of it. The colours of threads follow from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import cycle
from typing import Final, Protocol


class RunningThread(Protocol):
    """A thread of a machine, or of a listed level."""

    @property
    def letter(self) -> str:
        """Its letter."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def run(self) -> str:
        """The call that it runs."""

    @property
    def exhausted(self) -> str:
        """The call that says whether its nodes are exhausted; "" where there is none."""


class Role(Enum):
    """What a thread does: it allocates, it rebinds, or it is one more beside these two."""

    ALLOCATOR = "allocator"
    REBINDER = "rebinder"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"


_ALLOCATOR, _REBINDER = "allocator", "rebind"
_FURTHER: Final = (Role.THIRD, Role.FOURTH, Role.FIFTH)


def roles(threads: Sequence[RunningThread]) -> Mapping[str, Role]:
    """The roles of a level's threads by letter, in the order of the level, which decides nothing.

    The allocator is who is named so. Else it is, R and who is named rebind aside, the first letter of those that say
    when their nodes are exhausted, or of all. The rebinder is who is named rebind, else R, else the first letter of
    those that say no such thing and call another function than the allocator. Further threads follow by letter.
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


def _allocator(by_letter: Sequence[RunningThread]) -> RunningThread | None:
    named = [thread for thread in by_letter if thread.name == _ALLOCATOR]
    others = [thread for thread in by_letter if thread.letter != "R" and thread.name != _REBINDER]
    exhausted = [thread for thread in others if thread.exhausted]
    return next(iter(named or exhausted or others), None)


def _rebinder(by_letter: Sequence[RunningThread], allocator: RunningThread | None) -> RunningThread | None:
    others = [thread for thread in by_letter if thread is not allocator]
    named = [thread for thread in others if thread.name == _REBINDER]
    called_r = [thread for thread in others if thread.letter == "R"]
    unlike = [thread for thread in others if allocator is not None and not _is_alike(thread, allocator)]
    return next(iter(named or called_r or unlike), None)


def _is_alike(thread: RunningThread, allocator: RunningThread) -> bool:
    """Whether a thread is one more allocator."""
    return bool(thread.exhausted) or _function(thread) == _function(allocator)


def _function(thread: RunningThread) -> str:
    return thread.run.partition("(")[0].strip()
