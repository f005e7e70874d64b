# SPDX-License-Identifier: GPL-2.0-or-later
"""A short name for a state, by which a replay notices that it has led somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sim.kernelc.model.types import Lock, Pointer
from sim.kernelc.program import Cell
from sim.machine.machine import Machine
from sim.machine.names import pointer_text
from sim.machine.state import State
from sim.operations.lock_word import holders

DIGITS = 4


def digest(machine: Machine, state: State) -> str:
    """The first 16 bits of SHA-256 over `digest_text` in UTF-8, as four lower-case hex digits."""
    return sha256(digest_text(machine, state).encode()).hexdigest()[:DIGITS]


def digest_text(machine: Machine, state: State) -> str:
    r"""What of a state the digest covers, one item on a line, each line ended by "\n".

    First the shared words that can change, in order of declaration: `zones[0].free=200`, a pointer by what it points
    to (`task.mempolicy=&task_policy`, `=NULL`), a lock by the letters of its threads (`cgroup_mutex=R`,
    `mm.mmap_sem=readers:A queued:R`, `=free`), all else in decimal. Then for each thread in the level's order
    `ghost A=` and 0, 1, or - before its first allocation. Then for each thread its letter and its call stack from
    the outermost function to the one whose operation is pending, `A do_page_fault:206 handle_mm_fault:192`, the
    number being the line in its file; `R finished` when it has returned. Under total store order then for each thread
    its waiting stores, oldest first: `A buffers x=1 y=2`. No addresses, no private words.
    """
    lines = [*_words(machine, state), *_ghosts(machine, state), *_stacks(machine, state)]
    lines += _buffers(machine, state) if machine.tso else []
    return "".join(f"{line}\n" for line in lines)


def _words(machine: Machine, state: State) -> Iterator[str]:
    for address, word in zip(machine.image.addresses, state.memory, strict=True):
        cell = machine.program.cells[address]
        assert cell is not None
        yield f"{cell.lvalue}={_word(machine, cell, word)}"


def _word(machine: Machine, cell: Cell, word: int) -> str:
    if isinstance(cell.type, Pointer):
        return pointer_text(machine.program, word, cell.type.target)
    return _lock(machine, word) if isinstance(cell.type, Lock) else str(word)


def _lock(machine: Machine, word: int) -> str:
    lock = holders(word)
    parts = [] if lock.owner is None else [machine.threads[lock.owner].letter]
    for name, threads in (("readers", lock.readers), ("queued", lock.queued)):
        if threads:
            parts.append(f"{name}:{''.join(machine.threads[thread].letter for thread in threads)}")
    return " ".join(parts) or "free"


def _ghosts(machine: Machine, state: State) -> Iterator[str]:
    for thread, ghost in zip(machine.threads, state.ghosts, strict=True):
        yield f"ghost {thread.letter}={'-' if ghost is None else int(ghost)}"


def _buffers(machine: Machine, state: State) -> Iterator[str]:
    for thread, private in zip(machine.threads, state.threads, strict=True):
        stores = [
            (machine.program.cells[machine.image.addresses[store.index]], store.value) for store in private.buffer
        ]
        texts = [f"{cell.lvalue}={_word(machine, cell, value)}" for cell, value in stores if cell is not None]
        yield " ".join((thread.letter, "buffers", *texts))


def _stacks(machine: Machine, state: State) -> Iterator[str]:
    for thread, private in zip(machine.threads, state.threads, strict=True):
        places = []
        for frame in private.frames:
            function = machine.program.functions[frame.function]
            places.append(f"{function.name}:{function.code[frame.pc].span.line}")
        yield " ".join((thread.letter, *(places or ["finished"])))
