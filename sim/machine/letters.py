# SPDX-License-Identifier: GPL-2.0-or-later
"""What the threads of a machine are called."""

from __future__ import annotations

from sim.machine.machine import Machine


def letters(machine: Machine) -> tuple[str, ...]:
    """The letters of the machine's threads, in order."""
    return tuple(thread.letter for thread in machine.threads)
