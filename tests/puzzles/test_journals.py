# SPDX-License-Identifier: GPL-2.0-or-later
"""Journals: a run that was written down while it was played is the same run again, up to the last whole line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from puzzles.journals import Head, Journal, KeptRun, kept_runs, restore
from puzzles.journals.kept import MAX_KEPT
from puzzles.levels import build_machine, game_pack, level_hash
from puzzles.replays.semantics import SEMANTICS_VERSION
from puzzles.storage import StorageError, read_file
from sim.debugger import Session
from tests.puzzles.trees import Tree, tree

ROOT = Path(__file__).parents[2]
LEVEL = game_pack().level("count/5")  # has store buffers to drain
MACHINE = build_machine(LEVEL)
HEAD = Head(LEVEL.id, level_hash(LEVEL), SEMANTICS_VERSION)


def journal_of(session: Session, folder: Path) -> Journal:
    return Journal(folder, session.machine, HEAD, session.now)


def only(folder: Path) -> KeptRun:
    (run,) = kept_runs(folder, LEVEL.id)
    return run


def restored(run: KeptRun) -> Session:
    session = Session(MACHINE)
    assert restore(session, run.tree) == ""
    return session


def act(session: Session, choice: int) -> None:
    """One of all that a player can do: a step, a drain, undo, redo, another branch, the start, the end."""
    moves = [move for move in MACHINE.moves if session.can_move(move)]
    kind = choice % 8
    if kind < 4 and moves:
        session.step(moves[choice // 8 % len(moves)], 1 + choice // 64 % 3)
    elif kind == 4:
        session.back(1 + choice // 8 % 5)
    elif kind == 5:
        session.forward(1 + choice // 8 % 5)
    elif kind == 6:
        forks = [one for one in session.now.line() if len(one.children) > 1]
        if forks:
            fork = forks[choice // 8 % len(forks)]
            session.go(fork.children[choice // 64 % len(fork.children)])
    else:
        session.jump(0 if choice // 8 % 2 else 10**6)


CHOICES = st.lists(st.integers(0, 511), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=CHOICES, cut=st.integers(0, 400), bound=st.sampled_from([0, 400, 1 << 20]))
def test_t5_a_run_is_restored_as_it_was_up_to_the_last_whole_line(
    choices: list[int], cut: int, bound: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("data")
    session = Session(MACHINE)
    journal = journal_of(session, folder)
    trees: dict[int, Tree] = {}
    handle = None
    for choice in choices:
        act(session, choice)
        journal._bound = min(journal._bound, bound)  # so that it is written anew now and then
        journal.keep(session.now)
        if journal._handle != handle or bound == 0:
            handle, trees = journal._handle, {}
        trees[journal._size] = tree(session)
    if not journal.open:
        assert not list(folder.iterdir())
        assert len(tree(session)) == 1
        return
    journal.close()
    run = only(folder)
    assert tree(restored(run)) == tree(session)
    data = run.path.read_bytes()
    short = data[: max(len(data) - cut, 0)]
    run.path.write_bytes(short)
    whole = short.rfind(b"\n") + 1
    if whole in trees:
        assert tree(restored(only(folder))) == trees[whole]
    else:  # cut within what was written in one go
        assert all(restored(run) for run in kept_runs(folder, LEVEL.id))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=CHOICES, then=CHOICES, torn=st.booleans())
def test_t5_a_restored_run_goes_on_in_its_journal(
    first: list[int], then: list[int], torn: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("data")
    session = Session(MACHINE)
    journal = journal_of(session, folder)
    for choice in (0, *first):
        act(session, choice)
        journal.keep(session.now)
    journal.close()
    run = only(folder)
    if torn:
        with run.path.open("ab") as file:
            file.write(b'{"from": 1, "mov')
    again = restored(run)
    journal = journal_of(again, folder)
    assert journal.go_on(run)
    for choice in then:
        act(again, choice)
        journal.keep(again.now)
    journal.close()
    assert tree(restored(only(folder))) == tree(again)


def begun(folder: Path, *steps: int) -> tuple[Session, Journal]:
    session = Session(MACHINE)
    journal = journal_of(session, folder)
    for step in steps:
        session.step(step)
        journal.keep(session.now)
    return session, journal


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_t5_what_was_not_played_on_leaves_no_file(tmp_path: Path) -> None:
    session, journal = begun(tmp_path / "data")
    journal.keep(session.now)
    session.step(0)
    session.step(1)
    seen = Journal(tmp_path / "data", MACHINE, HEAD, session.now)
    session.back(2)
    seen.keep(session.now, notes={"light": True})
    assert not (tmp_path / "data").exists()
    session.step(1)
    seen.keep(session.now)
    seen.close()
    assert tree(restored(only(tmp_path / "data"))) == tree(session)


def test_t5_a_run_that_is_played_is_not_offered_and_each_run_has_its_own_file(tmp_path: Path) -> None:
    _, first = begun(tmp_path, 0, 0)
    _, second = begun(tmp_path, 1)
    assert kept_runs(tmp_path, LEVEL.id) == []
    assert len(names(tmp_path)) == 2
    first.close()
    assert only(tmp_path).steps == 2
    second.close()
    assert [run.steps for run in kept_runs(tmp_path, LEVEL.id)] == [1, 2]
    assert kept_runs(tmp_path, "tour/7") == []


def test_t5_only_one_process_can_go_on_with_a_run(tmp_path: Path) -> None:
    _, journal = begun(tmp_path, 0)
    journal.close()
    run = only(tmp_path)
    first, second = (journal_of(restored(run), tmp_path) for _ in range(2))
    assert first.go_on(run)
    assert not second.go_on(run)
    first.drop()
    assert not second.go_on(run)
    assert names(tmp_path) == []


def test_t5_a_won_or_unwanted_run_is_swept_and_the_next_step_begins_another_file(tmp_path: Path) -> None:
    session, journal = begun(tmp_path, 0, 0)
    journal.drop()
    assert names(tmp_path) == []
    session.back()
    journal.keep(session.now)
    assert names(tmp_path) == []
    session.step(1)
    journal.keep(session.now)
    journal.close()
    assert tree(restored(only(tmp_path))) == tree(session)


def test_t5_a_level_keeps_its_latest_runs(tmp_path: Path) -> None:
    for count in range(MAX_KEPT + 3):
        _, journal = begun(tmp_path, *[0] * (count + 1))
        journal.close()
        for path in tmp_path.iterdir():
            os.utime(path, ns=(path.stat().st_mtime_ns - 10**9,) * 2)
    assert [run.steps for run in kept_runs(tmp_path, LEVEL.id)] == list(range(MAX_KEPT + 3, 3, -1))


def test_t5_a_disk_that_is_full_is_told_and_made_up_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session, journal = begun(tmp_path, 0)
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()
    write = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) < 10:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, bytes(data)[: len(data) // 2])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", half)
        for _ in range(3):
            session.step(1)
            with pytest.raises(StorageError, match="the disk is full; make room, and try again"):
                journal.keep(session.now)
            assert path.read_bytes() == before
    session.step(1)
    journal.keep(session.now)
    journal.close()
    assert tree(restored(only(tmp_path))) == tree(session)


def test_t5_a_file_that_somebody_takes_away_is_written_again(tmp_path: Path) -> None:
    session, journal = begun(tmp_path, 0, 0)
    for path in tmp_path.iterdir():
        path.unlink()
    session.step(1)
    journal.keep(session.now)
    journal.close()
    assert tree(restored(only(tmp_path))) == tree(session)


def test_t5_a_journal_is_bounded_however_often_one_undoes(tmp_path: Path) -> None:
    session, journal = begun(tmp_path, 0, 0, 0)
    largest = 0
    for _ in range(4_000):
        session.back()
        journal.keep(session.now)
        session.forward()
        journal.keep(session.now)
        largest = max(largest, journal._size)
    journal.close()
    assert largest <= 64 << 10
    assert tree(restored(only(tmp_path))) == tree(session)


def test_t5_notes_are_kept_with_the_run(tmp_path: Path) -> None:
    session, journal = begun(tmp_path, 0)
    for notes in ({"hints": ["a", "b"]}, {"light": True}, {"light": True}):
        journal.keep(session.now, notes=notes)
    journal.close()
    assert only(tmp_path).tree.notes == {"light": True}


HEADLINE = (
    f'{{"level": "{LEVEL.id}", "level_hash": "x", "semantics": "1", "sets": [], "kernel": "", "kernel_hash": "", '
    '"journal": 1}\n'
)
DAMAGE = {
    "empty": ("", None),
    "a torn head": (HEADLINE[:40], None),
    "zeros": ("\0" * 4096, None),
    "another format": (HEADLINE.replace('"journal": 1', '"journal": 2'), None),
    "another level": (HEADLINE.replace(LEVEL.id, "tour/7"), None),
    "a head alone": (HEADLINE, ""),
    "zeros behind it": (HEADLINE + '{"from": 0, "moves": "A1"}\n' + "\0" * 512 + "\n", "cannot be read"),
    "no object": (HEADLINE + "[]\n", "cannot be read"),
    "nested": (HEADLINE + "[" * 100_000 + "\n", "cannot be read"),
    "a long number": (HEADLINE + '{"at": ' + "9" * 10_000 + "}\n", "cannot be read"),
    "an unknown kind": (HEADLINE + '{"what": 1}\n', "cannot be read"),
    "too much": (HEADLINE + '{"at": 0, "more": 1}\n', "cannot be read"),
    "no such moment": (HEADLINE + '{"at": 7}\n', "names a moment that there is not"),
    "before boot": (HEADLINE + '{"at": -1}\n', "names a moment that there is not"),
    "no moves": (HEADLINE + '{"from": 0, "moves": "A1 ( A2 )"}\n', "holds no moves"),
    "too many moves": (HEADLINE + '{"from": 0, "moves": "A90000"}\n' * 2, "more than 100,000 steps"),
    "a long line": (HEADLINE + '{"from": 0, "moves": "' + " " * 200_000 + '"}\n', "cannot be read"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_t5_a_damaged_journal_is_read_as_far_as_it_goes(name: str, tmp_path: Path) -> None:
    text, damage = DAMAGE[name]
    (tmp_path / "count-5.0123456789abcdef.journal").write_text(text, "utf-8")
    runs = kept_runs(tmp_path, LEVEL.id)
    assert len(runs) == (damage is not None)
    for run in runs:
        assert (damage or "") in run.damage
        assert bool(damage) == bool(run.damage)
        assert not run.fits(LEVEL)


def test_t5_journals_that_a_power_cut_left_without_a_first_line_are_swept(tmp_path: Path) -> None:
    for number, text in enumerate(("", HEADLINE[:30], "\0" * 100 + "\n", "a letter\n", HEADLINE)):
        (tmp_path / f"count-5.{number:016x}.journal").write_text(text, "utf-8")
    _, journal = begun(tmp_path, 0)
    journal.drop()
    assert names(tmp_path) == [f"count-5.{number:016x}.journal" for number in (3, 4)]


@pytest.mark.parametrize(
    ("moves", "steps", "problem"),
    [
        ("A2 D1 A1", 2, "at step 3 it moves a thread that there is not"),
        ("A3000", 1, "its step"),
        ("~A1 A1", 0, "its step 1 is not possible"),
    ],
)
def test_t5_a_journal_that_cannot_be_played_ends_where_it_stops_fitting(
    moves: str, steps: int, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "count-5.0123456789abcdef.journal"
    path.write_text(HEADLINE + f'{{"from": 0, "moves": "{moves}"}}\n', "utf-8")
    session = Session(MACHINE)
    assert restore(session, only(tmp_path).tree).startswith(problem)
    assert session.now.steps >= steps


def test_p4_journals_that_are_no_plain_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "other").write_text(HEADLINE, "utf-8")
    (tmp_path / "count-5.0000000000000001.journal").symlink_to("other")
    os.mkfifo(tmp_path / "count-5.0000000000000002.journal")
    (tmp_path / "count-5.0000000000000003.journal").mkdir()
    (tmp_path / "count-5.0000000000000004.journal").write_bytes(b"x" * (2 << 20))
    assert kept_runs(tmp_path, LEVEL.id) == []


# Two steps, said, then the end that no program can catch.
_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.puzzles.test_journals import begun
begun(Path(sys.argv[1]), 0, 1)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_t5_a_killed_process_loses_no_step(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], cwd=ROOT, check=False)
    run = only(tmp_path)
    assert (run.steps, run.schedule, run.damage) == (2, "A1 R1", "")
    assert run.fits(LEVEL)
    assert b"journal" in read_file(run.path, 10_000)
