# SPDX-License-Identifier: GPL-2.0-or-later
"""What is proved of a level, in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import log10

from puzzles.proofs import Proof
from sim.explore import Verdict
from tui.view.goals import par_text


def par_lines(proof: Proof | None) -> Iterator[tuple[str, str]]:
    """What the explorer knows of a level, a label and a text each; nothing where nothing is proved yet."""
    if proof is None:
        return
    if proof.verdict is Verdict.UNREACHABLE:
        yield "proved", f"no schedule reaches it; {proof.states:,} states exhausted"
    elif proof.verdict is Verdict.UNDECIDED:
        yield "best of all", f"not known: {proof.bound}"
    else:
        yield "best of all", par_text(proof) or f"not known: {proof.bound}"
    if chance := chance_text(proof):
        yield "by chance", chance


def chance_text(proof: Proof) -> str:
    """How likely a level is won by chance, in words; "" where that says nothing."""
    if not proof.wins or not proof.schedules or proof.wins >= proof.schedules:
        return ""
    share = f"of {number_text(proof.schedules)} schedules {number_text(proof.wins)} win"
    dice = "who picks at each step among the threads that can move, each as likely"
    return f"{share}; they are not equally likely: {dice}, wins 1 in {_odds_text(proof.one_in)}"


def number_text(number: int) -> str:
    """A natural number; from ten million on as a power of ten, for no one counts its digits."""
    if number < 10**7:
        return f"{number:,}"
    power = int(log10(number))
    return f"{number // 10 ** (power - 2) / 100:.2f}e{power}"


def _odds_text(one_in: str) -> str:
    """The chance of three digits that a proof tells, in the same form as numbers; below ten with its fraction."""
    chance = Decimal(one_in)
    return one_in if chance < 10 else number_text(round(chance))
