# SPDX-License-Identifier: GPL-2.0-or-later
"""What is proved of a pack's levels: by the game's lock file or the pack's, by an earlier search, or a new one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from attrs import define, evolve, field

from puzzles.levels import Level, LevelError, Listed, Pack, level_hash
from puzzles.levels.index import keep_index
from puzzles.limits.bounds import HINT
from puzzles.limits.guard import limits
from puzzles.proofs import LockError, Proof, known_proof, pack_proof, proved, read_lock, with_par
from puzzles.proofs.prove import prove
from sim.explore import ProgressWatch, Verdict
from tui.explorer import cache
from tui.explorer.searching import Topic, Unknown


@define(eq=False)
class Proofs:
    """Proofs by level. `folder` keeps those that were searched for; with None they are forgotten at the end.

    The lock file of `pack` is read when it is first asked for, and only what of it can be checked counts.
    """

    folder: Path | None = None
    pack: Pack | None = None
    _seen: dict[str, tuple[Level, Proof]] = field(factory=dict)
    _lock: Mapping[str, Proof] | None = None

    def seen(self, level: Level) -> Proof | None:
        """The proof of a level that was asked for before; takes no time."""
        proved_level, proof = self._seen.get(level.id, (None, None))
        return proof if proved_level == level else None

    def known(self, level: Level) -> Proof | None:
        """The proof of a level, where one is known without a search. Compiles the level's kernel."""
        proof = self.seen(level)
        if proof is None:
            proof = self._stored(level)
            if proof is not None:
                self._seen[level.id] = level, proof
        return proof

    def _stored(self, level: Level) -> Proof | None:
        try:
            proof = known_proof(level) or pack_proof(level, self._locked())
            if proof is None and self.folder is not None:
                proof = cache.load(self.folder, level_hash(level))
        except LevelError:
            return None  # it is told where the level is opened
        return proof

    def _locked(self) -> Mapping[str, Proof]:
        if self._lock is None:
            try:
                self._lock = read_lock(self.pack.folder) if self.pack and self.pack.folder else {}
            except LockError:
                self._lock = {}  # `oomrace check` tells
        return self._lock

    def with_pars(self, pack: Pack) -> Pack:
        """A pack with the par of each level in its list, where that is known without a search.

        Compiles the kernels of levels of which the list does not say it.
        """
        if pack.proved:
            return pack
        return evolve(pack, listed=tuple(with_par(level, self.known(pack.level(level.id))) for level in pack.listed))

    def with_par(self, pack: Pack, level: Listed) -> Listed:
        """A listed level of a pack with its par, where that was asked for before; takes no time."""
        return level if pack.proved else with_par(level, self.seen(pack.level(level.id)))

    def keep_list(self) -> Pack | None:
        """Keep the list of the game's levels for the next start; None where not all of it is proved."""
        if self.folder is None or self.pack is None or self.pack.folder is not None or self.pack.proved:
            return None
        try:
            pack = proved(self.pack)
        except LevelError:
            return None
        if pack is not None:
            keep_index(self.folder, pack)
        return pack

    def unknown(self, level: Level) -> Unknown:
        """What to raise where the proof of a level is needed, and none is known without a search."""
        return Unknown(Topic.WAYS, partial(self.search, level))

    def search(self, level: Level, watch: ProgressWatch) -> None:
        """Prove a level and keep the proof; of one that is too large what is known. Raises LevelError."""
        try:
            proof = prove(level, limits(HINT, watch))
        except MemoryError:
            proof = undecided(level)
        self._seen[level.id] = level, proof
        if self.folder is not None:
            cache.store(self.folder, proof)


def undecided(level: Level) -> Proof:
    """The proof that there is none, for there is not enough memory."""
    return Proof(level_hash(level), Verdict.UNDECIDED, 0, 0, (), None, None, "", bound="all memory was taken")
