# SPDX-License-Identifier: GPL-2.0-or-later
"""What the explorer proves of every level, and the lock file that keeps it."""

from puzzles.proofs.findings import findings
from puzzles.proofs.lock import LOCK_NAME, LockError, known_proof, lock_text, read_lock, write_lock
from puzzles.proofs.prove import Par, Proof, prove

__all__ = [
    "LOCK_NAME",
    "LockError",
    "Par",
    "Proof",
    "findings",
    "known_proof",
    "lock_text",
    "prove",
    "read_lock",
    "write_lock",
]
