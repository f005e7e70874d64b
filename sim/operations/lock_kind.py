# SPDX-License-Identifier: GPL-2.0-or-later
"""What a kind of lock is: a type of C, and operations on its word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import field

from sim.classes import frozen
from sim.operations.kinds import OperationKind


def always(_word: int, _thread: int) -> bool:
    """An operation that waits for nobody."""
    return True


@frozen(eq=False)
class Transition:
    """What an operation of a thread does to a lock's word: whether it can be done now, and the word after it.

    What would be a mistake can be done, and `apply` raises Misuse. `otherwise` is the operation that follows where this
    one did not get the lock.
    """

    kind: OperationKind
    apply: Callable[[int, int], int]
    can: Callable[[int, int], bool] = always
    otherwise: Transition | None = None

    def chain(self) -> Iterator[Transition]:
        """This one, and those that follow it."""
        transition: Transition | None = self
        while transition is not None:
            yield transition
            transition = transition.otherwise


@frozen(eq=False)
class LockKind:
    """A kind of lock: how C spells its type, "struct TAG" or the name of a typedef, and the operations on it."""

    spelling: str
    transitions: tuple[Transition, ...] = field(repr=False)

    @property
    def tag(self) -> str:
        """The tag of the struct; "" where a typedef names it."""
        return self.spelling.partition("struct ")[2]
