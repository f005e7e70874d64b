# SPDX-License-Identifier: GPL-2.0-or-later
"""How a pack stands against who does not read: figures of all levels together, and what they breach."""

from __future__ import annotations

import pytest
from attrs import evolve

from puzzles.levels import game_pack
from puzzles.proofs import Proof, known_proof
from puzzles.proofs.standing import (
    FIRST_CLAIMS,
    FirstClaim,
    KernelClaim,
    Stand,
    breaches,
    claims_won,
    figures_of,
    pack_figures,
    stand_of,
)


def broken(number: int, *, recipe: bool = False, recipe2: bool = False, dice: float = 1000.0) -> Stand:
    return Stand(f"x/{number}", "x", "a.c", True, False, recipe, recipe or recipe2, dice, None)


def safe(number: int, *reasons: str, kernel: str = "a.c") -> Stand:
    return Stand(f"x/{number}", "x", kernel, True, True, False, False, None, reasons)


def test_levels_that_fall_are_named_and_the_first_of_a_chapter_may_fall_to_dice() -> None:
    levels = [broken(1, recipe=True, dice=2.0), broken(2, recipe2=True, dice=19.9), broken(3, dice=20.0)]
    figures = pack_figures(levels)
    assert (figures.decide, figures.safe, figures.broken) == (3, 0, 3)
    assert (figures.recipe, figures.recipe2, figures.dice) == (("x/1",), ("x/1", "x/2"), ("x/2",))


def test_claims_are_counted_over_safe_levels_each_statement_once_in_a_level() -> None:
    levels = [safe(1, "f: a", "f: b", "f: a"), safe(2, "f: b"), safe(3, "f: b", "f: c", kernel="b.c"), broken(4)]
    figures = pack_figures(levels)
    assert figures.claims == (FirstClaim("f: b", 3), FirstClaim("f: a", 1), FirstClaim("f: c", 1))
    assert figures.kernels == ()


def test_the_best_line_of_a_kernel_file_counts_where_that_has_three_safe_levels() -> None:
    figures = pack_figures([safe(1, "f: a"), safe(2, "f: a", "f: b"), safe(3, "f: c")])
    assert figures.kernels == (KernelClaim("a.c", 3, "f: a", 2),)
    assert "'f: a' wins 2 of 3 safe levels of a.c; half of them may be won by one statement" in list(breaches(figures))


def test_only_ten_statements_are_tried_first() -> None:
    figures = pack_figures([safe(1, *(f"f: {letter}" for letter in "abcdefghijklm"))])
    assert figures.claims is not None
    assert [claim.statement for claim in figures.claims] == [f"f: {letter}" for letter in "abcdefghij"]


def test_where_reasons_are_not_known_nothing_is_said_of_claims() -> None:
    level = evolve(safe(1), reasons=None)
    figures = pack_figures([level])
    assert (figures.claims, figures.kernels) == (None, None)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ([broken(1, recipe=True), broken(2), broken(3)], ""),
        ([broken(1, recipe=True), broken(2, recipe=True), broken(3)], "2 of 3 levels to be broken fall to the recipe"),
        ([broken(1, recipe2=True), broken(2, recipe2=True)], "0 of 2 levels that resist the recipe resist recipe2"),
        ([broken(1), broken(2, dice=3.0)], "x/2 is won by dice more often than 1 in 20"),
        ([broken(1), broken(2), broken(3), safe(4)], "1 of 4 levels that ask to decide are safe"),
        ([*map(broken, range(5)), *(safe(number, "f: a") for number in range(5, 10))], "'f: a' wins 5 of 10 levels"),
    ],
)
def test_what_is_breached_is_said(levels: list[Stand], said: str) -> None:
    told = [text for text in breaches(pack_figures(levels)) if "are safe" not in text or "are safe" in said]
    assert any(text.startswith(said) for text in told) if said else not told


ENOUGH = 45
"""So many levels the campaign has at least besides variants and the tour."""


def proofs() -> dict[str, Proof | None]:
    return {level.id: known_proof(level) for level in game_pack().levels}


def test_the_tour_and_variants_do_not_count() -> None:
    known = proofs()
    stands = [stand_of(level, proof) for level in game_pack().levels if (proof := known[level.id])]
    counted = {stand.level for stand in stands if stand}
    assert counted == {level.id for level in game_pack().levels if not level.teaches and not level.variant_of}


def test_first_claims_are_told_of_each_level_where_all_is_proved() -> None:
    known = proofs()
    figures = figures_of(game_pack().levels, known)
    assert figures is not None
    assert figures.claims is not None
    assert len(figures.claims) == FIRST_CLAIMS
    for level in game_pack().levels:
        proof = known[level.id]
        assert proof is not None
        won = claims_won(figures, proof)
        texts = {line.text for line in proof.reasons or ()}
        assert won == tuple(claim.statement for claim in figures.claims if claim.statement in texts)
    for claim in figures.claims:
        stands = [stand_of(level, proof) for level in game_pack().levels if (proof := known[level.id])]
        assert claim.wins == sum(claim.statement in (stand.reasons or ()) for stand in stands if stand)


def test_where_a_proof_is_missing_nothing_is_said_of_the_pack() -> None:
    known = {**proofs(), "in-place/1": None}
    assert figures_of(game_pack().levels, known) is None
    assert claims_won(None, known["in-place/4"]) is None


def test_the_campaign_keeps_all_bounds() -> None:
    figures = figures_of(game_pack().levels, proofs())
    assert figures is not None
    assert list(breaches(figures)) == []


def test_the_campaign_has_enough_levels_that_are_no_variants() -> None:
    counted = [level for level in game_pack().levels if not level.teaches and not level.variant_of]
    assert len(counted) >= ENOUGH
    assert len({level.title for level in counted}) == len({level.idea for level in counted}) == len(counted)
