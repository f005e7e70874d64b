# SPDX-License-Identifier: GPL-2.0-or-later
"""No text of the game uses a word of the field that the glossary does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from spellchecker import SpellChecker

from puzzles.glossary import game_glossary, term_uses
from puzzles.history import game_history
from puzzles.levels import Level, game_pack
from puzzles.levels.files import entries, game_folder
from tests.tui.program import ROOT
from tui.actions.commands import COMMANDS
from tui.view.welcome import DISTANCES, GOAL, WHO

COMMON = 130
"""How often a word stands in the dictionary's corpus if it is everyday English: rebind 50, allocation 93."""

_SHOWN_COMMAND = re.compile(r"^ {4}.*$", re.MULTILINE)
_NO_WORDS = re.compile(r"\S*[\d/@=<>{}&]\S*|\b\w+(?:\.\w+)+|\B-\w+|\"[^\"]*\"")
_WORD = re.compile(r"[A-Za-z_][A-Za-z_]*(?:\(\))?")


@cache
def words_in(name: str) -> frozenset[str]:
    lines = (ROOT / "tests/data/words" / name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def identifiers() -> frozenset[str]:
    """Every identifier of the kernel files and headers that a player can read."""
    places = [place for name in ("kernels", "include") for place in entries(game_folder() / name)]
    return frozenset(name for place in places for name in re.findall(r"[A-Za-z_]\w*", place.path.read_text("utf-8")))


@cache
def authors() -> frozenset[str]:
    """The names of those who wrote the commits of the history."""
    return frozenset(name for era in game_history().eras for each in era.commits for name in each.author.split())


@cache
def english() -> SpellChecker:
    return SpellChecker()


@cache
def placeholders() -> frozenset[str]:
    """What stands for an argument in the usage of a command, such as FILE."""
    return frozenset(word for command in COMMANDS for word in re.findall(r"[A-Z]{2,}", command.usage))


def is_plain(word: str) -> bool:
    """Whether a word needs no entry."""
    bare = word.removesuffix("()")
    small = bare.lower()
    if bare in words_in("plain.txt") or small in words_in("plain.txt") or len(bare) == 1:
        return True
    if bare in placeholders():
        return True
    if "_" in bare:
        return bare in identifiers()
    if small in words_in("kernel.txt") or bare.isupper():
        return False
    return english()[small] > COMMON or bare in authors() or (word.endswith("()") and bare in identifiers())


def unexplained(text: str) -> Iterator[str]:
    """The words of a text that need an entry in the glossary and have none."""
    glossary = game_glossary()
    bare = _SHOWN_COMMAND.sub("", text)
    for use in reversed(list(term_uses(bare, glossary))):
        bare = f"{bare[: use.start]} {bare[use.end :]}"
    for word in _WORD.findall(_NO_WORDS.sub(" ", bare.replace("'s", " "))):
        if not is_plain(word) and glossary.find(word) is None:
            yield word


def of_level(level: Level) -> Iterator[str]:
    yield from (level.title, level.idea, level.briefing, level.hint, level.debrief, *level.left_out)
    yield from (question.question for question in level.what_ifs)


def told_once() -> Iterator[tuple[str, str]]:
    """Texts beside those of levels: where they stand, and what they say."""
    for chapter in game_pack().chapters:
        yield f"chapter {chapter.id}", f"{chapter.title}. {chapter.about}"
    for era in game_history().eras:
        yield f"era {era.id}", ". ".join((era.title, *(fact.text for _, fact in era.facts)))
    for place in (place for name in ("kernels", "include") for place in entries(game_folder() / name)):
        names = re.findall(r"^ \* walk .*\): (.+)$", place.path.read_text("utf-8"), re.MULTILINE)
        yield f"walks of {place.name}", ". ".join(f"In a {name}" for name in names)
    yield "the opening page", " ".join((*WHO, *GOAL, DISTANCES))
    for command in COMMANDS:
        yield f"command {command.name}", command.help
    for term in game_glossary().terms:
        yield f"term {term.name}", f"{term.what} {term.why}"


def missing(texts: Iterable[str]) -> list[str]:
    return sorted({word for text in texts for word in unexplained(text)})


@pytest.mark.parametrize("level", game_pack().levels, ids=lambda level: level.id)
def test_each_word_of_a_level_is_explained(level: Level) -> None:
    assert missing(of_level(level)) == []


def test_each_word_of_the_other_texts_is_explained() -> None:
    assert {place: words for place, text in told_once() if (words := missing([text]))} == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The kcompactd thread wakes.", ["kcompactd"]),
        ("Its folios are charged to a memcg.", ["folios", "memcg"]),
        ("It is under RCU, and the TLB is flushed.", ["RCU", "TLB"]),
        ("Then try_to_unmap_anon() is called, with anon_vma_lock held.", ["anon_vma_lock", "try_to_unmap_anon()"]),
        ("The pageblock belongs to node 1, and so does its zone.", ["pageblock"]),
        ("The cpuset's mask and the zonelists of both nodes.", []),
        ("R asks for mmap_sem and calls get_mems_allowed().", []),
        ("Said Vlastimil Babka in May.", []),
    ],
)
def test_a_word_without_an_entry_is_named(text: str, words: list[str]) -> None:
    assert missing([text]) == words


def test_the_lists_of_words_are_in_order_and_say_nothing_twice() -> None:
    for name in ("kernel.txt", "plain.txt"):
        lines = [line for line in (ROOT / "tests/data/words" / name).read_text("utf-8").splitlines() if line[0] != "#"]
        assert lines == sorted(set(lines), key=lambda word: (word.casefold(), word))
