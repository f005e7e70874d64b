# SPDX-License-Identifier: GPL-2.0-or-later
"""Which slots can still be read when a function rests before an instruction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.kernelc.model.code import (
    Branch,
    Bug,
    CallFunction,
    Choose,
    Compute,
    Copy,
    Distance,
    Exchange,
    Forget,
    Instruction,
    Jump,
    Load,
    LockOperation,
    Mark,
    MovePointer,
    OutOfMemory,
    Return,
    Store,
    ThreadConstant,
)
from sim.kernelc.model.values import Value


def reads(instruction: Instruction) -> frozenset[int]:
    """The slots that an instruction reads."""
    match instruction:
        case Compute() | Branch() | Choose() | Bug():
            return instruction.value.reads
        case Copy():
            return frozenset((instruction.source,))
        case CallFunction():
            return _all(value for _, value in instruction.arguments)
        case Return():
            return _all(instruction.values)
        case MovePointer():
            return instruction.pointer.reads | instruction.offset.reads
        case Distance():
            return instruction.left.reads | instruction.right.reads
        case Mark():
            return instruction.value.reads if instruction.value else frozenset()
        case Load() | LockOperation():
            return instruction.address.reads
        case Store():
            return instruction.address.reads | instruction.value.reads
        case Exchange():
            return instruction.address.reads | _all(instruction.operands)
        case _:
            return frozenset()


def _all(values: Iterable[Value]) -> frozenset[int]:
    return frozenset().union(*(value.reads for value in values))


def writes(instruction: Instruction) -> frozenset[int]:
    """The slots that an instruction overwrites."""
    match instruction:
        case Compute() | Copy() | MovePointer() | Distance() | ThreadConstant() | Load() | Exchange():
            return frozenset((instruction.slot,))
        case CallFunction():
            return frozenset(instruction.results)
        case Forget():
            return frozenset(range(instruction.first, instruction.first + instruction.count))
        case _:
            return frozenset()


def followers(instruction: Instruction, pc: int) -> tuple[int, ...]:
    """Where execution may go from an instruction."""
    match instruction:
        case Jump():
            return (instruction.target.pc,)
        case Branch():
            return (instruction.then.pc, instruction.otherwise.pc)
        case Choose():
            return (instruction.otherwise.pc, *(target.pc for target in instruction.cases.values()))
        case Return() | OutOfMemory():
            return ()
        case _:
            return (pc + 1,)


def live_slots(code: Sequence[Instruction], always: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    """For each instruction the slots that may be read from there on, ascending; `always` are counted everywhere.

    For a call, the slots that may be read once it has returned. The usual backward data flow to a fixed point.
    """
    count = len(code)
    used = [reads(instruction) for instruction in code]
    overwritten = [writes(instruction) for instruction in code]
    after = [followers(instruction, pc) for pc, instruction in enumerate(code)]
    before: list[list[int]] = [[] for _ in range(count)]
    for pc, targets in enumerate(after):
        for target in targets:
            before[target].append(pc)
    live: list[frozenset[int]] = used.copy()
    waiting = list(range(count))
    queued = [True] * count
    while waiting:
        pc = waiting.pop()
        queued[pc] = False
        reached = used[pc].union(*(live[target] for target in after[pc])) - (overwritten[pc] - used[pc])
        if reached != live[pc]:
            live[pc] = reached
            for earlier in before[pc]:
                if not queued[earlier]:
                    queued[earlier] = True
                    waiting.append(earlier)
    pinned = frozenset(always)
    for pc, instruction in enumerate(code):
        if isinstance(instruction, CallFunction):
            live[pc] = live[pc + 1] - frozenset(instruction.results)
    return tuple(tuple(sorted(slots | pinned)) for slots in live)
