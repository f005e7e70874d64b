# SPDX-License-Identifier: GPL-2.0-or-later
"""What is to be told of one replay file, for people, scripts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from puzzles.judging.claims import Answer, Settled
from puzzles.judging.referee import HELP
from puzzles.judging.score import Score
from puzzles.notation import LEVEL, Replay
from puzzles.replays.verdict import Verification
from puzzles.replays.whatif import GOAL, KERNEL, SET, read_sets

PLAYER: Final = "Player"
"""The header with the name of whoever played."""

UNREADABLE: Final = "unreadable"
_CLAIMS: Final = {Answer.RIGHT: "safe", Answer.WRONG: "refuted", Answer.UNDECIDED: "undecided"}


@frozen
class WhatIf:
    """What of the level was changed: boot values as "lvalue=value", another kernel by its hash, another goal."""

    set: tuple[str, ...] = ()
    kernel: str = ""
    goal: str = ""


@frozen
class Record:
    """What is told of one file; the names of the fields are those of the JSON and of the CSV.

    `answer` is exact, compatible, diverged, or unreadable; then only `message` says more. `reached` says that the goal
    was reached, or that the claim is right, `scored` that this counts for the level as it is, `won` that it also was
    not shown to the player. `outcome` is that of the run, or safe, refuted, undecided for a claim; a claim has no
    `steps` and no `preemptions`. `par` is None unless won, and where it is not known. `player` and `help` are the
    player's word.
    """

    file: str
    level: str = ""
    player: str = ""
    answer: str = UNREADABLE
    reached: bool = False
    scored: bool = False
    won: bool = False
    outcome: str = ""
    steps: int | None = None
    preemptions: int | None = None
    par: tuple[Score, ...] | None = None
    help: str = ""
    changes: WhatIf = WhatIf()
    message: str = ""


def verified(file: str, replay: Replay, verdict: Verification, par: Sequence[Score] | None) -> Record:
    """The record of a replay that was verified; `par` are the best results of its level, None if not known."""
    ruling, settled = verdict.ruling, verdict.settled
    why = (ruling.why_not,) if ruling.why_not else ()
    return Record(
        file,
        _header(replay, LEVEL),
        _header(replay, PLAYER),
        verdict.answer.value,
        ruling.reached,
        ruling.scored,
        ruling.won,
        _outcome(verdict, settled),
        None if settled else verdict.judgement.score.steps,
        None if settled else verdict.judgement.score.preemptions,
        tuple(par) if par is not None and ruling.won else None,
        _header(replay, HELP),
        _what_if(replay) if verdict.changed else WhatIf(),
        "; ".join((str(verdict), *_lack(verdict), *why, *verdict.notes)),
    )


def _lack(verdict: Verification) -> tuple[str, ...]:
    """For how many threads a claim that is won names no line, or that it names one for each."""
    if not verdict.ruling.won or verdict.missing is None:
        return ()
    if verdict.missing:
        return (f"for {verdict.missing} more thread{'' if verdict.missing == 1 else 's'} a line is missing",)
    return ("a line for each thread",)


def unreadable(file: str, message: str, replay: Replay | None = None) -> Record:
    """The record of a file that cannot be read, or of a replay that cannot be tried on its level."""
    if replay is None:
        return Record(file, message=message)
    changes = _what_if(replay)
    return Record(
        file,
        _header(replay, LEVEL),
        _header(replay, PLAYER),
        help=_header(replay, HELP),
        changes=changes,
        message=message,
    )


def _what_if(replay: Replay) -> WhatIf:
    return WhatIf(read_sets(replay.header(SET)), _header(replay, KERNEL), _header(replay, GOAL))


def _outcome(verdict: Verification, settled: Settled | None) -> str:
    return _CLAIMS[settled.answer] if settled else verdict.judgement.outcome.value


def _header(replay: Replay, name: str) -> str:
    return replay.header(name) or ""
