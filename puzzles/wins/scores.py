# SPDX-License-Identifier: GPL-2.0-or-later
"""The player's best scores. Each win is verified once: what was seen to be one is known by its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Final

from attrs import define, field

from puzzles.judging.score import Score
from puzzles.levels.errors import LevelError
from puzzles.levels.listing import Pack
from puzzles.notation.limits import MAX_BYTES
from puzzles.storage import StorageError, read_file
from puzzles.storage.sealed import WRONG, keep_sealed, read_sealed
from puzzles.wins.files import RecordError, best_claim, claimed_wins, stem

_NAME: Final = "wins"


@define(eq=False)
class Scores:
    """Scores of wins by a hash of their bytes; None stands for a file that is no win.

    Those of the game's own levels are kept in `cache` from one start to the next, where this is a folder.
    """

    cache: Path | None = None
    _pack: Pack | None = None
    _scores: dict[str, Score | None] = field(factory=dict)
    _kept: set[str] = field(factory=set)

    def bests(self, folder: Path, pack: Pack) -> tuple[Mapping[str, Score], str]:
        """The best score of each level that was won, by id, and what could not be read ("" for nothing).

        `folder` holds the wins.
        """
        try:
            claims = claimed_wins(folder)
        except RecordError as problem:
            return {}, f"your wins are not shown: {problem}"
        bests: dict[str, Score] = {}
        if claims:
            self._begin(pack)
        for id_ in pack.ids:
            try:
                best = best_claim(claims.get(stem(id_), ()), partial(self._verified, pack, id_))
            except LevelError:
                continue  # it is told where the level is opened
            if best:
                bests[id_] = best[0]
        self._keep(pack)
        return bests, ""

    def _begin(self, pack: Pack) -> None:
        """Forget what was found out about the levels of another pack, and read what was kept about this one's."""
        if self._pack is pack:
            return
        self._pack, self._scores, self._kept = pack, {}, set()
        if self.cache is None or not pack.proved:
            return
        try:
            self._scores.update({key: Score(*score) for key, score in read_sealed(self.cache, _NAME).items()})
        except WRONG:
            self._scores.clear()
        self._kept.update(self._scores)

    def _verified(self, pack: Pack, id_: str, path: Path) -> Score | None:
        try:
            data = read_file(path, MAX_BYTES)
        except StorageError:
            return None
        key = sha256(f"{id_}\0".encode() + data).hexdigest()
        if key not in self._scores:
            records = import_module("puzzles.wins.records")  # with the machine, which a known win needs not
            self._scores[key] = records.score_of(data, pack.level(id_))
        return self._scores[key]

    def _keep(self, pack: Pack) -> None:
        """Keep what is worth a score, where that is more than was kept; of a pack whose levels are the game's own."""
        wins = {key: (score.steps, score.preemptions) for key, score in self._scores.items() if score is not None}
        if self.cache is not None and pack.proved and not self._kept.issuperset(wins):
            keep_sealed(self.cache, _NAME, wins)
            self._kept.update(wins)
