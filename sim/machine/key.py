# SPDX-License-Identifier: GPL-2.0-or-later
"""State keys: what of a state can still matter. Private words that cannot be read again are left out."""

from __future__ import annotations

from collections.abc import Hashable

from sim.kernelc.program import Program
from sim.machine.state import State, ThreadState


def state_key(program: Program, state: State) -> Hashable:
    """Equal for two states exactly when no continuation can tell them apart by what words hold."""
    threads = tuple(thread_key(program, thread) for thread in state.threads)
    return state.memory, threads, state.ghosts, state.flags, state.turns, state.outcome


def thread_key(program: Program, thread: ThreadState) -> Hashable:
    """The part of a thread's private state that can be read again."""
    frames = tuple(
        (
            frame.function,
            frame.pc,
            *(frame.words[slot] for slot in program.functions[frame.function].live[frame.pc]),
        )
        for frame in thread.frames
    )
    return frames, thread.effects, thread.window, thread.taken, thread.passed, thread.buffer
