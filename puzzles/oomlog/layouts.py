# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines of Mem-Info by version, as templates (kernel-history.md 15.3, and reports of the versions named).

A figure that the models know is a placeholder; one of which they have no notion is 0.
"""

from __future__ import annotations

from typing import Final

from puzzles.oomlog.eras import ByVersion

KNOWN: Final = frozenset({"free", "min", "low", "high", "inactive", "inactive_file", "present", "managed"})
"""The figures that the state has."""


def _figures(names: str, unit: str) -> str:
    """Figures by name; what has a colon stands for itself."""
    parts = ((name, f"{{{name}}}" if name in KNOWN else "0") for name in names.split())
    return " ".join(name if ":" in name else f"{name}:{figure}{unit}" for name, figure in parts)


def _counters(*lines: str) -> tuple[str, ...]:
    """A message of several lines, in pages: each but the first has a blank before it."""
    first, *rest = (_figures(line, "") for line in lines)
    return (first, *(f" {line}" for line in rest))


_ANON: Final = "active_anon inactive_anon isolated_anon"
_FILE: Final = "active_file inactive_file isolated_file"
_DIRTY: Final = "unevictable dirty writeback"
_SLAB: Final = "slab_reclaimable slab_unreclaimable"
_MAPPED: Final = "mapped shmem pagetables"
_FREE: Final = "free free_pcp free_cma"
_SECOND: Final = "sec_pagetables bounce"

HEADING: Final[ByVersion[str]] = (((2, 6, 12), "Mem-info:"), ((2, 6, 28), "Mem-Info:"))

_OLDEST: Final = _counters("Active inactive dirty writeback unstable", "free slab mapped pagetables bounce")
_SPLIT_LRU: Final = _counters(
    "Active_anon active_file inactive_anon",
    "inactive_file unevictable dirty writeback unstable",
    "free slab mapped pagetables bounce",
)
COUNTERS: Final[ByVersion[tuple[str, ...]]] = (
    ((2, 6, 12), _OLDEST),
    ((2, 6, 28), _SPLIT_LRU),
    ((2, 6, 32), _counters(_ANON, _FILE, f"{_DIRTY} unstable", f"free {_SLAB}", f"{_MAPPED} bounce")),
    ((3, 13), _counters(_ANON, _FILE, f"{_DIRTY} unstable", f"free {_SLAB}", f"{_MAPPED} bounce", "free_cma")),
    ((4, 2), _counters(_ANON, _FILE, f"{_DIRTY} unstable", _SLAB, f"{_MAPPED} bounce", _FREE)),
    ((5, 8), _counters(_ANON, _FILE, _DIRTY, _SLAB, f"{_MAPPED} bounce", _FREE)),
    ((6, 1), _counters(_ANON, _FILE, _DIRTY, _SLAB, _MAPPED, _SECOND, "kernel_misc_reclaimable", _FREE)),
)

_LRU: Final = "active_anon inactive_anon active_file inactive_file unevictable"
_ISOLATED: Final = "isolated(anon) isolated(file)"
_RECLAIM: Final = "all_unreclaimable? {unreclaimable}"
_TABLES: Final = "kernel_stack pagetables sec_pagetables"


def _node(blank: str, others: str, after: str = "") -> str:
    """A node's line. For a while a blank stood behind the colons of huge pages."""
    lru = _figures(f"{_LRU} {_ISOLATED} mapped dirty writeback shmem", "kB")
    huge = " ".join(f"{name}:{blank}0kB" for name in ("shmem_thp", "shmem_pmdmapped", "anon_thp"))
    return f"Node {{node}} {lru} {huge} {_figures(others, 'kB')} {_RECLAIM}{after}"


NODE: Final[ByVersion[str]] = (
    ((2, 6, 12), ""),
    ((4, 8), _node(" ", "writeback_tmp unstable pages_scanned:0")),
    ((4, 12), _node(" ", "writeback_tmp unstable")),
    ((6, 1), _node(" ", f"writeback_tmp {_TABLES}")),
    ((6, 12), _node("", f"writeback_tmp {_TABLES}")),
    ((6, 16), _node("", f"writeback_tmp {_TABLES}", " Balloon:0kB")),
    ((6, 18), _node("", _TABLES, " Balloon:0kB")),
)


def _zone(names: str, after: str = "") -> str:
    return f"Node {{node}} {{zone}} {_figures(names, 'kB')}{after}"


_MARKS: Final = "free min low high"
_BOOST: Final = "free boost min low high reserved_highatomic:0KB"
_USES: Final = f"mlocked dirty writeback mapped shmem {_SLAB} kernel_stack pagetables unstable bounce"
_PCP: Final = "free_pcp local_pcp free_cma"
_SIZES: Final = "present managed mlocked"
_SCANNED: Final = f" pages_scanned:0 {_RECLAIM}"

ZONE: Final[ByVersion[str]] = (
    ((2, 6, 12), _zone(f"{_MARKS} active inactive present", _SCANNED)),
    ((2, 6, 28), _zone(f"{_MARKS} {_LRU} present", _SCANNED)),
    ((2, 6, 32), _zone(f"{_MARKS} {_LRU} {_ISOLATED} present {_USES} writeback_tmp", _SCANNED)),
    ((3, 13), _zone(f"{_MARKS} {_LRU} {_ISOLATED} present managed {_USES} free_cma writeback_tmp", _SCANNED)),
    ((4, 2), _zone(f"{_MARKS} {_LRU} {_ISOLATED} present managed {_USES} {_PCP} writeback_tmp", _SCANNED)),
    ((4, 8), _zone(f"{_MARKS} {_LRU} writepending {_SIZES} {_SLAB} kernel_stack pagetables bounce {_PCP}")),
    ((4, 13), _zone(f"{_MARKS} {_LRU} writepending {_SIZES} kernel_stack pagetables bounce {_PCP}")),
    ((6, 1), _zone(f"{_BOOST} {_LRU} writepending {_SIZES} bounce {_PCP}")),
    ((6, 13), _zone(f"{_BOOST} free_highatomic:0KB {_LRU} writepending {_SIZES} bounce {_PCP}")),
    ((6, 18), _zone(f"{_BOOST} free_highatomic:0KB {_LRU} writepending zspages {_SIZES} bounce {_PCP}")),
)

# The models have one zone on each node, and none below it: nothing is kept back. How many there could be is the
# business of the kernel's build.
RESERVE: Final[ByVersion[str]] = (((2, 6, 12), "lowmem_reserve[]: 0 0 0 0"), ((5, 0), "lowmem_reserve[]: 0 0 0 0 0"))

_CACHE: Final = "{inactive_file} total pagecache pages"
_RAM: Final = "{ram} pages RAM"
TOTALS: Final[ByVersion[tuple[str, ...]]] = (
    ((2, 6, 12), ("{ram} pages of RAM", "0 reserved pages")),
    ((2, 6, 28), (_CACHE, _RAM, "0 pages reserved")),
    ((3, 11), (_CACHE, _RAM, "0 pages HighMem/MovableOnly", "0 pages reserved")),
)
