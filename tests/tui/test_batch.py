# SPDX-License-Identifier: GPL-2.0-or-later
"""Batch work: in order, from any number of processes, whatever becomes of one of them."""

from __future__ import annotations

import os
import signal
from multiprocessing import active_children
from pathlib import Path

import pytest

from tui.checking.batch import Lost, batch


def doubled(number: int) -> int:
    if number < 0:
        raise ValueError(number)
    return 2 * number


def killed(folder: Path) -> str:
    """Be killed the first time."""
    if folder.name == "fine":
        return "done"
    if folder.name == "once" and (folder / "seen").exists():
        return "done again"
    (folder / "seen").touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


@pytest.mark.parametrize("jobs", [1, 2, 9])
def test_results_come_in_order(jobs: int) -> None:
    told: list[int] = []
    assert [one.result() for one in batch(doubled, [3, 1, 2], jobs, told.append)] == [6, 2, 4]
    assert told == sorted(told)
    assert active_children() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_raised_belongs_to_its_piece(jobs: int) -> None:
    found = list(batch(doubled, [1, -1, 2], jobs, print))
    assert [type(one.exception()) for one in found] == [type(None), ValueError, type(None)]


@pytest.mark.parametrize("name", ["once", "always"])
def test_a_killed_process_loses_its_own_piece_alone(tmp_path: Path, name: str) -> None:
    folders = [tmp_path / name, tmp_path / "fine"]
    for folder in folders:
        folder.mkdir()
    bad, fine = batch(killed, folders, 2, print)
    assert fine.result() == "done"
    if name == "once":
        assert bad.result() == "done again"
    else:
        assert isinstance(bad.exception(), Lost)


def test_nothing_goes_on_behind_a_batch_that_is_left() -> None:
    found = batch(doubled, [1, 2, 3], 2, print)
    assert next(found).result() == 2
    found.close()
    assert active_children() == []
