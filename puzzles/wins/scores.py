# SPDX-License-Identifier: GPL-2.0-or-later
"""The player's best scores and stars. Each win is verified once: what was seen to be one is known by its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Final

from attrs import astuple, define, field

from puzzles.judging.score import Score
from puzzles.levels.errors import LevelError
from puzzles.levels.listing import Listed, Pack
from puzzles.notation.limits import MAX_BYTES
from puzzles.storage import StorageError, read_file
from puzzles.storage.sealed import WRONG, keep_sealed, read_sealed
from puzzles.wins.files import MAX_FILES, RecordError, claimed_wins, stem
from puzzles.wins.stars import Rating, Worth, rating

_NAME: Final = "wins"


@define(eq=False)
class Scores:
    """What wins are worth by a hash of their bytes; None stands for a file that is no win.

    `reached` are the ids of the levels, of those looked at last, that were claimed safe and are not won by it.
    Those of the game's own levels are kept in `cache` from one start to the next, where this is a folder.
    """

    cache: Path | None = None
    _pack: Pack | None = None
    _worths: dict[str, Worth | None] = field(factory=dict)
    _kept: set[str] = field(factory=set)
    reached: frozenset[str] = field(default=frozenset(), init=False)

    def bests(self, folder: Path, pack: Pack) -> tuple[Mapping[str, Score], str]:
        """The best score of each level that was won, by id, and what could not be read ("" for nothing).

        `folder` holds the wins.
        """
        ratings, problem = self.ratings(folder, pack, pack.listed)
        return {id_: rated.best for id_, rated in ratings.items()}, problem

    def ratings(self, folder: Path, pack: Pack, listed: Iterable[Listed]) -> tuple[Mapping[str, Rating], str]:
        """What each level that was won has come to, as `bests`; `listed` are those of the pack with all known par."""
        try:
            claims = claimed_wins(folder)
        except RecordError as problem:
            return {}, f"your wins are not shown: {problem}"
        ratings: dict[str, Rating] = {}
        reached = set()
        if claims:
            self._begin(pack)
        for level in listed:
            paths = (path for _, path in claims.get(stem(level.id), ())[:MAX_FILES])
            try:
                worths = [worth for path in paths if (worth := self._verified(pack, level.id, path))]
            except LevelError:
                continue  # it is told where the level is opened
            if rated := rating(worths, level.best_scores):
                ratings[level.id] = rated
            elif worths:
                reached.add(level.id)
        self.reached = frozenset(reached)
        self._keep(pack)
        return ratings, ""

    def _begin(self, pack: Pack) -> None:
        """Forget what was found out about the levels of another pack, and read what was kept about this one's."""
        if self._pack is pack:
            return
        self._pack, self._worths, self._kept = pack, {}, set()
        if self.cache is None or not pack.proved:
            return
        try:
            kept = read_sealed(self.cache, _NAME)
            self._worths.update({key: Worth(Score(*score), *more) for key, (score, *more) in kept.items()})
        except WRONG:
            self._worths.clear()
        self._kept.update(self._worths)

    def _verified(self, pack: Pack, id_: str, path: Path) -> Worth | None:
        try:
            data = read_file(path, MAX_BYTES)
        except StorageError:
            return None
        key = sha256(f"{id_}\0".encode() + data).hexdigest()
        if key not in self._worths:
            records = import_module("puzzles.wins.records")  # with the machine, which a known win needs not
            self._worths[key] = records.worth_of(data, pack.level(id_))
        return self._worths[key]

    def _keep(self, pack: Pack) -> None:
        """Keep what is worth a score, where that is more than was kept; of a pack whose levels are the game's own."""
        wins = {
            key: ((worth.score.steps, worth.score.preemptions), *astuple(worth)[1:])
            for key, worth in self._worths.items()
            if worth is not None
        }
        if self.cache is not None and pack.proved and not self._kept.issuperset(wins):
            keep_sealed(self.cache, _NAME, wins)
            self._kept.update(wins)
