# SPDX-License-Identifier: GPL-2.0-or-later
"""The claim that no schedule reaches the goal, and what comes of it; and the best schedules of a level."""

from __future__ import annotations

from puzzles.judging.ask import Ask
from puzzles.judging.claims import Settled
from puzzles.judging.judge import judge
from puzzles.proofs import Proof
from puzzles.schedules import move_numbers
from sim.debugger import extend
from tui.actions.reply import CommandError, Reply, Unconfirmed
from tui.actions.requests import ShowClaim
from tui.explorer.searching import Unknown
from tui.explorer.ways import offer
from tui.explorer.ways import ways as best_ways
from tui.game.game import Game
from tui.view.goals import reached_text
from tui.view.proved import par_lines
from tui.view.words import claim_question, claim_text

SHOWN = "the counterexample to the claim"


def claim(game: Game, text: str) -> Reply:
    """Claim that no schedule reaches the goal's outcome. A wrong claim puts the counterexample into the timeline."""
    if text not in ("", "safe"):
        raise CommandError(f"claim what? `claim safe` says that no schedule reaches: {reached_text(game.level)}")
    if game.scored and game.level.ask is Ask.FORCE:
        return Reply((f"it can be reached: {reached_text(game.level)}; nothing is claimed",))
    try:
        game.settled = game.analysis.settled
    except Unknown as unknown:
        question = claim_question(game.level)
        raise Unconfirmed(unknown.topic, unknown.find, question, meant=text == "safe") from None
    verdict = claim_text(game.level, game.machine, game.settled)
    if game.settled.counterexample is None:
        return Reply((verdict,), ShowClaim())
    _show(game, game.settled)
    steps = len(game.settled.counterexample)
    brief = (
        f"Not safe: there is a way to {reached_text(game.level)}, in {steps} steps. It is in the timeline now:"
        " forward (right) takes its steps, branch (y) goes to your own run."
    )
    return Reply((verdict, "it is in the timeline: forward takes its steps, branch goes to your own run"), brief=brief)


def ways(game: Game, _text: str) -> Reply:
    """Whether there is a better way to win; asked again, the best one for each number of preemptions.

    The first answer shows nothing: who was told that there is one can still look for it.
    """
    if not game.scored:
        raise CommandError("the level was changed: its best ways to win are not known")
    if not game.solved and not game.won_before():
        raise CommandError("this is told once you have won; hint helps before")
    if game.proof is None:
        raise game.proofs.unknown(game.level)
    return Reply(tuple(told_ways(game, game.proof) or (text for _, text in par_lines(game.proof))))


def told_ways(game: Game, proof: Proof) -> list[str]:
    """Whether there is a better way than the run here, and what there is; asked again, the ways themselves.

    Nothing where none is known. Ways that are told as schedules are shown to the player.
    """
    own = judge(game.machine, game.session.now).score if game.session.won else None
    ways_ = best_ways(proof, own)
    if not game.ways_offered and any(way.schedule for way in ways_):
        game.ways_offered = True
        return list(offer(ways_, own))
    schedules = [move_numbers(game.machine, way.schedule) for way in ways_ if way.schedule]
    for schedule in schedules:
        game.show_moves(schedule)
    return [way.text for way in ways_]


def _show(game: Game, settled: Settled) -> None:
    """Put the counterexample into the tree of moments, as the future of boot; go there."""
    boot = at = next(iter(game.session.now.line()))
    game.show_moves(settled.counterexample or ())
    for move in settled.counterexample or ():
        at = extend(game.machine, at, move)
    game.claimed_at, game.disproof = game.claimed_at or game.session.now, at
    game.session.go(boot)
    game.hints.add(SHOWN)
