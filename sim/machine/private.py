# SPDX-License-Identifier: GPL-2.0-or-later
"""Private work: what a thread does between two visible operations, free and unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim.kernelc.model.code import (
    Access,
    Barrier,
    Branch,
    Bug,
    CallFunction,
    Choose,
    Compute,
    Copy,
    Distance,
    Enter,
    Exchange,
    Forget,
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
from sim.kernelc.model.values import Fault
from sim.machine.exchange import exchange
from sim.machine.run import Bugged, NotPure, Run
from sim.machine.state import STACK, Effect, Frame, Operation
from sim.operations.kinds import OperationKind

MAX_PRIVATE_INSTRUCTIONS = 200_000
_BETWEEN = 1000
_READ, _WRITE = OperationKind.READ, OperationKind.WRITE  # a member is found slowly by its class


def work(run: Run) -> None:
    """Go on until the thread rests before a visible operation or its top function returns.

    Raises Fault, also for a loop that never comes to a visible operation; Bugged; NotPure where accesses are served
    at once and one would change something.
    """
    for _ in range(MAX_PRIVATE_INSTRUCTIONS // _BETWEEN):
        for _ in range(_BETWEEN):
            instruction = run.function.code[run.pc]
            if _DO[type(instruction)](run, instruction):
                return
        if run.spend is not None:
            run.spend(_BETWEEN)
    where = run.function.code[run.pc].span
    raise Fault(where, f"an endless loop in {run.function.name}: it never reaches a visible operation")


def _compute(run: Run, instruction: Compute) -> bool:
    run.words[instruction.slot] = instruction.value.evaluate(run.words)
    run.pc += 1
    return False


def _copy(run: Run, instruction: Copy) -> bool:
    run.words[instruction.slot] = run.words[instruction.source]
    run.pc += 1
    return False


def _forget(run: Run, instruction: Forget) -> bool:
    run.words[instruction.first : instruction.first + instruction.count] = [None] * instruction.count
    run.pc += 1
    return False


def _jump(run: Run, instruction: Jump) -> bool:
    run.pc = instruction.target.pc
    return False


def _branch(run: Run, instruction: Branch) -> bool:
    run.pc = instruction.then.pc if instruction.value.evaluate(run.words) else instruction.otherwise.pc
    return False


def _choose(run: Run, instruction: Choose) -> bool:
    run.pc = instruction.cases.get(instruction.value.evaluate(run.words), instruction.otherwise).pc
    return False


def _enter(run: Run, instruction: Enter) -> bool:
    run.pass_place(instruction.label)
    run.pc += 1
    return False


def _call(run: Run, instruction: CallFunction) -> bool:
    arguments = tuple([(slot, value.evaluate(run.words)) for slot, value in instruction.arguments])
    run.below.append(Frame(run.function.index, run.pc, tuple(run.words)))
    run.enter(run.program.functions[instruction.function], arguments)
    return False


def _return(run: Run, instruction: Return) -> bool:
    if instruction.missing and (len(run.below) > run.alone or run.memory is not None):
        raise Fault(instruction.span, f"{run.function.name} ends without returning a value")
    values = [value.evaluate(run.words) for value in instruction.values]
    if run.function.lends_locals:
        _refuse_outliving(run, instruction, values)
    if len(run.below) == run.alone:
        run.finished = True
        run.fewest = 0
        run.returned = tuple(values)
        return True
    frame = run.below.pop()
    run.fewest = min(run.fewest, len(run.below) + 1)
    run.function = run.program.functions[frame.function]
    run.words = list(frame.words)
    call = run.function.code[frame.pc]
    assert isinstance(call, CallFunction)
    for slot, word in zip(call.results, values, strict=False):
        run.words[slot] = word
    run.pc = frame.pc + 1
    return False


def _refuse_outliving(run: Run, instruction: Return, values: Sequence[int]) -> None:
    base = run.base
    escaped = any(values[place] >= base for place in instruction.pointers)
    for frame in run.below:
        pointers = run.program.functions[frame.function].pointers
        escaped = escaped or any((frame.words[slot] or 0) >= base for slot in pointers)
    if escaped:
        raise Fault(instruction.span, f"a pointer to a local of {run.function.name} outlives its function")


def _move(run: Run, instruction: MovePointer) -> bool:
    pointer, offset = instruction.pointer.evaluate(run.words), instruction.offset.evaluate(run.words)
    moved = pointer + offset * instruction.stride
    if offset:
        first, past = run.bounds(pointer, instruction.element, instruction.span) if pointer else (0, 0)
        if not first <= moved <= past or not pointer:
            raise Fault(instruction.span, "a pointer leaves its array" if pointer else "arithmetic on a null pointer")
    run.words[instruction.slot] = moved
    run.pc += 1
    return False


def _distance(run: Run, instruction: Distance) -> bool:
    left, right = instruction.left.evaluate(run.words), instruction.right.evaluate(run.words)
    if run.bounds(left, instruction.element, instruction.span) != run.bounds(
        right, instruction.element, instruction.span
    ):
        raise Fault(instruction.span, "a distance between pointers into different arrays")
    run.words[instruction.slot] = (left - right) // instruction.stride
    run.pc += 1
    return False


def _thread_constant(run: Run, instruction: ThreadConstant) -> bool:
    run.words[instruction.slot] = run.thread.current if instruction.name == "current" else run.thread.node
    run.pc += 1
    return False


def _mark(run: Run, instruction: Mark) -> bool:
    _refuse_effect(run)
    run.effects.append(
        Effect(instruction.kind, instruction.value.evaluate(run.words) if instruction.value else None, instruction.span)
    )
    run.pc += 1
    return False


def _bug(run: Run, instruction: Bug) -> bool:
    if instruction.value.evaluate(run.words):
        raise Bugged(instruction.span)
    run.pc += 1
    return False


def _refuse_effect(run: Run) -> None:
    if run.memory is not None:
        raise NotPure


def _load(run: Run, instruction: Load) -> bool:
    address = instruction.address.evaluate(run.words)
    if address >= STACK:
        word = run.local(address, instruction.span)
    else:
        constant = run.image.constants[address]
        if constant is not None:
            word = constant
        elif run.memory is not None:
            if run.image.index[address] < 0:
                raise Fault(
                    instruction.span,
                    "access through a null pointer" if address == 0 else "access outside of any object",
                )
            word = run.memory[run.image.index[address]]
        else:
            return _rest(run, instruction, _READ, address, ())
    run.words[instruction.slot] = word
    run.pc += 1
    return False


def _store(run: Run, instruction: Store) -> bool:
    address, value = instruction.address.evaluate(run.words), instruction.value.evaluate(run.words)
    if address < STACK:
        return _rest(run, instruction, _WRITE, address, (value,))
    run.set_local(address, value, instruction.span)
    run.pc += 1
    return False


def _exchange(run: Run, instruction: Exchange) -> bool:
    address = instruction.address.evaluate(run.words)
    operands = tuple(operand.evaluate(run.words) for operand in instruction.operands)
    if address < STACK:
        return _rest(run, instruction, instruction.kind, address, operands)
    run.words[instruction.slot], new = exchange(instruction.kind, run.local(address, instruction.span), operands)
    if new is not None:
        run.set_local(address, new, instruction.span)
    run.pc += 1
    return False


def _lock_operation(run: Run, instruction: LockOperation) -> bool:
    return _rest(run, instruction, instruction.kind, instruction.address.evaluate(run.words), ())


def _barrier(run: Run, instruction: Barrier) -> bool:
    return _rest(run, instruction, instruction.kind, -1, ())


def _out_of_memory(run: Run, instruction: OutOfMemory) -> bool:
    return _rest(run, instruction, OperationKind.OUT_OF_MEMORY, -1, ())


def _rest(run: Run, instruction: Access, kind: OperationKind, address: int, operands: tuple[int, ...]) -> bool:
    _refuse_effect(run)
    if address >= STACK:
        raise Fault(instruction.span, f"{kind} on a local")
    index = run.image.index[address] if address >= 0 else -1
    if address >= 0 and index < 0:
        kind = OperationKind.WILD
    run.pending = Operation(kind, max(address, 0), index, operands, instruction)
    return True


_DO: dict[type, Callable[[Run, Any], bool]] = {
    Compute: _compute, Copy: _copy, Forget: _forget, Jump: _jump, Branch: _branch, Choose: _choose, Enter: _enter,
    CallFunction: _call, Return: _return, MovePointer: _move, Distance: _distance, ThreadConstant: _thread_constant,
    Mark: _mark, Bug: _bug, Load: _load, Store: _store, Exchange: _exchange, LockOperation: _lock_operation,
    Barrier: _barrier, OutOfMemory: _out_of_memory,
}  # fmt: skip
