# SPDX-License-Identifier: GPL-2.0-or-later
"""What a model leaves out, as the comment at the head of its kernel file says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from puzzles.levels.limits import MAX_ITEMS, MAX_LINE

_HEAD: Final = re.compile(r"\s*/\*(.*?)\*/", re.DOTALL)
_LIST: Final = re.compile(r"The model leaves out:(.*?)(?:\.(?:\s|$)|\n\s*\n|$)", re.DOTALL)
_MARGIN: Final = re.compile(r"(?m)^[ \t]*\*?[ \t]*")


def kernel_leaves_out(kernel: str) -> tuple[str, ...]:
    """The things that stand behind "The model leaves out:" in the comments at the head of a kernel file.

    They are divided by semicolons; the first full stop or empty line ends them. Empty where no comment has them.
    """
    match = next(filter(None, (_LIST.search(comment) for comment in _comments(kernel))), None)
    items = [" ".join(part.split()) for part in match[1].split(";")] if match else []
    return tuple(item[:MAX_LINE] for item in items if item)[:MAX_ITEMS]


def _comments(kernel: str) -> Iterator[str]:
    """The comments before the first line of code, without the stars at their margin."""
    place = 0
    while head := _HEAD.match(kernel, place):
        yield _MARGIN.sub("", head[1])
        place = head.end()
