# SPDX-License-Identifier: GPL-2.0-or-later
"""Integer literals: value and type by C11 6.4.4.1."""

from __future__ import annotations

import re

from sim.kernelc.model.types import INT, LONG, UNSIGNED, UNSIGNED_LONG, Integer

_NUMBER = re.compile(r"(0[xX][0-9a-fA-F]+|[1-9][0-9]*|0[0-7]*)([uUlL]*)")
MAX_DIGITS = 40
_SUFFIXES = {"": "", "u": "u", "l": "l", "ul": "ul", "lu": "ul"}


def integer(text: str) -> tuple[Integer, int]:
    """The type and value of an integer literal. Raises ValueError when it is none, or does not fit."""
    parts = _NUMBER.fullmatch(text)
    suffix = _SUFFIXES.get(parts[2].lower()) if parts else None
    if not parts or suffix is None:
        raise ValueError(f"{text} is not an integer of kernel C")
    digits = parts[1]
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"{text[:MAX_DIGITS]}... does not fit into {UNSIGNED_LONG}")
    decimal = digits[0] != "0"
    value = int(digits, 10 if decimal else 16 if digits[1:2] in "xX" and len(digits) > 1 else 8)
    candidates: list[Integer] = [LONG] if "l" in suffix else [INT, LONG]
    if "u" in suffix:
        candidates = [UNSIGNED_LONG] if "l" in suffix else [UNSIGNED, UNSIGNED_LONG]
    elif not decimal:
        candidates = [LONG, UNSIGNED_LONG] if "l" in suffix else [INT, UNSIGNED, LONG, UNSIGNED_LONG]
    for kind in candidates:
        if value <= kind.high:
            return kind, value
    raise ValueError(f"{text} does not fit into {candidates[-1]}")
