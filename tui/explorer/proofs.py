# SPDX-License-Identifier: GPL-2.0-or-later
"""What is proved of a pack's levels: by the game's lock file or the pack's, by an earlier search, or a new one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from attrs import define, evolve, field

from puzzles.bounds import HINT
from puzzles.guard import limits
from puzzles.index import keep_index
from puzzles.levels import Level, LevelError, Listed, Pack, level_hash
from puzzles.proofs import LockError, Proof, known_proof, pack_proof, proved, read_lock
from puzzles.proofs.prove import prove
from sim.explore import Verdict, Watch
from tui.explorer import cache

EASY_ODDS = 1_000
EASY_PREEMPTIONS = 1


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
        known, found = self._seen.get(level.id, (None, None))
        return found if known == level else None

    def known(self, level: Level) -> Proof | None:
        """The proof of a level, where one is known without a search. Compiles the level's kernel."""
        found = self.seen(level)
        if found is None:
            found = self._stored(level)
            if found is not None:
                self._seen[level.id] = level, found
        return found

    def _stored(self, level: Level) -> Proof | None:
        try:
            found = known_proof(level) or pack_proof(level, self._locked())
            if found is None and self.folder is not None:
                found = cache.find(self.folder, level_hash(level))
        except LevelError:
            return None  # it is told where the level is opened
        return found

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
        return evolve(pack, listed=tuple(_with_par(level, self.known(pack.level(level.id))) for level in pack.listed))

    def with_par(self, pack: Pack, level: Listed) -> Listed:
        """A listed level of a pack with its par, where that was asked for before; takes no time."""
        return level if pack.proved else _with_par(level, self.seen(pack.level(level.id)))

    def keep_list(self) -> None:
        """Keep the list of the game's levels for the next start, where all of it is proved."""
        if self.folder is None or self.pack is None or self.pack.folder is not None or self.pack.proved:
            return
        with suppress(LevelError):
            if (pack := proved(self.pack)) is not None:
                keep_index(self.folder, pack)

    def search(self, level: Level, watch: Watch) -> None:
        """Prove a level and keep the proof; of one that is too large what is known. Raises LevelError."""
        try:
            found = prove(level, limits(HINT, watch))
        except MemoryError:
            found = undecided(level)
        self._seen[level.id] = level, found
        if self.folder is not None:
            cache.keep(self.folder, found)


def _with_par(level: Listed, proof: Proof | None) -> Listed:
    return evolve(level, par=proof.best) if proof else level


def undecided(level: Level) -> Proof:
    """The proof that there is none, for there is not enough memory."""
    return Proof(level_hash(level), Verdict.UNDECIDED, 0, 0, (), None, None, "", bound="all memory was taken")


def is_easy(proof: Proof | None) -> bool:
    """Whether a level is easy: one preemption is enough, and dice win it more often than once in a thousand tries."""
    if proof is None or not proof.par:
        return False
    return proof.par[0].preemptions <= EASY_PREEMPTIONS and float(proof.one_in or "inf") <= EASY_ODDS
