# SPDX-License-Identifier: GPL-2.0-or-later
"""The options that say how far a command may search."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

import click

from puzzles.limits.bounds import Bounds
from tui.cli.size import size, size_text

Decorated: TypeAlias = Callable[..., Any]


def bounded(default: Bounds) -> Callable[[Decorated], Decorated]:
    """Give a command the options --max-states, --max-memory and --max-seconds; it gets them as `bounds`."""

    def decorate(command: Decorated) -> Decorated:
        @click.option(
            "--max-states",
            type=click.IntRange(min=1),
            default=default.states,
            show_default=True,
            help="Stop after these.",
        )
        @click.option(
            "--max-memory",
            metavar="SIZE",
            default=size_text(default.memory),
            callback=size,
            show_default=True,
            help="Stop before the process takes more.",
        )
        @click.option(
            "--max-seconds", type=click.FloatRange(min=0, min_open=True), default=default.seconds, show_default=True,
            help="Stop when these are over.",
        )  # fmt: skip
        @wraps(command)
        def with_bounds(*arguments: Any, max_states: int, max_memory: int, max_seconds: float, **options: Any) -> Any:
            return command(*arguments, bounds=Bounds(max_states, max_memory, max_seconds), **options)

        return with_bounds

    return decorate
