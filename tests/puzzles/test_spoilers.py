# SPDX-License-Identifier: GPL-2.0-or-later
"""What is shown of a level that asks to decide does not tell whether its goal can be reached, nor does another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from puzzles.glossary import game_glossary
from puzzles.glossary.model import Term
from puzzles.history import Era, game_history
from puzzles.judging.ask import Ask
from puzzles.levels import Level, game_pack
from puzzles.levels.listing import Chapter, Listed

PHRASES = Path(__file__).parent.parent / "data" / "spoilers.txt"
PACK = game_pack()
DECIDE = [level for level in PACK.levels if level.ask is Ask.DECIDE and not level.teaches]
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


@cache
def phrases() -> tuple[str, ...]:
    lines = PHRASES.read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def told(text: str) -> list[str]:
    """The phrases that stand in a text, however its lines are broken."""
    words = " ".join(text.replace("*", " ").lower().split())
    return [phrase for phrase in phrases() if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words)]


def texts(level: Level) -> Iterator[str]:
    """What is shown of a level before it is settled."""
    yield from (level.title, level.idea, level.briefing, level.hint, level.other_zonelists)
    yield from level.left_out
    yield from (thread.name for thread in level.threads)
    yield from COMMENT.findall(level.source.text)


@pytest.mark.parametrize("level", DECIDE, ids=lambda level: level.id)
def test_no_text_of_a_level_tells_its_answer(level: Level) -> None:
    assert {text: told(text) for text in texts(level) if told(text)} == {}


@pytest.mark.parametrize("chapter", PACK.chapters, ids=lambda chapter: chapter.id)
def test_no_chapter_tells_the_answers_of_its_levels(chapter: Chapter) -> None:
    assert told(chapter.title) + told(chapter.about) == []


@pytest.mark.parametrize("era", game_history().eras, ids=lambda era: era.id)
def test_no_era_tells_them_before_it_is_opened(era: Era) -> None:
    shown = (era.id.replace("-", " "), era.title, *(str(fact) for label, fact in era.facts if label != "broken"))
    assert {text: told(text) for text in shown if told(text)} == {}


@pytest.mark.parametrize("phrase", phrases())
def test_a_phrase_that_is_put_into_a_text_is_noticed(phrase: str) -> None:
    text = f"Here it is:\n{phrase.capitalize().replace(' ', chr(10))}, says R."
    level = DECIDE[0]
    kernel = evolve(level.source, text=f"{level.source.text}/* {text} */")
    for spoiled in (
        evolve(level, title=text),
        evolve(level, idea=text),
        evolve(level, briefing=text),
        evolve(level, hint=text),
        evolve(level, leaves_out=(text,)),
        evolve(level, source=kernel),
    ):
        assert phrase in [each for shown in texts(spoiled) for each in told(shown)]


def test_guessing_by_what_a_level_asks_is_a_coin() -> None:
    safe = sum(level.goal.safe for level in DECIDE)
    assert 0.4 < safe / len(DECIDE) < 0.6


def test_the_headers_are_texts_too() -> None:
    shown = {name: text for level in DECIDE for name, text in level.source.headers}
    assert {name: told(" ".join(COMMENT.findall(text))) for name, text in shown.items()} == {name: [] for name in shown}


OTHERS = Path(__file__).parent.parent / "data" / "other-levels.txt"
ID = re.compile(r"(?<![\w/-])[a-z][a-z0-9-]*/[1-9][0-9]*(?!\w)")


def of_others(text: str, own: str = "") -> list[str]:
    """What in a text names another level than its own, by id or title, or speaks of one.

    A title is named where it stands with its capital inside of a sentence: `One look` begins many.
    """
    itself = PACK.find(own)
    words = " ".join(text.split())
    words = words.replace(itself.title, "") if itself else words
    ids = [id_ for id_ in ID.findall(words) if id_ in PACK.ids and id_ != own]
    titles = [level.title for level in PACK.listed if level.id != own and _inside(level.title, words)]
    lines = OTHERS.read_text("utf-8").splitlines()
    phrases = [line for line in lines if line and not line.startswith("#") and _has(line, words.lower())]
    return [*ids, *titles, *phrases]


def _inside(title: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?<![.?!] ){re.escape(title)}(?!\w)", words) is not None and not words.startswith(title)


def _has(phrase: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words) is not None


@pytest.mark.parametrize("level", PACK.levels, ids=lambda level: level.id)
def test_no_debrief_tells_of_another_level(level: Level) -> None:
    assert of_others(level.short, level.id) + of_others(level.debrief, level.id) == []


@pytest.mark.parametrize("level", PACK.levels, ids=lambda level: level.id)
def test_no_question_tells_of_another_level_or_the_answer(level: Level) -> None:
    questions = [question.question for question in level.what_ifs]
    assert [phrase for text in questions for phrase in (*of_others(text, level.id), *told(text))] == []


@pytest.mark.parametrize("term", game_glossary().terms, ids=lambda term: term.name)
def test_no_word_of_the_glossary_tells_of_a_level(term: Term) -> None:
    assert of_others(term.what) + of_others(term.why) == []


@pytest.mark.parametrize("era", game_history().eras, ids=lambda era: era.id)
def test_no_era_tells_of_a_level(era: Era) -> None:
    assert [told for _, fact in era.facts for told in of_others(str(fact))] == []


@pytest.mark.parametrize("level", PACK.listed, ids=lambda level: level.id)
def test_a_level_that_is_named_in_a_text_is_noticed(level: Listed) -> None:
    assert of_others(f"Node 0 is gone, as\nin {level.id}.") == [level.id]
    assert level.title in of_others(f"It is told in {level.title}, too.")
    assert of_others(f"It is told in {level.title}, and {level.id}.", level.id) == []


@pytest.mark.parametrize("text", ["The next level has it.", "Closed by 902b62810a57.", "In the model of 4.7 it dies."])
def test_who_speaks_of_another_level_without_its_name_is_noticed_too(text: str) -> None:
    assert of_others(text) != []
