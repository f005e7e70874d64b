# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel keeps free: min_free_kbytes, and each zone's marks (kernel-history.md 14.1)."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

from sim.classes import frozen

KBYTES_PER_PAGE = 4
DEFAULT_SCALE_FACTOR = 10  # ten thousandths of a zone between one mark and the next


@frozen
class Watermarks:
    """A zone's marks in pages: below low background reclaim wakes, at high it rests, min is the reserve."""

    min: int
    low: int
    high: int


def min_free_kbytes(lowmem_pages: int) -> int:
    """KB to keep free on a machine: the root of 16 times the memory in KB, not below 128 nor above 262144.

    `lowmem_pages` counts what lies above the high marks in force; at boot these are 0.
    """
    return min(max(isqrt(16 * KBYTES_PER_PAGE * lowmem_pages), 128), 262144)


def zone_marks(min_free: int, managed: int, total_managed: int, scale_factor: int = DEFAULT_SCALE_FACTOR) -> Watermarks:
    """Marks of a zone of `managed` pages: its share of `min_free` KB, then two equal gaps."""
    share = min_free // KBYTES_PER_PAGE * managed // total_managed
    gap = max(share // 4, managed * scale_factor // 10000)
    return Watermarks(share, share + gap, share + 2 * gap)


def boot_marks(managed: Sequence[int]) -> tuple[Watermarks, ...]:
    """Marks of each zone, from the sizes of all in pages, on a machine that boots without huge pages."""
    total = sum(managed)
    min_free = min_free_kbytes(total)
    return tuple(zone_marks(min_free, pages, total) for pages in managed)
