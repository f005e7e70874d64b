# SPDX-License-Identifier: GPL-2.0-or-later
"""Batch work: pieces that do not depend on each other, in this process or in several, through one executor."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import active_children, connection, get_context, parent_process
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Any, Final, TypeAlias, TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")
Handler: TypeAlias = Callable[[int, FrameType | None], Any] | int | None

TICK: Final = 0.2
"""Seconds between two calls of `on_wait`."""


class Lost(Exception):
    """The process that worked on a piece was killed."""


def batch(
    work: Callable[[Piece], Result], pieces: Sequence[Piece], jobs: int, on_wait: Callable[[int], None]
) -> Generator[Future[Result], None, None]:
    """The result of each piece, in their order, from up to `jobs` processes; with one, from this process.

    `on_wait` is told now and then how many pieces are done. What `work` raises is in the future, `Lost` where its
    process was killed twice. Leaving the iterator before its end, by ctrl+c too, ends all work.
    """
    if jobs == 1 or len(pieces) < 2:
        for done, piece in enumerate(pieces):
            on_wait(done)
            yield _in_this_process(work, piece)
        return
    with _processes(min(jobs, len(pieces))) as pool:
        futures = _submitted(pool, work, pieces)
        for future, piece in zip(futures, pieces, strict=True):
            while not future.done():
                wait([future], TICK)
                on_wait(sum(future.done() for future in futures))
            yield _again(work, piece) if _is_lost(future) else future


def _in_this_process(work: Callable[[Piece], Result], piece: Piece) -> Future[Result]:
    future: Future[Result] = Future()
    try:
        future.set_result(work(piece))
    except Exception as problem:  # noqa: BLE001 - as a process of its own would keep it
        future.set_exception(problem)
    return future


def _is_lost(future: Future[Result]) -> bool:
    broken = import_module("concurrent.futures.process").BrokenProcessPool
    return isinstance(future.exception(), broken)


def _again(work: Callable[[Piece], Result], piece: Piece) -> Future[Result]:
    """Work on a piece alone: one killed process takes down all that were waiting in its pool."""
    with _processes(1) as pool:
        (future,) = _submitted(pool, work, [piece])
        wait([future])
    if _is_lost(future):
        future = Future()
        future.set_exception(Lost())
    return future


@contextmanager
def _processes(count: int) -> Iterator[Executor]:
    """An executor over processes that are killed when this block is left by an exception or a signal."""
    others = set(active_children())
    kind = import_module("concurrent.futures.process").ProcessPoolExecutor
    pool: Executor = kind(count, get_context("spawn"), _begin)
    with _signals((signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)), _leave):
        try:
            yield pool
        except BaseException:
            for process in set(active_children()) - others:
                process.kill()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _signals(numbers: Iterable[int], handler: Handler) -> Iterator[None]:
    """Handle signals in another way for a while; only the main thread can."""
    if current_thread() is not main_thread():
        yield
        return
    before = [(number, signal.signal(number, handler)) for number in set(numbers)]
    try:
        yield
    finally:
        for number, usual in before:
            signal.signal(number, usual)


def _leave(number: int, _frame: FrameType | None) -> None:
    """End with the status that a shell gives to a process ended by a signal."""
    raise SystemExit(128 + number)


def _submitted(pool: Executor, work: Callable[[Piece], Result], pieces: Sequence[Piece]) -> Sequence[Future[Result]]:
    """Hand out the work. The processes start here, and ctrl+c at the terminal is not for them."""
    with _signals([signal.SIGINT], signal.SIG_IGN):
        return [pool.submit(work, piece) for piece in pieces]


def _begin() -> None:
    """Begin a process: it ends with the one that started it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
