# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether an OOM is premature: definition P2 of kernel-history.md 0.3, kept as one ghost bit per thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.machine.image import Image
from sim.machine.state import ThreadState


def shadowed(window: tuple[tuple[int, int], ...], address: int, word: int) -> tuple[tuple[int, int], ...]:
    """The window after a write to a word that held `word`: only the value before the first write counts."""
    if any(address == written for written, _ in window):
        return window
    return tuple(sorted((*window, (address, word))))


def consistent_views(
    image: Image, memory: tuple[int, ...], threads: Sequence[ThreadState]
) -> Iterator[tuple[int, ...]]:
    """The shared memory as a consistent reader would take it: words written inside an open rebind count as before.

    Two threads may have written one word inside their windows; then each of them is believed once, so that the order of
    threads does not matter.
    """
    windows = [thread.window for thread in threads if thread.window]
    if not windows:
        yield memory
        return
    shared = len({address for window in windows for address, _ in window}) < sum(map(len, windows))
    for last in windows if shared else windows[:1]:
        words = list(memory)
        for window in (*windows, last):
            for address, old in window:
                words[image.index[address]] = old
        yield tuple(words)
