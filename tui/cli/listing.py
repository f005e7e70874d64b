# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace levels`. What only a pack without an index needs is loaded when it is needed."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict

from puzzles.levels.listing import Listed, Pack
from puzzles.wins.ledger import Ledger
from puzzles.wins.scores import Scores
from puzzles.wins.stars import Rating
from tui.cli.broken import tell_broken, tell_unbuildable
from tui.plain.listing import list_lines
from tui.plain.paragraphs import print_lines
from tui.player.failure import ExitCode
from tui.player.library import Library
from tui.player.locations import cache_folder, data_folder
from tui.player.packs import listed_pack
from tui.player.settled import settled
from tui.player.standings import standings
from tui.terminal.echo import echo
from tui.view.stars import NO_STANDING, LevelStanding

if TYPE_CHECKING:
    from puzzles.levels.model import Level
    from puzzles.proofs import Proof


def levels(folder: Path | None, *, as_json: bool, everything: bool) -> ExitCode:
    """Print all levels; what is broken is told on the error stream.

    `everything` is for authors: what is proved of a level is told although it is not settled.
    """
    pack = _with_pars(listed_pack(folder))
    library, ledger = Library(data_folder(), verified=Scores(cache_folder())), Ledger(data_folder(), pack.folder)
    levels, problem = standings(library, ledger, pack, pack.listed)
    if as_json:
        more = _proved(pack, ledger) if everything else {}
        rows = [_summary(level, levels.get(level.id, NO_STANDING)) | more.get(level.id, {}) for level in pack.listed]
        echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        settled_ids = settled((id_ for id_ in levels if levels[id_].rating), ledger.settled(pack.ids))
        print_lines(list_lines(pack if everything else pack.telling(settled_ids), levels))
    if problem:
        echo(problem, err=True)
    built = tell_unbuildable(pack.levels) if folder else ExitCode.DONE
    return max(tell_broken(pack), built)


def _summary(level: Listed, standing: LevelStanding) -> dict[str, Any]:
    """What may be told of a level at any time; `best` is [preemptions, steps] of a run, the lines of a claim."""
    return {
        "id": level.id,
        "title": level.title,
        "ask": level.ask,
        "goal": level.goal.outcome,
        "stars": standing.stars,
        "help": standing.help,
        "best": _best(standing.rating),
    }


def _best(rating: Rating | None) -> list[int] | list[str] | None:
    if rating is None:
        return None
    return [rating.best.preemptions, rating.best.steps] if rating.best.steps else list(rating.lines)


def _proved(pack: Pack, ledger: Ledger) -> dict[str, dict[str, Any]]:
    """What authors are told besides, by level."""
    proofs = import_module("tui.explorer.proofs").Proofs(cache_folder(), pack)
    standing = import_module("puzzles.proofs.standing")
    proved = {level.id: proofs.known(level) for level in pack.levels}
    figures = standing.figures_of(pack.levels, proved)
    return {
        level.id: _for_authors(level, proved[level.id])
        | {"claim_first": standing.claims_won(figures, proved[level.id])}
        | {"what_ifs": _what_ifs(level, proved[level.id], ledger)}
        for level in pack.levels
    }


def _what_ifs(level: Level, proof: Proof | None, ledger: Ledger) -> list[dict[str, Any]]:
    """The questions of a level; whether the goal can be reached then, and whether the player said so, where known."""
    key = import_module("puzzles.levels.what_if").question_key
    verdicts = [what_if.verdict.value for what_if in proof.what_ifs] if proof else []
    answers = ledger.page(level.id).answers
    return [
        {
            "question": question.question,
            "verdict": verdicts[index] if len(verdicts) == len(level.what_ifs) else None,
            "right": answers.get(key(level, question)) if answers else None,
        }
        for index, question in enumerate(level.what_ifs)
    ]


def _for_authors(level: Level, proof: Proof | None) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "variant_of": level.variant_of or None,
        "condition": level.goal.condition,
        "rules": level.rule_words,
        "safe": level.goal.safe,
        "kernel": level.kernel,
    }
    if proof is None:
        return fields | dict.fromkeys(("verdict", "states", "par", "one_in", "dice", "recipe", "recipe2", "reasons"))
    par = [[score.preemptions, score.steps] for score in proof.best_scores]
    return fields | {
        "verdict": proof.verdict.value,
        "states": proof.states,
        "par": par,
        "one_in": proof.one_in,
        "dice": proof.dice,
        "recipe": proof.recipe,
        "recipe2": proof.recipe2,
        "reasons": _reasons(level, proof),
    }


def _reasons(level: Level, proof: Proof) -> list[dict[str, Any]] | None:
    """What of the reasons that a proof keeps holds when it is played."""
    believed = import_module("puzzles.proofs").believed_reasons(level, proof)
    return None if believed is None else [asdict(line) for line in believed]


def _with_pars(pack: Pack) -> Pack:
    """The pack with all par in its list; that of the game is kept for the next time."""
    if pack.proved:
        return pack
    proofs = import_module("tui.explorer.proofs").Proofs(cache_folder(), pack)
    listed: Pack = proofs.keep_list() or proofs.with_pars(pack)
    return listed
