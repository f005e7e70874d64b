# SPDX-License-Identifier: GPL-2.0-or-later
"""Replays of runs: making them, playing them, verifying them."""

from __future__ import annotations

from puzzles.replays.make import make_claim, make_replay
from puzzles.replays.play import Check, Divergence, Played, play
from puzzles.replays.restate import restate
from puzzles.replays.stored import solution
from puzzles.replays.verdict import Status, Verification, VerifyError
from puzzles.replays.verify import verify
from puzzles.replays.whatif import KERNEL, SET

__all__ = [
    "KERNEL",
    "SET",
    "Check",
    "Divergence",
    "Played",
    "Status",
    "Verification",
    "VerifyError",
    "make_claim",
    "make_replay",
    "play",
    "restate",
    "solution",
    "verify",
]
