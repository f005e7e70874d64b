# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines from standard input, with a prompt where a person types them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module

MAX_LINE = 10_000
"""Characters in a line; of a longer one nothing is done."""


def is_typed() -> bool:
    """Whether a person types the lines and sees the answers."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def read_lines(prompt: Callable[[], str]) -> Iterator[str]:
    """Each line of standard input, of one that is too long the beginning. Raises KeyboardInterrupt at ctrl+c."""
    if sys.stdin is None:
        return
    if is_typed():
        yield from _typed(prompt)
        return
    while line := sys.stdin.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith("\n"):
            rest = sys.stdin.readline(MAX_LINE + 1)
        yield line


def _typed(prompt: Callable[[], str]) -> Iterator[str]:
    with suppress(ImportError):
        import_module("readline")  # gives input() a history and editing keys, where the platform has it
    while True:
        try:
            yield input(prompt())
        except EOFError:
            return
