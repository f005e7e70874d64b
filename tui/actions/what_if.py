# SPDX-License-Identifier: GPL-2.0-or-later
"""What a level asks once it is settled: the question, the player's answer, and what it is about, to be played."""

from __future__ import annotations

from typing import Final

from puzzles.judging.claims import Answer
from puzzles.levels import LevelError
from puzzles.levels.what_if import question_key
from puzzles.wins.ledger import Guessed
from tui.actions.arguments import in_own_run
from tui.actions.reply import CommandError, Reply
from tui.actions.requests import AskWhatIf, EndLesson, OpenLevel, OpenWhatIf, TellWhatIf
from tui.explorer.what_ifs import WhatIfAnswer
from tui.game.game import Game
from tui.game.what_ifs import answers, next_question, searched_answer
from tui.view.stars import UNSETTLED
from tui.view.what_ifs import tally_text

_YES: Final = ("yes", "y")
_NO: Final = ("no", "n")
_PLAY: Final = ("play", "p")
_WORDS: Final = (*_YES, *_NO, *_PLAY)


def what_if(game: Game, text: str) -> Reply:
    """The next question of a settled level, or with words behind it an answer; in a what if, the way back.

    Raises Unknown where the answer must be searched for.
    """
    if game.what_if is not None and not text:
        return Reply(request=EndLesson())
    in_own_run(game)
    _check_asks(game)
    text = text.removeprefix("if").strip()  # "what if" is typed, too
    if not text and next_question(game) is None:
        return Reply((f"{tally_text(answers(game))}; whatif 1 tells the first again",))
    number, word = _parsed(game, text.lower().split())
    is_answered = answers(game)[number - 1] is not None
    if not word and not is_answered:
        return Reply(request=AskWhatIf(number))
    if word in _PLAY and not is_answered:
        raise CommandError(f"answer first: whatif {number} yes, or whatif {number} no")
    answer = _answer(game, number)
    if word in _PLAY:
        return Reply(request=OpenWhatIf(number))
    return Reply(request=TellWhatIf(number)) if is_answered else _settled(game, number, answer, yes=word in _YES)


def _check_asks(game: Game) -> None:
    """Refuse what cannot be asked yet, or here. Raises CommandError."""
    if not game.scored:
        raise CommandError("the level was changed; what it asks is about the level as it is")
    if not (game.is_settled or game.solved):
        raise CommandError(UNSETTLED)
    if not game.level.what_ifs:
        raise CommandError("this level asks nothing more")
    if game.lacks_lines:
        raise CommandError("first add to your claim what it lacks, with claim safe LINE; lesson or debrief ends that")


def _parsed(game: Game, words: list[str]) -> tuple[int, str]:
    """The number of a question and the word behind it, "" for none; without a number the next, or the last to play.

    Raises CommandError.
    """
    count, left = len(game.level.what_ifs), next_question(game)
    number = left or count
    if words and words[0].isdecimal():
        number = int(words.pop(0)[:6])
    elif left and left > 1 and words and words[0] in _PLAY:
        number = left - 1
    if not 1 <= number <= count:
        raise CommandError(f"there is no such question; this level asks {count}")
    if len(words) > 1 or (words and words[0] not in _WORDS):
        raise CommandError("answer with whatif yes or whatif no; whatif N play opens what question N is about")
    return number, words[0] if words else ""


def _answer(game: Game, number: int) -> WhatIfAnswer:
    try:
        return searched_answer(game, number)
    except LevelError as problem:
        raise CommandError(f"that cannot be answered: {problem.problems[0].message}") from None


def _settled(game: Game, number: int, answer: WhatIfAnswer, *, yes: bool) -> Reply:
    """Settle the player's answer, and note it; where that would tell of a level that is not settled, open that."""
    twin = next((id_ for id_ in answer.twins if id_ not in game.settled_ids()), "")
    if twin:
        why = f"that is the level {twin}, which you have not settled: play it first"
        return Reply(request=OpenLevel(twin, why))
    if answer.settled.answer is Answer.UNDECIDED:
        return Reply(request=TellWhatIf(number))
    right = yes == (answer.settled.answer is Answer.WRONG)
    game.note(Guessed(question_key(game.level, game.level.what_ifs[number - 1]), right))
    return Reply(request=TellWhatIf(number, right))
