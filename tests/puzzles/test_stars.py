# SPDX-License-Identifier: GPL-2.0-or-later
"""What wins of a level come to."""

from __future__ import annotations

import pytest

from puzzles.judging.score import Score
from puzzles.wins.stars import Worth, rating, stars_text

PAR, ALSO_PAR, MORE = Score(31, 1), Score(28, 2), Score(40, 1)


@pytest.mark.parametrize(
    ("wins", "stars"),
    [
        ([Worth(MORE, "rescue 1")], 1),
        ([Worth(MORE)], 2),
        ([Worth(PAR, "rescue 1")], 2),
        ([Worth(ALSO_PAR)], 3),
        ([Worth(PAR, "rescue 1"), Worth(MORE)], 3),
        ([Worth(Score(0, 0), claim=True)], 2),
        ([Worth(Score(0, 0), "miss 1", claim=True)], 1),
        ([Worth(Score(0, 0), claim=True, whole=True)], 3),
        ([Worth(Score(0, 0), "rescue 1, rung 3", claim=True, whole=True)], 2),
        ([Worth(Score(0, 0), "miss 1", claim=True, whole=True)], 1),
        ([Worth(Score(0, 0), "rung 4", claim=True, whole=True)], 1),
        ([Worth(Score(0, 0), "lesson", claim=True, whole=True), Worth(Score(0, 0), claim=True)], 2),
    ],
)
def test_a_star_for_a_win_one_without_help_and_one_at_par(wins: list[Worth], stars: int) -> None:
    rated = rating(wins, (PAR, ALSO_PAR))
    assert rated is not None
    assert rated.stars == stars


def test_no_win_no_rating_and_the_best_counts() -> None:
    assert rating([], (PAR,)) is None
    rated = rating([Worth(MORE, blindfold=True), Worth(PAR)], ())
    assert rated is not None
    assert rated.best == PAR
    assert rated.blindfold
    assert not rated.at_par


def test_a_claim_that_names_nothing_wins_nothing_and_of_the_others_the_best_tells_its_lines() -> None:
    none = Score(0, 0)
    assert rating([Worth(none, claim=True, won=False)], ()) is None
    claims = [Worth(none, "miss 1", claim=True, lines=("a", "b", "c")), Worth(none, claim=True, lines=("a",))]
    rated = rating(claims, ())
    assert rated is not None
    assert rated.lines == ("a", "b", "c")
    rated = rating([*claims, Worth(none, claim=True, lines=("a", "b"), whole=True)], ())
    assert rated is not None
    assert (rated.lines, rated.stars) == (("a", "b"), 3)


def test_stars_are_drawn_where_they_can_be() -> None:
    assert stars_text(2, "utf-8") == "\u2605\u2605\u2606"
    assert (
        stars_text(2, "ascii") == stars_text(2, "latin-1") == stars_text(2, None) == stars_text(2, "no such") == "2/3"
    )
