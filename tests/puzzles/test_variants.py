# SPDX-License-Identifier: GPL-2.0-or-later
"""Variants: which levels can be some, where they stand, and what a pack says of those that cannot."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from puzzles.judging.ask import Ask
from puzzles.levels import Level, Pack, game_pack, level_hash, load_pack
from puzzles.levels.families import in_families, misplaced_variants
from puzzles.levels.listing import Chapter
from puzzles.levels.order import playing_order
from tests.puzzles.packs import LEVEL, complaints, small_level, write_pack

CHAPTERS = ("first", "second")
place = playing_order([Chapter("first", levels=(7, 2)), Chapter("second")])
LEVELS = st.lists(st.tuples(st.sampled_from(CHAPTERS), st.integers(1, 12)), unique=True, min_size=1, max_size=12)


def pack_of(folder: Path, **variants: str) -> Pack:
    """Levels small/1, small/2, ... of which some are variants, by the last part of their ids."""
    write_pack(folder)
    for number, sibling in variants.items():
        id_ = f"small/{number.removeprefix('n')}"
        (folder / id_).mkdir(exist_ok=True)
        text = LEVEL.replace('id = "small/1"', f'id = "{id_}"' + (f'\nvariant_of = "{sibling}"' if sibling else ""))
        (folder / id_ / "level.toml").write_text(text, "utf-8")
    return load_pack(folder)


def told(pack: Pack) -> dict[str, str]:
    return {id_: str(error).partition("variant_of: ")[2] for id_, error in pack.broken.items()}


@pytest.mark.parametrize(
    ("sibling", "message"),
    [
        ("small/1", "names this level itself; name the one that it is a variant of, or leave it out"),
        ("small", "'small' is no id of a level; write one like in-place/1"),
        ("Small/2", "'Small/2' is no id of a level; write one like in-place/1"),
    ],
)
def test_a_sibling_that_can_be_none_is_told_with_its_key(tmp_path: Path, sibling: str, message: str) -> None:
    said = complaints(tmp_path, ('title = "A', f'variant_of = "{sibling}"\ntitle = "A'))
    assert said == {"variant_of": message}


def test_a_sibling_that_the_pack_does_not_have_is_told_and_hides_no_other_level(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, n2="smal/1", n3="elsewhere/7", n4="small/1")
    assert told(pack) == {
        "small/2": "there is no level 'smal/1' in this pack; did you mean small/1?",
        "small/3": "there is no level 'elsewhere/7' in this pack; name one of its levels, or leave it out",
    }
    assert pack.ids == ("small/1", "small/4")


def test_a_variant_of_a_variant_is_told_and_so_are_two_of_each_other(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, n2="small/1", n3="small/2", n4="small/5", n5="small/4")
    assert told(pack) == {
        "small/3": "'small/2' is a variant itself; name the level that it is one of, 'small/1'",
        "small/4": "'small/5' is a variant itself; name the level that it is one of, 'small/4'",
        "small/5": "'small/4' is a variant itself; name the level that it is one of, 'small/5'",
    }
    assert pack.ids == ("small/1", "small/2")


def test_a_variant_of_a_level_that_is_broken_can_be_played(tmp_path: Path) -> None:
    pack_of(tmp_path, n2="small/1", n3="")
    (tmp_path / "small/1/level.toml").write_text("id = 1", "utf-8")
    assert load_pack(tmp_path).ids == ("small/2", "small/3")


def test_a_family_is_a_level_and_all_its_variants(tmp_path: Path) -> None:
    pack = pack_of(tmp_path, n2="", n3="small/1", n4="small/1")
    assert pack.ids == ("small/1", "small/3", "small/4", "small/2")
    assert pack.own_ids == ("small/1", "small/2")
    assert {id_: pack.family(id_) for id_ in pack.ids} == {
        "small/1": ("small/3", "small/4"),
        "small/3": ("small/1", "small/4"),
        "small/4": ("small/1", "small/3"),
        "small/2": (),
    }
    assert pack.family("small/9") == ()


@given(LEVELS, st.data())
def test_each_variant_stands_behind_its_sibling_whatever_its_number_and_chapter(
    ids: list[tuple[str, int]], data: st.DataObject
) -> None:
    texts = [f"{chapter}/{number}" for chapter, number in ids]
    own = data.draw(st.sets(st.sampled_from(texts), min_size=1))
    small = game_pack().levels[0]
    levels = [
        evolve(small, id=id_, variant_of="" if id_ in own else data.draw(st.sampled_from(sorted(own)))) for id_ in texts
    ]
    assert misplaced_variants(levels, ()) == {}
    ordered = in_families(levels, place)
    assert sorted(level.id for level in ordered) == sorted(texts)
    families = [
        (root, [level.id for level in family]) for root, family in groupby(ordered, lambda level: level.listed.root)
    ]
    assert [root for root, _ in families] == sorted(own, key=place)
    for root, (first, *variants) in families:
        assert first == root
        assert variants == sorted(variants, key=place)


def test_a_chapter_lists_the_variants_of_its_levels_from_whichever_chapter(tmp_path: Path) -> None:
    write_pack(tmp_path)
    (tmp_path / "large/1").mkdir(parents=True)
    text = LEVEL.replace('id = "small/1"', 'id = "large/1"\nvariant_of = "small/1"')
    (tmp_path / "large/1/level.toml").write_text(text, "utf-8")
    pack = load_pack(tmp_path)
    assert [level.id for level in pack.in_chapter("small")] == ["small/1", "large/1"]
    assert list(pack.in_chapter("large")) == []


def test_a_variant_plays_as_the_level_would_without_the_key(tmp_path: Path) -> None:
    level = small_level(tmp_path)
    assert level_hash(evolve(level, variant_of="small/2")) == level_hash(level)


def variants() -> list[Level]:
    return [level for level in game_pack().levels if level.variant_of]


def test_that_a_level_is_a_variant_does_not_tell_whether_it_is_safe() -> None:
    kinds = [level.goal.safe for level in variants()]
    assert 1 / 3 < sum(kinds) / len(kinds) < 2 / 3
    siblings = {level.id: level.goal.safe for level in game_pack().levels}
    opposite = [level.goal.safe is not siblings[level.variant_of] for level in variants()]
    assert 1 / 4 < sum(opposite) / len(opposite) < 3 / 4


def test_every_variant_of_the_game_asks_to_decide_as_its_sibling_does() -> None:
    assert {level.id for level in variants() if level.ask is not Ask.DECIDE or level.teaches} == set()
