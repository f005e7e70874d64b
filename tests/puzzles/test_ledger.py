# SPDX-License-Identifier: GPL-2.0-or-later
"""The ledger of help: on disk before anything is shown, whoever reads it next, and whatever becomes of its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.wins import ledger as ledgers
from puzzles.wins.help import ONCE, RUNGS, Help, HelpKind, spoils_claim
from puzzles.wins.ledger import (
    Guessed,
    Helped,
    Ledger,
    LedgerEntry,
    LessonOpened,
    Missed,
    OwnRun,
    Page,
    ReadOn,
    WasReset,
    WasShown,
    WasTried,
)

LEVEL, OTHER = "in-place/1", "in-place/2"
RESCUE, RUNG = Helped(HelpKind.RESCUE), Helped(HelpKind.RUNG, 3)
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), max_size=20).filter(str.isprintable)
ENTRIES = st.one_of(
    st.builds(Helped, st.sampled_from(HelpKind), st.integers(1, 4)),
    st.builds(WasShown, TEXTS),
    st.builds(Missed, TEXTS),
    st.builds(ReadOn, TEXTS),
    st.just(WasTried()),
    st.just(WasReset()),
    st.builds(OwnRun, TEXTS, TEXTS),
    st.builds(Guessed, TEXTS, st.booleans()),
)


def noted(folder: Path | None, *entries: LedgerEntry, pack: Path | None = None) -> Ledger:
    ledger = Ledger(folder, pack)
    for entry in entries:
        ledger.note(LEVEL, entry)
    return ledger


def the_file(folder: Path) -> Path:
    (path,) = folder.glob("*.ledger")
    return path


def test_what_was_noted_is_there_for_the_next_process(tmp_path: Path) -> None:
    noted(tmp_path, RESCUE, RESCUE, RUNG, Helped(HelpKind.RUNG, 2), WasShown("A6 R22 A3"))
    assert str(Ledger(tmp_path).page(LEVEL).help) == "rescue 2, rung 3, schedule 1"
    assert Ledger(tmp_path).page(LEVEL).help.shown == ("A6 R22 A3",)
    assert Ledger(tmp_path).page(OTHER) == Page()


def test_two_processes_note_in_one_ledger(tmp_path: Path) -> None:
    first, second = Ledger(tmp_path), Ledger(tmp_path)
    first.note(LEVEL, RESCUE)
    second.note(LEVEL, RESCUE)
    first.note(LEVEL, RUNG)
    assert str(first.page(LEVEL).help) == str(second.page(LEVEL).help) == "rescue 2, rung 3"


def test_each_pack_has_its_own(tmp_path: Path) -> None:
    noted(tmp_path, RESCUE)
    assert not Ledger(tmp_path, tmp_path / "pack").page(LEVEL).help


def test_a_reset_is_remembered_and_forgets_the_rest(tmp_path: Path) -> None:
    noted(tmp_path, RESCUE, WasShown("A6"), WasTried(), OwnRun("A7", ""), WasReset())
    page = Ledger(tmp_path).page(LEVEL)
    assert str(page.help) == "reset 1"
    assert page.tried
    assert page.runs == (OwnRun("A7", ""),)


@pytest.mark.parametrize("lasting", [Missed("safe 61"), Helped(HelpKind.RUNG, RUNGS), Helped(HelpKind.CLAIM)])
def test_a_reset_leaves_what_no_claim_can_be_at_par_after(lasting: LedgerEntry) -> None:
    page = noted(None, RESCUE, lasting, LessonOpened(), WasReset()).page(LEVEL)
    assert spoils_claim(str(page.help))
    assert page.lesson_opened
    assert "rescue" not in str(page.help)


@given(st.lists(ENTRIES, max_size=12))
def test_reading_gives_what_noting_gave(tmp_path_factory: pytest.TempPathFactory, entries: list[LedgerEntry]) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    assert noted(folder, *entries).page(LEVEL) == Ledger(folder).page(LEVEL) == noted(None, *entries).page(LEVEL)


@given(st.lists(ENTRIES, max_size=12), st.sampled_from(HelpKind))
def test_help_never_shrinks_but_by_a_reset(entries: list[LedgerEntry], kind: HelpKind) -> None:
    page = noted(None, *entries, Helped(kind)).page(LEVEL)
    assert page.help
    assert kind.value in str(page.help)
    assert noted(None, *entries, Helped(kind), WasTried()).page(LEVEL).help == page.help


def test_light_and_ways_count_once() -> None:
    for kind in ONCE:
        assert str(Help().with_more(kind).with_more(kind)) == f"{kind.value} 1"


@pytest.mark.parametrize(
    "damage", [b"\0\0\0\n", b"[]\n", b'{"help": "rescue"}\n', b'{"won": "A", "helped": "\\u0001"}\n']
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_count(damage: bytes, tmp_path: Path) -> None:
    noted(tmp_path, RESCUE)
    with the_file(tmp_path).open("ab") as file:
        file.write(damage)
    ledger = Ledger(tmp_path)
    ledger.note(LEVEL, RUNG)
    assert str(ledger.page(LEVEL).help) == "rescue 1, rung 3"
    assert "line 2 cannot be read" in ledger.take_trouble()
    assert ledger.take_trouble() == ""


def test_a_line_that_was_torn_takes_no_other_with_it(tmp_path: Path) -> None:
    noted(tmp_path, RESCUE)
    path = the_file(tmp_path)
    path.write_bytes(path.read_bytes() + b'{"help": "resc')
    noted(tmp_path, RUNG)
    assert str(Ledger(tmp_path).page(LEVEL).help) == "rescue 1, rung 3"


def test_what_cannot_be_written_is_known_until_the_end_and_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ledger = noted(tmp_path / "file", RESCUE, RUNG)
    assert str(ledger.page(LEVEL).help) == "rescue 1, rung 3"
    assert "known only until you leave" in ledger.take_trouble()


def test_a_file_of_another_kind_is_told_and_never_waited_for(tmp_path: Path) -> None:
    noted(tmp_path, RESCUE)
    path = the_file(tmp_path)
    path.unlink()
    os.mkfifo(path)
    ledger = noted(tmp_path, RUNG)
    assert str(ledger.page(LEVEL).help) == "rung 3"
    assert str(path) in ledger.take_trouble()


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    noted(tmp_path, RESCUE)
    path, target = the_file(tmp_path), tmp_path / "target"
    path.unlink()
    target.write_bytes(b"")
    path.symlink_to(target)
    assert str(noted(tmp_path, RUNG).page(LEVEL).help) == "rung 3"
    assert target.read_bytes() == b""


def test_a_ledger_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "MAX_BYTES", 200)
    ledger = noted(tmp_path, *(WasShown(f"A{number}") for number in range(1, 30)))
    assert len(ledger.page(LEVEL).help.shown) == 29
    assert the_file(tmp_path).stat().st_size <= 200
    monkeypatch.setattr(ledgers, "MAX_SHOWN", 10)
    shown = noted(None, *(WasShown(f"A{number}") for number in range(1, 30))).page(LEVEL).help.shown
    assert len(shown) == 10
