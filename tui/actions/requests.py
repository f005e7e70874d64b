# SPDX-License-Identifier: GPL-2.0-or-later
"""What a command asks of the screen, or of line mode, because the game alone cannot do it."""

from __future__ import annotations

from typing import Final, TypeAlias

from attrs import frozen


@frozen
class ShowHelp:
    """All keys and commands."""


@frozen
class ShowBriefing:
    """What a player reads before the level."""


@frozen
class ShowWelcome:
    """Who the player is, the machine of the level, and the first keys."""


@frozen
class ShowLadder:
    """Every access to the words that several threads touch."""


@frozen
class ShowOutcome:
    """How the run ended."""


@frozen
class ShowDebrief:
    """The whole story behind a level that is settled."""


@frozen
class ShowClaim:
    """What has become of the claim that the level is safe, where it was not wrong."""


BROKEN: Final = "broken"
"""The word behind an era, or a note, that asks what broke it, settled or not."""


@frozen
class ShowSource:
    """The source of the kernel, at a line of a file, or all of a function.

    `ask` says that a line is to be chosen, `around` that only what stands around the line is wanted where there is no
    page; of a `word` all lines are wanted that have it, and the line is the first of them. `unnamed` says that nothing
    was named: the line is then where a thread stands.
    """

    file: str
    line: int
    function: str = ""
    ask: bool = False
    around: bool = False
    word: str = ""
    unnamed: bool = False


@frozen
class OpenLesson:
    """The race that one of the statements of the last claim prevents, by its number from 0."""

    number: int = 0


@frozen
class EndLesson:
    """The player's own run, which a lesson or a what if has left."""


@frozen
class AskWhatIf:
    """A question of the level, by its number from 1."""

    number: int


@frozen
class TellWhatIf:
    """The answer to a question that was answered; `right` says whether the player has just answered it so."""

    number: int
    right: bool | None = None


@frozen
class OpenWhatIf:
    """The machine after the change of a question, with the schedule that reaches the goal there, if one does."""

    number: int


@frozen
class ShowHistory:
    """The schemes from 2005 on, at the era named ("": at that of the level); `broken` asks what broke it, too.

    `whole` asks for all that is told of each, where there is no page to choose one.
    """

    era: str = ""
    broken: bool = False
    whole: bool = False


@frozen
class ShowNote:
    """The section of the notes with a number, such as 4.5; `broken` asks for one that gives levels away, too."""

    number: str
    broken: bool = False


@frozen
class ShowLevels:
    """The list of levels."""


@frozen
class OpenLevel:
    """The level of an id; `why` is said of that, where the player has not asked for it."""

    level_id: str
    why: str = ""


@frozen
class Vary:
    """The same level with one more initial value, "LVALUE=VALUE" ("": as it is)."""

    assignment: str


@frozen
class SaveReplay:
    """The run up to here as a replay in a file ("": which one?), over one that is there only if `over`."""

    file: str
    over: bool = False


@frozen
class Leave:
    """The end of the program."""


CommandRequest: TypeAlias = (
    ShowHelp
    | ShowBriefing
    | ShowWelcome
    | ShowLadder
    | ShowOutcome
    | ShowDebrief
    | ShowClaim
    | ShowSource
    | OpenLesson
    | EndLesson
    | AskWhatIf
    | TellWhatIf
    | OpenWhatIf
    | ShowHistory
    | ShowNote
    | ShowLevels
    | OpenLevel
    | Vary
    | SaveReplay
    | Leave
)
