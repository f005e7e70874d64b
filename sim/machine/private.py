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
    Call,
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
    Move,
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


def _compute(run: Run, one: Compute) -> bool:
    run.words[one.slot] = one.value.evaluate(run.words)
    run.pc += 1
    return False


def _copy(run: Run, one: Copy) -> bool:
    run.words[one.slot] = run.words[one.source]
    run.pc += 1
    return False


def _forget(run: Run, one: Forget) -> bool:
    run.words[one.first : one.first + one.count] = [None] * one.count
    run.pc += 1
    return False


def _jump(run: Run, one: Jump) -> bool:
    run.pc = one.target.pc
    return False


def _branch(run: Run, one: Branch) -> bool:
    run.pc = one.then.pc if one.value.evaluate(run.words) else one.otherwise.pc
    return False


def _choose(run: Run, one: Choose) -> bool:
    run.pc = one.cases.get(one.value.evaluate(run.words), one.otherwise).pc
    return False


def _enter(run: Run, one: Enter) -> bool:
    run.pass_place(one.label)
    run.pc += 1
    return False


def _call(run: Run, one: Call) -> bool:
    arguments = [(slot, value.evaluate(run.words)) for slot, value in one.arguments]
    run.below.append(Frame(run.function.index, run.pc, tuple(run.words)))
    run.enter(run.program.functions[one.function])
    for slot, word in arguments:
        run.words[slot] = word
    return False


def _return(run: Run, one: Return) -> bool:
    if one.missing and (len(run.below) > run.alone or run.memory is not None):
        raise Fault(one.span, f"{run.function.name} ends without returning a value")
    values = [value.evaluate(run.words) for value in one.values]
    if run.function.lends_locals:
        _refuse_outliving(run, one, values)
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
    assert isinstance(call, Call)
    for slot, word in zip(call.results, values, strict=False):
        run.words[slot] = word
    run.pc = frame.pc + 1
    return False


def _refuse_outliving(run: Run, one: Return, values: Sequence[int]) -> None:
    base = run.base
    escaped = any(values[place] >= base for place in one.pointers)
    for frame in run.below:
        pointers = run.program.functions[frame.function].pointers
        escaped = escaped or any((frame.words[slot] or 0) >= base for slot in pointers)
    if escaped:
        raise Fault(one.span, f"a pointer to a local of {run.function.name} outlives its function")


def _move(run: Run, one: Move) -> bool:
    pointer, offset = one.pointer.evaluate(run.words), one.offset.evaluate(run.words)
    moved = pointer + offset * one.stride
    if offset:
        first, past = run.bounds(pointer, one.element, one.span) if pointer else (0, 0)
        if not first <= moved <= past or not pointer:
            raise Fault(one.span, "a pointer leaves its array" if pointer else "arithmetic on a null pointer")
    run.words[one.slot] = moved
    run.pc += 1
    return False


def _distance(run: Run, one: Distance) -> bool:
    left, right = one.left.evaluate(run.words), one.right.evaluate(run.words)
    if run.bounds(left, one.element, one.span) != run.bounds(right, one.element, one.span):
        raise Fault(one.span, "a distance between pointers into different arrays")
    run.words[one.slot] = (left - right) // one.stride
    run.pc += 1
    return False


def _thread_constant(run: Run, one: ThreadConstant) -> bool:
    run.words[one.slot] = run.thread.current if one.name == "current" else run.thread.node
    run.pc += 1
    return False


def _mark(run: Run, one: Mark) -> bool:
    _refuse_effect(run)
    run.effects.append(Effect(one.name, one.value.evaluate(run.words) if one.value else None, one.span))
    run.pc += 1
    return False


def _bug(run: Run, one: Bug) -> bool:
    if one.value.evaluate(run.words):
        raise Bugged(one.span)
    run.pc += 1
    return False


def _refuse_effect(run: Run) -> None:
    if run.memory is not None:
        raise NotPure


def _load(run: Run, one: Load) -> bool:
    address = one.address.evaluate(run.words)
    if address >= STACK:
        word = run.local(address, one.span)
    else:
        known = run.image.constants[address]
        if known is not None:
            word = known
        elif run.memory is not None:
            if run.image.index[address] < 0:
                raise Fault(
                    one.span, "access through a null pointer" if address == 0 else "access outside of any object"
                )
            word = run.memory[run.image.index[address]]
        else:
            return _rest(run, one, OperationKind.READ, address, ())
    run.words[one.slot] = word
    run.pc += 1
    return False


def _store(run: Run, one: Store) -> bool:
    address, value = one.address.evaluate(run.words), one.value.evaluate(run.words)
    if address < STACK:
        return _rest(run, one, OperationKind.WRITE, address, (value,))
    run.set_local(address, value, one.span)
    run.pc += 1
    return False


def _exchange(run: Run, one: Exchange) -> bool:
    address = one.address.evaluate(run.words)
    operands = tuple(operand.evaluate(run.words) for operand in one.operands)
    if address < STACK:
        return _rest(run, one, one.kind, address, operands)
    run.words[one.slot], new = exchange(one.kind, run.local(address, one.span), operands)
    if new is not None:
        run.set_local(address, new, one.span)
    run.pc += 1
    return False


def _lock_operation(run: Run, one: LockOperation) -> bool:
    return _rest(run, one, one.kind, one.address.evaluate(run.words), ())


def _barrier(run: Run, one: Barrier) -> bool:
    return _rest(run, one, one.kind, -1, ())


def _out_of_memory(run: Run, one: OutOfMemory) -> bool:
    return _rest(run, one, OperationKind.OUT_OF_MEMORY, -1, ())


def _rest(run: Run, one: Access, kind: OperationKind, address: int, operands: tuple[int, ...]) -> bool:
    _refuse_effect(run)
    if address >= STACK:
        raise Fault(one.span, f"{kind} on a local")
    index = run.image.index[address] if address >= 0 else -1
    if address >= 0 and index < 0:
        kind = OperationKind.WILD
    run.pending = Operation(kind, max(address, 0), index, operands, one)
    return True


_DO: dict[type, Callable[[Run, Any], bool]] = {
    Compute: _compute, Copy: _copy, Forget: _forget, Jump: _jump, Branch: _branch, Choose: _choose, Enter: _enter,
    Call: _call, Return: _return, Move: _move, Distance: _distance, ThreadConstant: _thread_constant, Mark: _mark,
    Bug: _bug, Load: _load, Store: _store, Exchange: _exchange, LockOperation: _lock_operation, Barrier: _barrier,
    OutOfMemory: _out_of_memory,
}  # fmt: skip
