# SPDX-License-Identifier: GPL-2.0-or-later
"""Wins on disk: one replay file for each, never overwritten, never believed unseen."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from puzzles.judging.claims import SAFE, Answer, Settled
from puzzles.judging.referee import BLINDFOLD, HELP
from puzzles.judging.score import Score
from puzzles.levels import Level
from puzzles.notation import MAX_BYTES, RESULT, Replay, ReplayError, read_replay, write_replay
from puzzles.proofs import known_proof
from puzzles.reasons.because import BECAUSE, read_because
from puzzles.reasons.claim import Claimed
from puzzles.reasons.coverage import ProvedReason
from puzzles.reasons.trials import Trials
from puzzles.replays import Verification, VerifyError, verify
from puzzles.storage import StorageError, make_folder, read_file, write_file
from puzzles.wins.files import RecordError, best_claim, claimed_wins, stem
from puzzles.wins.stars import Worth
from sim import explore


@frozen
class Win:
    """A stored win, verified: its file, its score, its replay. The score of a proved safe level is nought."""

    path: Path
    score: Score
    replay: Replay


def keep_claim(level: Level, claimed: Claimed) -> None:
    """Keep what the explorer has said of a claim about a level as it is: it is not searched for again."""
    _trials().keep(level, claimed)


def save_win(folder: Path, level: Level, replay: Replay) -> Win:
    """Store a win in a folder, which is made where it is missing.

    The file's name holds level, score and a hash of the content, so that it meets no other file but its equal; it
    appears complete or not at all. Raises ValueError for a replay that is no win of this level, RecordError where the
    folder cannot be written.
    """
    verdict = verify(replay, level, settled=_settled(level), trials=_trials())
    if not verdict.won:
        raise ValueError(f"this run is no win of {level.id}: {verdict}")
    text = write_replay(replay)
    path = folder / _file_name(level, verdict, text)
    try:
        make_folder(folder)
        write_file(path, text.encode(), over=True)
    except StorageError as problem:
        raise RecordError(f"{path} {problem}; or keep this replay yourself", text) from None
    return Win(path, verdict.score, replay)


def _file_name(level: Level, verdict: Verification, text: str) -> str:
    score = verdict.score
    short = sha256(text.encode()).hexdigest()[:16]
    return f"{stem(level.id)}.p{score.preemptions}.s{score.steps}.{short}.race"


def best_win(folder: Path, level: Level) -> Win | None:
    """The best of a level's stored wins; None where there is none.

    Names claim a score and are tried in that order; what does not verify as a win is passed over. Raises RecordError
    for a folder that cannot be read, LevelError for a broken level.
    """
    wins: dict[Path, Win] = {}

    def verified(path: Path) -> Score | None:
        try:
            win = _win(path, read_file(path, MAX_BYTES), level)
        except StorageError:
            return None
        if win is not None:
            wins[path] = win
        return win.score if win else None

    best = best_claim(claimed_wins(folder).get(stem(level.id), ()), verified)
    return wins[best[1]] if best else None


def worth_of(data: bytes, level: Level) -> Worth | None:
    """What a stored win of a level is worth; None for what is no win of it. Raises LevelError for a broken level.

    A claim from before reasons were asked for is not won, but right.
    """
    tried = _verified(data, level)
    if tried is None:
        return None
    replay, verdict = tried
    help_, claim = (replay.header(HELP) or "").strip(), replay.header(RESULT) == SAFE
    if not verdict.won:
        return Worth(verdict.score, claim=True, won=False) if claim and verdict.ruling.reached else None
    lines = read_because(replay.header(BECAUSE)) if claim else ()
    blindfold = replay.header(BLINDFOLD) is not None and not help_
    return Worth(verdict.score, help_, blindfold, claim, lines, whole=verdict.missing == 0)


def _win(path: Path, data: bytes, level: Level) -> Win | None:
    tried = _verified(data, level)
    return Win(path, tried[1].score, tried[0]) if tried and tried[1].won else None


def _verified(data: bytes, level: Level) -> tuple[Replay, Verification] | None:
    try:
        replay = read_replay(data)
        return replay, verify(replay, level, settled=_settled(level), trials=_trials())
    except (ReplayError, VerifyError):
        return None


@cache
def _trials() -> Trials:
    """What was tried of the marks of all levels."""
    return Trials(_bearing)


def _bearing(level: Level) -> frozenset[ProvedReason] | None:
    """The statements of which the game's own proof says that they bear; None where it does not say."""
    proof = known_proof(level)
    reasons = proof.reasons if proof else None
    return None if reasons is None else frozenset((line.file, line.line, line.text) for line in reasons)


def _settled(level: Level) -> Settled | None:
    """What is known of whether a level is safe, by its proof or by a claim of this process."""
    return _proved(level) or _trials().settled(level)


def _proved(level: Level) -> Settled | None:
    """What the game's own proof says of a level that it proves safe, so that a list of levels need not explore it."""
    proof = known_proof(level) if level.goal.safe else None
    if proof is None or proof.verdict is not explore.Verdict.UNREACHABLE:
        return None
    return Settled(Answer.RIGHT, proof.states, proof.transitions)
