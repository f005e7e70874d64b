# SPDX-License-Identifier: GPL-2.0-or-later
"""What the explorer proves of every level, what is wrong with it, and the lock file that keeps the proofs.

To look a proof up needs neither the explorer nor the check, so these are loaded when they are first asked for;
`prove` and `findings` are in the modules of their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from puzzles.lazy import loading

if TYPE_CHECKING:
    from puzzles.proofs.belief import believed_reasons as believed_reasons
    from puzzles.proofs.belief import pack_proof as pack_proof
    from puzzles.proofs.check import CheckedLevel as CheckedLevel
    from puzzles.proofs.check import check_level as check_level
    from puzzles.proofs.finding import Finding as Finding
    from puzzles.proofs.finding import Kind as Kind
    from puzzles.proofs.finding import in_level as in_level
    from puzzles.proofs.finding import of_error as of_error
    from puzzles.proofs.finding import of_problems as of_problems
    from puzzles.proofs.lines import line_of as line_of
    from puzzles.proofs.lock import LOCK_NAME as LOCK_NAME
    from puzzles.proofs.lock import LockError as LockError
    from puzzles.proofs.lock import differences as differences
    from puzzles.proofs.lock import has_lock as has_lock
    from puzzles.proofs.lock import known_proof as known_proof
    from puzzles.proofs.lock import lock_text as lock_text
    from puzzles.proofs.lock import proved as proved
    from puzzles.proofs.lock import read_lock as read_lock
    from puzzles.proofs.lock import write_lock as write_lock
    from puzzles.proofs.proof import Par as Par
    from puzzles.proofs.proof import Proof as Proof
    from puzzles.proofs.proof import with_par as with_par
else:
    __getattr__ = loading(
        __name__,
        {
            "belief": "believed_reasons pack_proof",
            "check": "CheckedLevel check_level",
            "finding": "Finding Kind in_level of_error of_problems",
            "lines": "line_of",
            "lock": "LOCK_NAME LockError differences has_lock known_proof lock_text proved read_lock write_lock",
            "proof": "Par Proof with_par",
        },
    )
