# SPDX-License-Identifier: GPL-2.0-or-later
"""One line for each paragraph where a program reads it; on a terminal broken at its width."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from shutil import get_terminal_size
from textwrap import wrap
from typing import Final

from tui.terminal.echo import echo

LEAST: Final = 20
_INDENT: Final = re.compile(r" *")


class Exact(str):
    """A line that is to be copied, or read by a program: it is never broken."""

    __slots__ = ()


def print_lines(lines: Iterable[str]) -> None:
    """Print paragraphs on standard output."""
    width = terminal_width()
    echo("\n".join(part for line in lines for part in broken(line, width)))


def terminal_width() -> int | None:
    """The columns of the terminal that standard output is; None where it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return max(get_terminal_size().columns, LEAST)


def broken(text: str, width: int | None) -> Iterator[str]:
    """The lines of a paragraph at a width, the later ones two columns further in; whole without a width."""
    if width is None or len(text) <= width or isinstance(text, Exact):
        yield text
        return
    spaces = _INDENT.match(text)
    indent = min(spaces.end() if spaces else 0, width // 2)
    yield from wrap(
        text.strip(),
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
