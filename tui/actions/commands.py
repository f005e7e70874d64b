# SPDX-License-Identifier: GPL-2.0-or-later
"""Every action, once: its prompt command, its keys, its help line, and what it does.

Keys, palette, prompt, plain mode and help are all made from these tables: nothing else can be typed.
"""

from __future__ import annotations

import re

from puzzles.levels.rules import LEVEL_ID
from sim.explore import ProgressWatch, patient
from tui.actions import (
    advice,
    asking,
    claim,
    debrief,
    explain,
    look,
    move,
    points,
    reset,
    source,
    transfer,
    travel,
    variant,
    what_if,
)
from tui.actions.command import Alone, Anywhere, Command, Group, label
from tui.actions.reply import CommandError, Reply
from tui.actions.requests import ShowHelp
from tui.actions.suggestions import swapped_text, unknown_text
from tui.explorer.searching import Unknown
from tui.game.game import Game
from tui.view.words import CLAIM_RULES, MARK_RULES

__all__ = [
    "COMMANDS",
    "FORMS",
    "Command",
    "CommandError",
    "Group",
    "Reply",
    "alone",
    "answered",
    "execute",
    "find",
    "is_farewell",
    "label",
    "meaning",
]


def execute(game: Game, line: str) -> Reply:
    """Do what a line says: a schedule such as "a8 r14", a command, or the id of a level.

    Raises CommandError, and Unknown where something must be searched for before this can be done.
    """
    if not _bare(line):
        return Reply()
    command, rest = meaning(line, game)
    if command.quiet:
        return command.run(game, rest)
    game.begin(typed=command is _SCHEDULE)
    reply = command.run(game, rest)
    game.end(reply.sentence)
    return reply


def answered(game: Game, line: str, watch: ProgressWatch = patient) -> Reply:
    """`execute`, with the searches that it needs. Raises CommandError."""
    while True:
        try:
            return execute(game, line)
        except Unknown as unknown:
            unknown.find(watch)


def alone(line: str) -> Reply | None:
    """What a line comes to while no level is open; None where one must be, or for what is no command.

    Raises CommandError.
    """
    try:
        command, rest = meaning(line, None)
    except CommandError:
        return None
    return command.run.answer(rest) if isinstance(command.run, Alone) else None


def is_farewell(line: str) -> bool:
    """Whether a line ends the program, whatever was asked before it."""
    command = find(_words(line)[0])
    return command is not None and command.run is _LEAVE


def meaning(line: str, game: Game | None) -> tuple[Command, str]:
    """What is to be done for a line, and the text that it is done with. Raises CommandError for what is nothing."""
    text = _bare(line)
    letters = [thread.letter for thread in game.machine.threads] if game is not None else []
    if swapped := swapped_text(text, _of_threads(), letters):
        raise CommandError(swapped)
    if game is not None and _is_schedule(game, text):
        return _SCHEDULE, text
    if LEVEL_ID.fullmatch(text):
        return _ID, text
    word, rest = _words(text)
    command = find(word)
    if command is None:
        raise CommandError(unknown_text(word, rest, _names(), letters))
    return command, rest


def find(word: str) -> Command | None:
    """A command by its name, an alias, its default key, or an unmistakable beginning of its name.

    A name with a ! is typed in full: it is for what cannot be undone.
    """
    keyed = [command for command in COMMANDS if word in (*command.keys(), *map(label, command.keys()))]
    word = word.lower()
    exact = [command for command in COMMANDS if word in (command.name, *command.aliases)]
    begun = [command for command in COMMANDS if command.name.startswith(word) and len(word) > 1]
    candidates = exact or [command for command in begun if command.name.isalpha()] or keyed
    return candidates[0] if len(candidates) == 1 else None


def _names() -> list[str]:
    return [name for command in COMMANDS for name in (command.name, *command.aliases)]


def _of_threads() -> list[str]:
    """The names and keys of the commands that a thread can be named to."""
    commands = [command for command in COMMANDS if " [a]" in command.usage]
    keys = [key for command in commands for key in (*command.keys(), *map(label, command.keys()))]
    return [*keys, *(name for command in commands for name in (command.name, *command.aliases))]


_WORDS = re.compile(r"([^\s!]+!|\S*)\s*(.*)", re.DOTALL)
_MOVES = re.compile(r"(?:~?[A-Za-z]\d*\s*)+")


def _bare(line: str) -> str:
    """A line without the colon that opens the prompt."""
    return line.strip().removeprefix(":").lstrip()


def _words(line: str) -> tuple[str, str]:
    """The name that a line begins with, which ends at a ! too, and the rest."""
    match = _WORDS.fullmatch(_bare(line))
    return (match[1], match[2]) if match else ("", "")


def _is_schedule(game: Game, text: str) -> bool:
    if not _MOVES.fullmatch(text):
        return False
    first = text.lstrip("~")[0]
    return game.thread(first) is not None and (len(text) == 1 or find(text.split(maxsplit=1)[0]) is None)


def _help(topic: str) -> Reply:
    """All keys and commands, or one of them."""
    if not topic:
        return Reply(request=ShowHelp())
    command = find(topic)
    if command is None:
        raise CommandError(f"no command {topic!r}; help lists them all")
    return Reply(tuple(filter(None, (command.line, command.more))))


MOVE, TIME, LOOK, POINTS, LEVEL = Group
_SCHEDULE = Command("", "a schedule such as a, a8 or a8 r14 a3", "", "steps of threads, one visible operation each",
                    MOVE, move.schedule)  # fmt: skip
_ID = Command("", "the id of a level", "", "opens that level", LEVEL, Alone(asking.levels))
FORMS = (_SCHEDULE, _ID)
"""What is typed without a name."""

_LEAVE = Alone(asking.leave)

COMMANDS: tuple[Command, ...] = (
    Command("step", "step [a] [N]", "space", "one visible operation of a thread; typing a or a8 does the same", MOVE,
            move.step),
    Command("next", "next [a]", "n", "run until the thread stands on another source line", MOVE,
            move.running(lambda game, thread: game.session.next(thread))),
    Command("finish", "finish [a]", "f", "run until the function shown has returned", MOVE,
            move.running(lambda game, thread: game.session.finish(thread))),
    Command("continue", "continue [a]", "g", "run until the thread blocks, ends or meets a breakpoint", MOVE,
            move.running(lambda game, thread: game.session.continue_(thread)), ("run", "go")),
    Command("until", "until [a] PLACE", "", "run until a line, file:line or function", MOVE, move.until),
    Command("drain", "drain [a] [N]", "tilde", "the oldest store of a thread's buffer reaches memory; typed ~a", MOVE,
            move.drain),
    Command("thread", "thread [a]", "tab", "work with another thread", MOVE, move.switch),
    Command("back", "back [N]", "u,left", "undo steps; the future is kept", TIME, travel.back, ("undo",)),
    Command("forward", "forward [N]", "U,right", "take undone steps again", TIME, travel.forward, ("redo",)),
    Command("rewind", "rewind", "left_square_bracket,shift+left", "go back to where this run of one thread began",
            TIME, travel.rewind),
    Command("skip", "skip", "right_square_bracket,shift+right", "go forward to where the next run of one thread ends",
            TIME, travel.skip),
    Command("jump", "jump STEP", "", "go to a step of this line", TIME, travel.jump),
    Command("restart", "restart", "home,x", "go back to the start", TIME, travel.restart),
    Command("last", "last", "end", "go to the end of this line", TIME, travel.last),
    Command("branch", "branch", "y", "go to the other branch at the last fork", TIME, travel.branch),
    Command("up", "up [N]", "up", "look at the calling function", LOOK, look.up),
    Command("down", "down [N]", "down", "look at the called function", LOOK, look.down),
    Command("print", "print [a] EXPR", "p", "the value of a C expression in the function shown", LOOK, look.print_),
    Command("why", "why [a]", "w", "what a thread will do, or why it cannot move", LOOK, look.why,
            on_threads=True),
    Command("bt", "bt [a]", "t", "the call stack of a thread", LOOK, look.backtrace_, ("backtrace",)),
    Command("locals", "locals [a]", "v", "the locals of the function shown", LOOK, look.locals_),
    Command("list", "list [a|FUNCTION|FILE:LINE]", "", "the source around a thread, of a function, or at a line", LOOK,
            source.list_),
    Command("search", "search WORD", "slash", "the lines of the source that have a word; then n and N", LOOK,
            source.search, quiet=True),
    Command("source", "source [FUNCTION|FILE|LINE]", "Z", "the whole source of the kernel, to read and to mark", LOOK,
            source.source, quiet=True),
    Command("state", "state", "", "nodes, masks, locks, scans and threads in words", LOOK, look.state,
            on_threads=True),
    Command("log", "log", "L", "the kernel log", LOOK, look.log),
    Command("timeline", "timeline", "", "the interleaving so far | and the undone future", LOOK, look.timeline),
    Command("ladder", "ladder", "l", "every access to the words that several threads touch", LOOK, asking.ladder,
            quiet=True),
    Command("outcome", "outcome", "", "how the run ended; enter does the same", LOOK, asking.outcome, quiet=True),
    Command("break", "break [PLACE]", "k", "set or remove a breakpoint: a function, a line, or here", POINTS,
            points.break_),
    Command("watch", "watch LVALUE", "", "stop when a word changes; again: no longer", POINTS, points.watch),
    Command("points", "points", "", "list breakpoints and watchpoints", POINTS, points.points),
    Command("delete", "delete [N]", "", "remove a point, or all", POINTS, points.delete),
    Command("hint", "hint", "h", "a hint; again: a plainer one, up to the whole best way, no win then", LEVEL,
            advice.hint),
    Command("light", "light", "e", "tell at every step if the goal is in reach, or stop; on in the tour", LEVEL,
            advice.light),
    Command("rescue", "rescue", "o", "go back to the last step from which the goal can be reached", LEVEL,
            advice.rescue, on_threads=True),
    Command("claim", "claim safe [LINE]...", "S", "say that no schedule reaches it, because of these lines", LEVEL,
            claim.claim, more=CLAIM_RULES),
    Command("mark", "mark [LINE]", "", "mark a line as a reason to claim, or no longer; FILE:LINE", LEVEL,
            source.mark, more=MARK_RULES),
    Command("lesson", "lesson [N]", "Y", "the race that a line of your claim prevents; again: back", LEVEL,
            claim.lesson),
    Command("counterexample", "counterexample", "", "the schedule that proves your claim wrong: no win by it", LEVEL,
            claim.counterexample),
    Command("ways", "ways", "m", "is there a better way? again: the best ways, once you have won", LEVEL, claim.ways),
    Command("transfer", "transfer [ERA]", "T", "your schedule on the kernels that came later, or on one", LEVEL,
            transfer.on_other_kernels),
    Command("reset", "reset help", "", "forget what has helped you with this level; that you did stays", LEVEL,
            reset.reset),
    Command("set", "set LVALUE=VALUE", "", "what if: begin with another initial value; alone: as it is", LEVEL,
            variant.set_),
    Command("whatif", "whatif [N] [yes|no|play]", "W", "what a settled level asks: and if it were otherwise?", LEVEL,
            what_if.what_if),
    Command("briefing", "briefing", "i", "read the briefing again", LEVEL, asking.briefing),
    Command("about", "about", "", "who you are, the machine of this level, and the first keys", LEVEL, asking.welcome),
    Command("debrief", "debrief", "F", "the whole story behind the level, once it is settled", LEVEL, debrief.debrief,
            quiet=True),
    Command("sources", "sources", "O", "where that story comes from", LEVEL, debrief.sources),
    Command("notes", "notes", "N", "the sections of the notes that tell more of it", LEVEL, debrief.notes),
    Command("model", "model", "M", "what the model of this level leaves out", LEVEL, look.model, ("leaves-out",)),
    Command("explain", "explain [WORD]", "E", "what a word of the texts means; alone: those of this briefing", LEVEL,
            Anywhere(explain.explain, explain.explain_in), quiet=True),
    Command("save", "save FILE", "s", "save the steps up to here as a replay", LEVEL, asking.save),
    Command("save!", "save! FILE", "", "the same, over a file that is there already", LEVEL, asking.save_over),
    Command("levels", "levels [ID]", "escape", "choose another level; its ID alone opens it, too", LEVEL,
            Alone(asking.levels)),
    Command("history", "history [ERA|NOTE]", "H", "the schemes from 2005 on; one, such as v3.4; a note, such as 4.5",
            LEVEL, Alone(asking.history)),
    Command("help", "help [COMMAND]", "question_mark", "all keys and commands, or one", LEVEL, Alone(_help)),
    Command("quit", "quit", "q", "leave the game", LEVEL, _LEAVE, ("exit",)),
)  # fmt: skip
