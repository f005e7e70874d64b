# SPDX-License-Identifier: GPL-2.0-or-later
"""Shared memory in words: what a word holds, what waits to reach it, what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sim.debugger.naming import name_of, word_text
from sim.kernelc.model.types import Lock, Type
from sim.machine.letters import letters
from sim.machine.machine import Machine
from sim.machine.state import State
from sim.operations.lock_word import holders

UNLOCK_WAITS: Final = ", whose unlock is in its store buffer"
"""What stands behind the owner of a lock while its release waits in a store buffer."""


def shared_text(machine: Machine, state: State, address: int) -> str:
    """What memory holds at the address of a shared word; of a lock also that its release waits in a store buffer."""
    index, names = machine.image.index[address], letters(machine)
    text = word_text(machine.program, address, state.memory[index], names)
    owner = holders(state.memory[index]).owner if isinstance(_type(machine, address), Lock) else None
    if owner is None or all(store.index != index for store in state.threads[owner].buffer):
        return text
    return f"{text}{UNLOCK_WAITS}"


def lock_text(machine: Machine, state: State, address: int, waiting: int) -> str:
    """What stands in the way of a thread that waits for a lock: who else has it or waits for it."""
    letter = machine.threads[waiting].letter
    return shared_text(machine, state, address).replace(f", {letter} waits to write", "")


def store_buffer(machine: Machine, state: State, thread: int) -> tuple[str, ...]:
    """The stores that wait in the buffer of a thread's CPU, oldest first, in words: "x = 1"."""
    program, names = machine.program, letters(machine)
    stores = [(machine.image.addresses[store.index], store.value) for store in state.threads[thread].buffer]
    return tuple(
        f"{name_of(program, address)} = {word_text(program, address, word, names)}" for address, word in stores
    )


def change_texts(machine: Machine, before: State, after: State) -> Iterator[tuple[int, str]]:
    """Address and text of each shared word that differs between two states: "task.mems_allowed {0} -> {1}"."""
    for address, *words in zip(machine.image.addresses, before.memory, after.memory, strict=True):
        if words[0] != words[1]:
            texts = (word_text(machine.program, address, word, letters(machine)) for word in words)
            yield address, f"{name_of(machine.program, address)} {' -> '.join(texts)}"


def _type(machine: Machine, address: int) -> Type | None:
    cell = machine.program.cells[address]
    return cell.type if cell else None
