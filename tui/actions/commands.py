# SPDX-License-Identifier: GPL-2.0-or-later
"""Every action, once: its prompt command, its keys, its help line, and what it does.

Keys, palette, prompt, plain mode and help are all made from this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import frozen

from sim.explore import Watch, patient
from tui.actions import advice, claim, look, move, points, transfer, travel, variant
from tui.actions.look import state_lines
from tui.actions.reply import CommandError, Reply
from tui.explorer.searching import Unknown
from tui.game.game import Game

__all__ = ["COMMANDS", "Command", "CommandError", "Reply", "answered", "execute", "find", "state_lines"]


@frozen
class Command:
    """An action. `usage` is what is typed, `key` its keys ("" for none), `help` one line, `group` its heading."""

    name: str
    usage: str
    key: str
    help: str
    group: str
    run: Callable[[Game, str], Reply]
    aliases: tuple[str, ...] = ()


def execute(game: Game, line: str) -> Reply:
    """Do what a line says: a schedule such as "a8 r14", or a command.

    Raises CommandError, and Unknown where something must be searched for before this can be done.
    """
    text = line.strip().removeprefix(":").lstrip()
    if not text:
        return Reply()
    game.begin()
    word, _, rest = text.partition(" ")
    if _is_schedule(game, text):
        reply = move.schedule(game, text)
    else:
        command = find(word)
        if command is None:
            raise CommandError(f"unknown command {word!r}; try help")
        reply = command.run(game, rest.strip())
    game.end(reply.sentence)
    return reply


def answered(game: Game, line: str, watch: Watch = patient) -> Reply:
    """`execute`, with the searches that it needs. Raises CommandError."""
    while True:
        try:
            return execute(game, line)
        except Unknown as unknown:
            unknown.find(watch)


_LABELS = {
    "question_mark": "?",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "minus": "-",
    "plus": "+",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "tilde": "~",
    "semicolon": ";",
}


def label(key: str) -> str:
    """A key as it is written for a player."""
    return _LABELS.get(key, key)


def find(word: str) -> Command | None:
    """A command by its name, an alias, its default key, or an unmistakable beginning of its name."""
    keyed = [one for one in COMMANDS if word and word in (*(keys := one.key.split(",")), *map(label, keys))]
    word = word.lower()
    exact = [one for one in COMMANDS if word in (one.name, *one.aliases)]
    begun = [one for one in COMMANDS if one.name.startswith(word) and len(word) > 1]
    found = exact or begun or keyed
    return found[0] if len(found) == 1 else None


_MOVES = re.compile(r"(?:~?[A-Za-z]\d*\s*)+")


def _is_schedule(game: Game, text: str) -> bool:
    if not _MOVES.fullmatch(text):
        return False
    first = text.lstrip("~")[0]
    return game.thread(first) is not None and (len(text) == 1 or find(text.split(maxsplit=1)[0]) is None)


COMMANDS: tuple[Command, ...] = (
    Command("step", "step [a] [N]", "space", "one visible operation of a thread; typing a or a8 does the same", "move",
            move.step),
    Command("next", "next [a]", "n", "run until the thread stands on another source line", "move",
            move.running(lambda game, thread: game.session.next(thread))),
    Command("finish", "finish [a]", "f", "run until the function shown has returned", "move",
            move.running(lambda game, thread: game.session.finish(thread))),
    Command("continue", "continue [a]", "g", "run until the thread blocks, ends or meets a breakpoint", "move",
            move.running(lambda game, thread: game.session.continue_(thread)), ("run", "go")),
    Command("until", "until [a] PLACE", "", "run until a line, file:line or function", "move", move.until),
    Command("drain", "drain [a] [N]", "tilde", "the oldest store of a thread's buffer reaches memory; typed ~a", "move",
            move.drain),
    Command("thread", "thread [a]", "tab", "work with another thread", "move", move.switch),
    Command("back", "back [N]", "u,left", "undo steps; the future is kept", "time", travel.back, ("undo",)),
    Command("forward", "forward [N]", "U,right", "take undone steps again", "time", travel.forward, ("redo",)),
    Command("rewind", "rewind", "left_square_bracket,shift+left", "go back to where this run of one thread began",
            "time", travel.rewind),
    Command("skip", "skip", "right_square_bracket,shift+right", "go forward to where the next run of one thread ends",
            "time", travel.skip),
    Command("jump", "jump STEP", "", "go to a step of this line", "time", travel.jump),
    Command("restart", "restart", "home,x", "go back to the start", "time", travel.restart),
    Command("last", "last", "end", "go to the end of this line", "time", travel.last),
    Command("branch", "branch", "y", "go to the other branch at the last fork", "time", travel.branch),
    Command("up", "up [N]", "up", "look at the calling function", "look", look.up),
    Command("down", "down [N]", "down", "look at the called function", "look", look.down),
    Command("print", "print [a] EXPR", "p", "the value of a C expression in the function shown", "look", look.print_),
    Command("why", "why [a]", "w", "what a thread will do, or why it cannot move", "look", look.why),
    Command("bt", "bt [a]", "t", "the call stack of a thread", "look", look.backtrace_, ("backtrace",)),
    Command("locals", "locals [a]", "v", "the locals of the function shown", "look", look.locals_),
    Command("list", "list [a]", "", "the source around the thread", "look", look.list_),
    Command("state", "state", "", "nodes, masks, locks, scans and threads in words", "look", look.state),
    Command("log", "log", "L", "the kernel log", "look", look.log),
    Command("timeline", "timeline", "", "the interleaving so far | and the undone future", "look", look.timeline),
    Command("ladder", "ladder", "l", "every access to the words that several threads touch", "look", look.ladder),
    Command("break", "break [PLACE]", "k", "set or remove a breakpoint: a function, a line, or here", "points",
            points.break_),
    Command("watch", "watch LVALUE", "", "stop when a word changes; again: no longer", "points", points.watch),
    Command("points", "points", "", "list breakpoints and watchpoints", "points", points.points),
    Command("delete", "delete [N]", "", "remove a point, or all", "points", points.delete),
    Command("hint", "hint", "h", "a hint; again: a plainer one, up to the whole best way, no win then", "level",
            advice.hint),
    Command("light", "light", "e", "tell at every step if the goal is in reach, or stop; on in easy levels", "level",
            advice.light),
    Command("rescue", "rescue", "o", "go back to the last step from which the goal can be reached", "level",
            advice.rescue),
    Command("claim", "claim safe", "S", "say that no schedule reaches the goal; the explorer tries them all", "level",
            claim.claim),
    Command("ways", "ways", "m", "the best ways to win, by preemptions, once you have won", "level", claim.ways),
    Command("transfer", "transfer [ERA]", "T", "your schedule on the kernels that came later, or on one", "level",
            transfer.on_other_kernels),
    Command("set", "set LVALUE=VALUE", "", "what if: begin with another initial value; alone: as it is", "level",
            variant.set_),
    Command("briefing", "briefing", "i", "read the briefing again", "level", look.page("briefing")),
    Command("model", "model", "", "what the model of this level leaves out", "level", look.model),
    Command("save", "save FILE", "s", "save the steps up to here as a replay", "level", look.page("save")),
    Command("levels", "levels", "escape", "choose another level", "level", look.page("levels")),
    Command("history", "history [ERA|NOTE]", "H", "the schemes from 2005 on; one, such as v3.4; a note, such as 4.5",
            "level",
            look.page("history")),
    Command("help", "help", "question_mark", "all keys and commands", "level", look.page("help")),
    Command("quit", "quit", "q", "leave the game", "level", look.page("quit"), ("exit",)),
)  # fmt: skip
