# SPDX-License-Identifier: GPL-2.0-or-later
"""Amounts of memory as they are typed: 512M, 1G."""

from __future__ import annotations

import re

import click

_SIZE = re.compile(r"(\d{1,12}) ?([KMGT]?)(?:i?B)?", re.IGNORECASE)
_SHIFTS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}


def size(_context: click.Context, _parameter: click.Parameter, typed: str) -> int:
    """The number of bytes; K, M, G and T are powers of 1024. Raises BadParameter."""
    amount = _SIZE.fullmatch(typed.strip())
    count = int(amount[1]) << _SHIFTS[amount[2].upper()] if amount else 0
    if not count:
        raise click.BadParameter(f"{typed!r} is no amount of memory; write 512M or 1G")
    return count


def size_text(count: int) -> str:
    """An amount of memory as `size` reads it."""
    unit, shift = next((unit, shift) for unit, shift in reversed(_SHIFTS.items()) if count % (1 << shift) == 0)
    return f"{count >> shift}{unit}"
