# SPDX-License-Identifier: GPL-2.0-or-later
"""What the explorer proves of every level, what is wrong with it, and the lock file that keeps the proofs."""

from puzzles.proofs.check import Checked, check_level
from puzzles.proofs.finding import Finding, Kind, in_level, of_error, of_problems
from puzzles.proofs.findings import findings
from puzzles.proofs.lines import line_of
from puzzles.proofs.lock import (
    LOCK_NAME,
    LockError,
    differences,
    has_lock,
    known_proof,
    lock_text,
    pack_proof,
    proved,
    read_lock,
    write_lock,
)
from puzzles.proofs.prove import Par, Proof, prove

__all__ = [
    "LOCK_NAME",
    "Checked",
    "Finding",
    "Kind",
    "LockError",
    "Par",
    "Proof",
    "check_level",
    "differences",
    "findings",
    "has_lock",
    "in_level",
    "known_proof",
    "line_of",
    "lock_text",
    "of_error",
    "of_problems",
    "pack_proof",
    "prove",
    "proved",
    "read_lock",
    "write_lock",
]
