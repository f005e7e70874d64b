# SPDX-License-Identifier: GPL-2.0-or-later
"""Each kind of operation in words: what its thread will do, what it has done, and both forms for lists.

Words of memory come as texts. A `match` without a case for a new family of kinds is an error of mypy.
"""

from __future__ import annotations

from typing import assert_never

from sim.operations.kinds import Buffering, Family, OperationKind


def will_do(kind: OperationKind, written: str, name: str, value: str, new: str, *, buffered: bool) -> str:
    """What a thread will do next: "write x = 1 (was 0)".

    `written` is the object as the source writes it, `name` what it is, `value` what it holds and `new` what would be
    stored. `buffered` says that the store goes into the CPU's buffer, or that the value comes from there.
    """
    into = " into its buffer" if buffered and kind.buffering is Buffering.STORES else ""
    origin = ", in the store buffer" if buffered and not into else ""
    match kind.family:
        case Family.READ | Family.ATOMIC:
            return f"{kind.call} {name} (= {value}{origin})"
        case Family.WRITE:
            return f"write {name} = {new}{into} (was {value})"
        case Family.CMPXCHG:
            return f"cmpxchg {name} to {new} (= {value})"
        case Family.LOCK:
            return f"{kind.call} {name}{into} ({value}{origin})"
        case Family.BARRIER:
            return f"barrier {kind}"
        case Family.OUT_OF_MEMORY:
            return "call the OOM killer"
        case Family.WILD:
            return f"access {written}, which points to no object: a fault"
        case _:
            assert_never(kind.family)


def has_done(kind: OperationKind, name: str, old: str, new: str, *, changed: bool, buffered: bool) -> str:
    """What a thread has done: "wrote x 0 -> 1". `changed`: whether the word has; `buffered`: in its buffer alone."""
    into = ", into its store buffer" if buffered else ""
    match kind.family:
        case Family.READ:
            return f"read {name} = {old}"
        case Family.WRITE:
            return f"wrote {name} {old} -> {new}{into}"
        case Family.LOCK if changed:
            return f"{kind} {name}: {new}{into}"
        case Family.LOCK | Family.CMPXCHG | Family.ATOMIC:
            return f"{kind} {name} {old} -> {new}"
        case Family.BARRIER:
            return f"barrier {kind}"
        case Family.OUT_OF_MEMORY:
            return "calls the OOM killer"
        case Family.WILD:
            return "accessed no object"
        case _:
            assert_never(kind.family)


def on_word(kind: OperationKind, old: str, new: str, *, changed: bool) -> str:
    """What an operation did to a word that is named elsewhere: "write 0 -> 1"."""
    match kind.family:
        case Family.READ | Family.WRITE | Family.CMPXCHG | Family.ATOMIC:
            return f"{kind} {old} -> {new}" if changed else f"{kind} {new}"
        case Family.LOCK:
            return f"{kind} {new}"
        case Family.BARRIER | Family.OUT_OF_MEMORY | Family.WILD:
            return str(kind)
        case _:
            assert_never(kind.family)


def in_function(kind: OperationKind, name: str, function: str) -> str:
    """An operation by names that another kernel may have too: "write x in f"."""
    match kind.family:
        case Family.READ | Family.WRITE | Family.CMPXCHG | Family.ATOMIC | Family.LOCK:
            return f"{kind} {name} in {function}"
        case Family.BARRIER | Family.WILD:
            return f"{kind} in {function}"
        case Family.OUT_OF_MEMORY:
            return "the OOM killer"
        case _:
            assert_never(kind.family)
