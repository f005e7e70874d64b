# SPDX-License-Identifier: GPL-2.0-or-later
"""What a run or a claim is worth: the one place that says what is a win, and why something is none."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from puzzles.judging.ask import Ask
from puzzles.judging.claims import Settled
from sim import Machine
from sim.debugger import Moment, reached

HELP: Final = "Help"
"""The header that says by which help a run came about, in items divided by commas."""

BLINDFOLD: Final = "Blindfold"
"""The header that says of a win that it was typed in one line, before any other step of the level and any help."""

SHOWN: Final = "shown"
"""The item of the header Help that says of a run that it was shown to the player."""

_NOT_REACHED: Final = "the goal is not reached"
_WRONG: Final = "the claim is wrong"
_UNSETTLED: Final = "the claim is not settled"
_CHANGED: Final = "not scored: the level was changed"
_NO_REASON: Final = "no win: the claim does not say because of which line"
_NO_BEARING: Final = "no win: that is not because of what the claim names"
_NOTHING_BEARS: Final = "settled without a win: no single line is the reason here"
_TO_FORCE: Final = "not scored: this level asks to reach the goal"
LESSON: Final = "a lesson: it wins nothing"
"""Why a run on a kernel without a statement is no win."""

_NAMED: Final = "no win: what the claim names was shown to you"
_SHOWN: Final = "no win: this schedule was shown to you"


@frozen
class Ruling:
    """What a run or a claim is worth.

    `reached` says that the goal came about, or that the claim is right; `scored` that this counts: the level is as it
    is, and asks for this. `shown` says that the player was shown it. `why_not` says why it is no win, "" for a win.
    """

    reached: bool
    scored: bool
    shown: bool
    why_not: str

    @property
    def won(self) -> bool:
        """Whether this wins the level."""
        return self.scored and not self.shown


def rule_run(machine: Machine, moment: Moment, *, changed: bool, shown: bool) -> Ruling:
    """Rule on the run that led to a moment.

    `changed` says that the machine is not the level's own, `shown` that the run is one that the player was shown.
    """
    if not reached(machine, moment):
        return Ruling(False, False, shown, _NOT_REACHED)
    return Ruling(True, not changed, shown, _CHANGED if changed else _SHOWN if shown else "")


def rule_claim(
    ask: Ask,
    settled: Settled,
    *,
    bears: bool | None,
    changed: bool,
    nothing_bears: bool = False,
    shown: bool = False,
) -> Ruling:
    """Rule on the claim that a level that asks this is safe.

    `bears` says whether it is safe because of all that the claim names; None where that names nothing. `nothing_bears`
    says that it is known that nothing which could be named is the reason, `shown` that the player was shown all that is
    named.
    """
    if not settled.right:
        return Ruling(False, False, False, _WRONG if settled.counterexample is not None else _UNSETTLED)
    why_not = _CHANGED if changed else "" if ask is Ask.DECIDE else _TO_FORCE
    if not why_not and not bears:
        why_not = _NO_REASON if bears is None else _NOTHING_BEARS if nothing_bears else _NO_BEARING
    return Ruling(True, not why_not, shown, why_not or (_NAMED if shown else ""))


def says_shown(help_: str | None) -> bool:
    """Whether the value of a header Help says that the run was shown."""
    return SHOWN in map(str.lower, _items(help_))


def with_items(help_: str | None, more: str) -> str:
    """The value of a header Help with more items, divided by commas as well; each stands there once."""
    return ", ".join(dict.fromkeys((*_items(help_), *_items(more))))


def _items(help_: str | None) -> list[str]:
    return [item.strip() for item in (help_ or "").split(",") if item.strip()]
