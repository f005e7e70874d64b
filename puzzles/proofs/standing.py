# SPDX-License-Identifier: GPL-2.0-or-later
"""How a whole pack stands against who does not read: recipes, dice, and the same claim in every level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from puzzles.judging.ask import Ask
from puzzles.levels import Level
from puzzles.proofs.proof import Proof
from sim.explore import Verdict

FIRST_CLAIMS: Final = 10
"""The statements that bear in most levels of a pack: what is tried as the first command."""

LIKELY: Final = 20.0
"""A level is won by dice if a random scheduler needs fewer runs than this."""

_FALLEN: Final = Fraction(1, 3)
"""Of the levels to be broken so many may fall to the recipe."""

_HARD: Final = Fraction(1, 3)
"""Of the levels that resist the recipe so many have to resist recipe2."""

_FEW_SAFE: Final = Fraction(2, 5)
_MANY_SAFE: Final = Fraction(3, 5)
"""Of the levels that ask to decide so many are about half."""

_CLAIMED: Final = Fraction(1, 8)
"""Of the levels that ask to decide so many may be won by one of the first claims."""

_OF_KERNEL: Final = Fraction(1, 2)
"""Of the safe levels of a kernel file so many may be won by its best line, where there are..."""

_SEVERAL: Final = 3
"""...so many or more."""


@frozen
class Stand:
    """What counts of a level, which is none of the tour and no variant. `reasons` are None where they are not known."""

    level: str
    chapter: str
    kernel: str
    decide: bool
    safe: bool
    recipe: bool
    recipe2: bool
    dice: float | None
    reasons: tuple[str, ...] | None


@frozen
class FirstClaim:
    """A statement as a claim names it, and in how many levels that ask to decide it wins."""

    statement: str
    wins: int


@frozen
class KernelClaim:
    """Of a kernel file the number of its safe levels, and the statement that wins most of them."""

    kernel: str
    safe: int
    statement: str
    wins: int


@frozen
class PackFigures:
    """How a pack stands; lists of levels are ids. What follows from reasons is None where those are not known.

    `dice` are the levels that are won by dice, but for the first of a chapter.
    """

    decide: int
    safe: int
    broken: int
    recipe: tuple[str, ...]
    recipe2: tuple[str, ...]
    dice: tuple[str, ...]
    claims: tuple[FirstClaim, ...] | None
    kernels: tuple[KernelClaim, ...] | None


def figures_of(levels: Iterable[Level], proofs: Mapping[str, Proof | None]) -> PackFigures | None:
    """How a pack stands, by its levels in order and what is proved of each; None where that is not all."""
    pairs = [(level, proofs.get(level.id)) for level in levels]
    stands = [stand_of(level, proof) for level, proof in pairs if proof and proof.whole]
    return pack_figures([stand for stand in stands if stand]) if len(stands) == len(pairs) else None


def stand_of(level: Level, proof: Proof) -> Stand | None:
    """What counts of a level; None for one that does not count."""
    if level.teaches or level.variant_of:
        return None
    return Stand(
        level=level.id,
        chapter=level.chapter,
        kernel=level.kernel,
        decide=level.ask is Ask.DECIDE,
        safe=proof.verdict is Verdict.UNREACHABLE,
        recipe=proof.recipe is not None,
        recipe2=proof.recipe2 is not None,
        dice=proof.dice,
        reasons=_texts(proof),
    )


def _texts(proof: Proof) -> tuple[str, ...] | None:
    return None if proof.reasons is None else tuple(dict.fromkeys(line.text for line in proof.reasons))


def pack_figures(stands: Sequence[Stand]) -> PackFigures:
    """How the levels of a pack stand together, given in its order."""
    broken = [stand for stand in stands if not stand.safe]
    safe = [stand for stand in stands if stand.safe and stand.decide]
    first = {stand.chapter: stand.level for stand in reversed(stands)}.values()
    unknown = any(stand.reasons is None for stand in safe)
    return PackFigures(
        decide=sum(stand.decide for stand in stands),
        safe=len(safe),
        broken=len(broken),
        recipe=tuple(stand.level for stand in broken if stand.recipe),
        recipe2=tuple(stand.level for stand in broken if stand.recipe2),
        dice=tuple(stand.level for stand in broken if stand.dice and stand.dice < LIKELY and stand.level not in first),
        claims=None if unknown else tuple(_first_claims(safe)),
        kernels=None if unknown else tuple(_kernel_claims(safe)),
    )


def claims_won(figures: PackFigures | None, proof: Proof | None) -> tuple[str, ...] | None:
    """The first claims of a pack that win a level of which this is proved; None where that is not known."""
    if figures is None or figures.claims is None or proof is None:
        return None
    if proof.verdict is Verdict.REACHABLE:
        return ()
    won = _texts(proof)
    return None if won is None else tuple(claim.statement for claim in figures.claims if claim.statement in won)


def _bearing(stands: Iterable[Stand]) -> Counter[str]:
    """In how many levels each statement bears."""
    return Counter(statement for stand in stands for statement in dict.fromkeys(stand.reasons or ()))


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    """The statements with most levels first; of those with as many in alphabetical order."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _first_claims(safe: Sequence[Stand]) -> Iterator[FirstClaim]:
    for statement, count in _most(_bearing(safe))[:FIRST_CLAIMS]:
        yield FirstClaim(statement, count)


def _kernel_claims(safe: Sequence[Stand]) -> Iterator[KernelClaim]:
    for kernel in dict.fromkeys(stand.kernel for stand in safe):
        levels = [stand for stand in safe if stand.kernel == kernel]
        best = _most(_bearing(levels))
        if len(levels) >= _SEVERAL and best:
            yield KernelClaim(kernel, len(levels), *best[0])


def breaches(figures: PackFigures) -> Iterator[str]:
    """In what a pack gives in to who does not read, in sentences; none where it resists. What is not known is none."""
    if len(figures.recipe) > figures.broken * _FALLEN:
        yield f"{len(figures.recipe)} of {figures.broken} levels to be broken fall to the recipe; a third may"
    hard = figures.broken - len(figures.recipe)
    if figures.broken - len(figures.recipe2) < hard * _HARD:
        resist = figures.broken - len(figures.recipe2)
        yield f"{resist} of {hard} levels that resist the recipe resist recipe2; a third has to"
    if figures.decide and not _FEW_SAFE <= Fraction(figures.safe, figures.decide) <= _MANY_SAFE:
        yield f"{figures.safe} of {figures.decide} levels that ask to decide are safe; about half have to be"
    for level in figures.dice:
        yield f"{level} is won by dice more often than 1 in {LIKELY:g}, and is not the first of its chapter"
    for claim in figures.claims or ():
        if claim.wins > figures.decide * _CLAIMED:
            yield f"{claim.statement!r} wins {claim.wins} of {figures.decide} levels as the first claim; one in 8 may"
    for kernel in figures.kernels or ():
        if kernel.wins > kernel.safe * _OF_KERNEL:
            said = f"{kernel.statement!r} wins {kernel.wins} of {kernel.safe} safe levels"
            yield f"{said} of {kernel.kernel}; half of them may be won by one statement"
