# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace check`: prove every level of a pack, and keep or compare what was proved."""

from __future__ import annotations

from importlib.resources import as_file
from pathlib import Path

import click

from puzzles.levels import Level, Pack
from puzzles.levels.files import campaign
from puzzles.proofs import LOCK_NAME, LockError, Proof, findings, prove, read_lock, write_lock
from puzzles.replays import solution
from sim.explore import TooLarge
from tui.failure import BadInput, Code
from tui.opening import level_text, open_pack
from tui.words import par_text


def check(folder: Path | None, *, write: bool) -> Code:
    """Prove the levels of a pack; the exit code is 1 where one is wrong or the lock file does not say what is so."""
    pack = open_pack(folder)
    for error in pack.broken.values():
        click.echo(level_text(error), err=True)
    for problem in pack.problems:
        click.echo(str(problem), err=True)
    proofs, wrong = _proved(pack, own=folder is None)
    with as_file(campaign().path) as game:
        where = folder or game
        stale = _written(where, proofs) if write else _compared(where, proofs)
    return Code.NOT_REACHED if wrong or stale or pack.broken or pack.problems else Code.DONE


def _proved(pack: Pack, *, own: bool) -> tuple[dict[str, Proof], bool]:
    proofs: dict[str, Proof] = {}
    wrong = False
    for level in pack.levels:
        try:
            proof = proofs[level.id] = prove(level)
        except TooLarge as problem:
            click.echo(f"{level.id}: undecided: {problem}", err=True)
            wrong = True
            continue
        click.echo(f"{level.id}: {_proof_text(level, proof)}")
        for text in findings(level, proof, solution(level.id) if own else None):
            click.echo(f"{level.id}: {text}", err=True)
            wrong = True
    return proofs, wrong


def _proof_text(level: Level, proof: Proof) -> str:
    if level.goal.safe and not proof.par:
        return f"safe, exhausted: {proof.states} states, {proof.transitions} transitions"
    return f"{proof.verdict.value}, {proof.states} states; {par_text(proof) or 'no way'}; by dice 1 in {proof.one_in}"


def _written(folder: Path, proofs: dict[str, Proof]) -> bool:
    try:
        write_lock(folder, proofs)
    except LockError as problem:
        raise BadInput(str(problem)) from None
    return False


def _compared(folder: Path, proofs: dict[str, Proof]) -> bool:
    """Whether the lock file is not what was just proved."""
    try:
        known = read_lock(folder)
    except LockError as problem:
        raise BadInput(f"{folder}: {problem}") from None
    for id_ in dict.fromkeys((*known, *proofs)):
        if known.get(id_) != proofs.get(id_):
            click.echo(f"{id_}: {LOCK_NAME} is stale; write it again with oomrace check --write", err=True)
    return dict(known) != proofs
