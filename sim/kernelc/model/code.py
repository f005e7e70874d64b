# SPDX-License-Identifier: GPL-2.0-or-later
"""Instructions, as data. `sim.machine` executes them.

Slots are places in the frame of the running function; slot 0 holds the frame's own address. An instruction names the
slots that it reads and the ones it overwrites, so that words which nobody can read again are known.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import field

from sim.classes import define, frozen
from sim.kernelc.model.nodes import Variable
from sim.kernelc.model.source import Span
from sim.kernelc.model.types import Type
from sim.kernelc.model.values import Value
from sim.operations.kinds import OperationKind
from sim.operations.marks import MarkKind


@define(eq=False)
class Target:
    """Where a jump goes; `pc` is known once the code is complete."""

    pc: int = -1


@frozen(eq=False)
class Compute:
    """slot = value."""

    span: Span
    slot: int
    value: Value


@frozen(eq=False)
class Copy:
    """slot = another slot, whether it has a value or not: a word of a local struct."""

    span: Span
    slot: int
    source: int


@frozen(eq=False)
class Forget:
    """A declaration without initialiser: its words have no value from here on."""

    span: Span
    first: int
    count: int


@frozen(eq=False)
class Jump:
    """Go on at the target."""

    span: Span
    target: Target


@frozen(eq=False)
class Branch:
    """Go on at `then` if the value is not zero, else at `otherwise`."""

    span: Span
    value: Value
    then: Target
    otherwise: Target


@frozen(eq=False)
class Choose:
    """A switch: go on at the case of the value."""

    span: Span
    value: Value
    cases: dict[int, Target]
    otherwise: Target


@frozen(eq=False)
class Enter:
    """A label of the source was reached."""

    span: Span
    label: str


@frozen(eq=False)
class CallFunction:
    """Call a function: `arguments` are (slot in the new frame, value), `results` the slots for what it returns."""

    span: Span
    function: int
    arguments: tuple[tuple[int, Value], ...]
    results: tuple[int, ...]


@frozen(eq=False)
class Return:
    """Return these words; `pointers` are those that are addresses, `missing` says that the function owes a value."""

    span: Span
    values: tuple[Value, ...]
    pointers: tuple[int, ...] = ()
    missing: bool = False


@frozen(eq=False)
class MovePointer:
    """slot = pointer moved by a number of elements, inside its array of `element`s."""

    span: Span
    slot: int
    pointer: Value
    offset: Value
    stride: int
    element: str


@frozen(eq=False)
class Distance:
    """slot = the number of elements between two pointers into one array of `element`s."""

    span: Span
    slot: int
    left: Value
    right: Value
    stride: int
    element: str


@frozen(eq=False)
class ThreadConstant:
    """slot = `current` or `numa_node_id` of the running thread."""

    span: Span
    slot: int
    name: str


@frozen(eq=False)
class Mark:
    """allocation_begin and its kin; takes effect with the operation before it."""

    span: Span
    kind: MarkKind
    value: Value | None


@frozen(eq=False)
class Bug:
    """BUG_ON: the run ends if the value is not zero."""

    span: Span
    value: Value


@frozen(eq=False)
class Load:
    """slot = the word at an address. Visible if the object is shared and not const."""

    span: Span
    slot: int
    address: Value
    type: Type


@frozen(eq=False)
class Store:
    """The word at an address = value. Visible if the object is shared. `place` is where the text names the object."""

    span: Span
    address: Value
    value: Value
    type: Type
    place: Span


@frozen(eq=False)
class Exchange:
    """An atomic read and write of one word: cmpxchg with (old, new), or atomic_* without operands.

    `pointer` says that the word is an address.
    """

    span: Span
    kind: OperationKind
    slot: int
    address: Value
    operands: tuple[Value, ...]
    pointer: bool = False


@frozen(eq=False)
class LockOperation:
    """An operation on a lock word."""

    span: Span
    kind: OperationKind
    address: Value


@frozen(eq=False)
class Barrier:
    """smp_mb and its kin."""

    span: Span
    kind: OperationKind


@frozen(eq=False)
class OutOfMemory:
    """The OOM killer is called: the run ends."""

    span: Span


Private: TypeAlias = (
    Compute | Copy | Forget | Jump | Branch | Choose | Enter | CallFunction | Return
    | MovePointer | Distance | ThreadConstant | Mark | Bug
)  # fmt: skip
Access: TypeAlias = Load | Store | Exchange | LockOperation | Barrier | OutOfMemory
Instruction: TypeAlias = Private | Access


@define(eq=False)
class Function:
    """A function: its code, its frame, and what a debugger wants to know of it.

    `parameters` and `variables` are the named locals; `pointers` the slots that hold addresses; `arrays` maps
    (slot, element type) of every element of a local array, and the place past its end, to the array's first slot and
    the slot past its end; `live[pc]` are the slots that can be read again when the function rests before `pc`.
    """

    index: int
    name: str
    returns: Type
    span: Span
    end: Span
    parameters: tuple[Variable, ...] = ()
    variables: tuple[Variable, ...] = ()
    code: tuple[Instruction, ...] = ()
    frame_size: int = 1
    pointers: tuple[int, ...] = ()
    arrays: dict[tuple[int, str], tuple[int, int]] = field(factory=dict)
    live: tuple[tuple[int, ...], ...] = ()
    lends_locals: bool = False
