# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands that ask for something around the game: pages, files, other levels, the end."""

from __future__ import annotations

from typing import Final

from puzzles.levels.rules import NOTE
from tui.actions.reply import CommandError, Reply
from tui.actions.requests import (
    BROKEN,
    Leave,
    OpenLevel,
    SaveReplay,
    ShowBriefing,
    ShowHistory,
    ShowLadder,
    ShowLevels,
    ShowNote,
    ShowOutcome,
    ShowWelcome,
)
from tui.game.game import Game

ALL: Final = "all"
"""What asks for the whole history."""


def ladder(_game: Game, _text: str) -> Reply:
    """Every access to the words that several threads touch."""
    return Reply(request=ShowLadder())


def outcome(game: Game, _text: str) -> Reply:
    """How the run ended."""
    if not game.session.over:
        raise CommandError("the run is not over yet")
    return Reply(request=ShowOutcome())


def briefing(_game: Game, _text: str) -> Reply:
    """The briefing again."""
    return Reply(request=ShowBriefing())


def welcome(_game: Game, _text: str) -> Reply:
    """The opening page again."""
    return Reply(request=ShowWelcome())


def save(game: Game, text: str) -> Reply:
    """Save the run up to here as a replay."""
    _of_own(game)
    return Reply(request=SaveReplay(text))


def save_over(game: Game, text: str) -> Reply:
    """The same, over a file that is there already."""
    _of_own(game)
    return Reply(request=SaveReplay(text, over=True))


def _of_own(game: Game) -> None:
    if game.lesson:
        raise CommandError("a lesson is not saved: no replay can name its kernel; `lesson` goes back to your own run")
    if game.what_if:
        raise CommandError("a what if is not saved: no replay can name its machine; `whatif` goes back to your own run")


def levels(text: str) -> Reply:
    """The list of levels, or one of them."""
    return Reply(request=OpenLevel(text) if text else ShowLevels())


def history(text: str) -> Reply:
    """The schemes, one of them, with what broke it where the line ends so, or a note."""
    words = text.split()
    if words == [ALL]:
        return Reply(request=ShowHistory(whole=True))
    asked = len(words) > 1 and words[-1] == BROKEN
    place = " ".join(words[:-1]) if asked else text
    return Reply(request=ShowNote(place, asked) if NOTE.fullmatch(place) else ShowHistory(place, asked))


def leave(_text: str) -> Reply:
    """The end of the program."""
    return Reply(request=Leave())
