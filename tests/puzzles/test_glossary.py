# SPDX-License-Identifier: GPL-2.0-or-later
"""The glossary: each entry has its form and its grounds, and is found however it is spelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from puzzles.glossary import first_uses, game_glossary, load_glossary, term_uses
from puzzles.levels import LevelError, game_pack
from puzzles.notes import page_names, sections

ENTRY = """
[[term]]
name = "cpuset"
what = "A cpuset is a group of tasks."
why = "It has nodes."
level = "tour/4"
more = ["2.8"]
"""


def test_each_term_names_a_level_that_is_there_and_pages_that_say_so() -> None:
    levels, places = game_pack().ids, {*sections(), *page_names()}
    for term in game_glossary().terms:
        assert term.level in levels, term.name
        assert [place for place in term.more if place not in places] == [], term.name


def test_no_term_names_the_outcome_of_a_level() -> None:
    """What is told of each level without its being settled is told by nobody else before."""
    for term in game_glossary().terms:
        text = f"{term.what} {term.why}"
        assert [level.id for level in game_pack().levels if level.id in text] == [], term.name
        assert [level.title for level in game_pack().levels if level.title in text] == [], term.name
        assert not {"safe", "unsafe"} & set(text.split()), term.name


def test_the_one_definition_of_premature_names_what_decides() -> None:
    premature, genuine = map(game_glossary().term, ("premature", "genuine"))
    nodes, rule = "all nodes that cpuset and policy allow", "exhausted: at or below min, nothing to reclaim"
    assert f"at no instant of its allocation were {nodes} {rule}" in premature.what
    assert f"at some instant of its allocation {nodes} were {rule}" in genuine.what


def test_a_term_is_found_by_each_spelling_in_any_case() -> None:
    for term in game_glossary().terms:
        for spelling in (term.name, *term.forms):
            for word in (spelling, spelling.upper(), f"  {spelling.capitalize()} ", spelling.replace("-", " ")):
                assert game_glossary().term(word) is term


@pytest.mark.parametrize(
    ("word", "name"),
    [("CPUSETS", "cpuset"), ("policies", "mempolicy"), ("passes", "pass"), ("mbind", "mbind()"), ("vmas", "mapping")],
)
def test_the_plural_and_the_case_do_not_matter(word: str, name: str) -> None:
    assert game_glossary().term(word).name == name


@pytest.mark.parametrize(
    ("word", "offer"),
    [("cpuste", "near to it: cpuset; "), ("zone-list", "near to it: zonelist; "), ("quux", ""), ("", "")],
)
def test_near_names_are_offered_for_a_word_that_is_none(word: str, offer: str) -> None:
    with pytest.raises(ValueError, match=r"^no word '.*' in the glossary; .*explain alone lists all$") as refused:
        game_glossary().term(word)
    assert f"; {offer}explain" in str(refused.value)


def test_uses_are_told_once_for_each_page() -> None:
    texts = ("Its cpusets and the cpuset's mask.", "A cpuset, task.mems_allowed, masks, and a low watermark.")
    firsts = first_uses(texts, game_glossary())
    marked = [[text[use.start : use.end] for use in of_text] for text, of_text in zip(texts, firsts, strict=True)]
    assert marked == [["cpusets", "mask"], ["low watermark"]]


def test_everyday_words_are_no_uses() -> None:
    text = "Let it pass node-local lights, claim a step, and buglike bugs."
    assert [use.term.name for use in term_uses(text, game_glossary())] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("A cpuset is a group of tasks.", "A cpuset is. It has tasks.", "4: term[0].what: is not one sentence; "),
        ("It has nodes.", "It has nodes", "5: term[0].why: is not one sentence; "),
        ("It has nodes.", "x" * 201, "5: term[0].why: has 201 characters; at most 200"),
        ("It has nodes.", "", "5: term[0].why: is empty; write one sentence"),
        ("tour/4", "tour", "6: term[0].level: 'tour' is no level; "),
        ('["2.8"]', '["2.8.1"]', "7: term[0].more: '2.8.1' is no section of the notes and no page; "),
        ('["2.8"]', "[]", "7: term[0].more: has 0 entries; "),
        ('"cpuset"', '""', "3: term[0].name: '' is no name; "),
        ('"cpuset"', "3", "3: term[0].name: 3 stands where a text in quotes belongs; "),
        ("why =", "wyh =", "2: term[0].why: "),
        ("why =", "wyh =", "5: term[0].wyh: no such key; did you mean why?"),
        ('more = ["2.8"]', f'more = ["2.8"]\n{ENTRY}', "10: term[1].name: 'cpuset' "),
        ("[[term]]", "[[term]", "is not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    (tmp_path / "glossary.toml").write_text(ENTRY.replace(old, new), "utf-8")
    with pytest.raises(LevelError) as refused:
        load_glossary(tmp_path)
    assert any(told in str(problem) for problem in refused.value.problems), str(refused.value)


def test_a_glossary_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "glossary.toml").write_text(ENTRY * 1_000, "utf-8")
    with pytest.raises(LevelError, match=r"larger than|more than|at most"):
        load_glossary(tmp_path)
