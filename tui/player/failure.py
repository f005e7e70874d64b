# SPDX-License-Identifier: GPL-2.0-or-later
"""Bad input, told on the error stream, and the exit codes of all commands."""

from __future__ import annotations

from enum import IntEnum

import click


class ExitCode(IntEnum):
    """Exit codes.

    DONE: all went as asked. NOT_REACHED: a goal, a schedule or a claim did not come true, or part of a pack is
    broken. BAD_INPUT: there was nothing to work with. INTERRUPTED: ctrl+c.
    """

    DONE = 0
    NOT_REACHED = 1
    BAD_INPUT = 2
    INTERRUPTED = 130


class BadInput(click.ClickException):
    """Input that cannot be used; the message says what is wrong, where, and what to do."""

    exit_code = int(ExitCode.BAD_INPUT)
