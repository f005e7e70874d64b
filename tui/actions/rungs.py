# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of a level whose goal no schedule reaches: which threads, which function, which line."""

from __future__ import annotations

from puzzles.wins.help import RUNGS
from sim.debugger import letters
from sim.explore import Halted
from sim.reasons import Reason
from tui.actions.reply import CommandError
from tui.game.game import Game
from tui.view.goals import reached_text
from tui.view.words import statement_text

_NONE = {
    2: "no schedule reaches {goal}, and no line alone is the reason",
    3: "each statement that is ever executed was taken away in turn, and none of them was found to be the reason",
    4: "so there is no line to claim: that no schedule reaches {goal} is all that can be found here",
}


def safe_rung(game: Game, rung: int) -> str:
    """What the second and each further rung tells; the last one names a line, which is then shown.

    Raises Unknown, and CommandError where a search came to no end.
    """
    goal, settled = reached_text(game.level), game.analysis.settled
    if settled.counterexample is not None:
        return f"as it was changed it is not safe: {len(settled.counterexample)} steps reach {goal}"
    if not settled.right:
        raise CommandError(f"whether a schedule reaches {goal} is undecided: {settled.bound}")
    try:
        firsts = game.analysis.first_reasons(game.level)
    except Halted as halt:
        raise CommandError(f"because of which line no schedule reaches {goal} is undecided: {halt}") from None
    reason = next(filter(None, firsts), None)
    if reason is None:
        return _NONE[rung].format(goal=goal)
    if rung == 2:
        return f"no schedule reaches {goal}, because of lines that {_executing(game, firsts)}"
    if rung < RUNGS:
        return f"one of them stands in {reason.statement.function}"
    game.name([reason.statement])
    return f"one of them is {statement_text(reason.statement)}"


def _executing(game: Game, firsts: tuple[Reason | None, ...]) -> str:
    """Which threads execute lines that bear: "A executes", "A and R execute"."""
    names = [letter for letter, reason in zip(letters(game.machine), firsts, strict=True) if reason]
    who = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{who} execute{'s' if len(names) == 1 else ''}"
