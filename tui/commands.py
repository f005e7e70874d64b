# SPDX-License-Identifier: GPL-2.0-or-later
"""Every action, once: its prompt command, its key, its help line, and what it does. Keys, palette, prompt, plain mode
and help are all made from this table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import frozen

from puzzles.notation import ReplayError, expand, parse_schedule
from sim.debugger import (
    EvaluationError,
    PointError,
    Stop,
    backtrace,
    evaluate,
    frame_locals,
    parse_breakpoint,
    parse_watchpoint,
    pending,
    source_text,
    why_not,
)
from tui.game import Game


@frozen
class Reply:
    """What a command answers: lines of text. `screen` names a page to open, with its argument in `target`."""

    lines: tuple[str, ...] = ()
    screen: str = ""
    target: str = ""


@frozen
class Command:
    """An action. `usage` is what is typed, `key` its default key ("" for none), `help` one line, `group` its heading.

    `thread` says that it takes a thread's letter first, and else works on the active thread.
    """

    name: str
    usage: str
    key: str
    help: str
    group: str
    run: Callable[[Game, str], Reply]
    aliases: tuple[str, ...] = ()
    thread: bool = False
    shown: bool = False


class CommandError(Exception):
    """A command that cannot be done; the message says why and what to type instead."""


def execute(game: Game, line: str) -> Reply:
    """Do what a line says: a schedule such as "a8 r14", or a command. Raises CommandError."""
    text = line.strip()
    if not text:
        return Reply()
    game.begin()
    word, _, rest = text.partition(" ")
    if _is_schedule(game, text):
        reply = _schedule(game, text)
    else:
        command = find(word)
        if command is None:
            raise CommandError(f"unknown command {word!r}; try help")
        reply = command.run(game, rest.strip())
    game.message = reply.lines[-1] if reply.lines else ""
    return reply


def find(word: str) -> Command | None:
    """A command by its name, an alias, or an unmistakable beginning of its name."""
    word = word.lower()
    exact = [one for one in COMMANDS if word in (one.name, *one.aliases)]
    begun = [one for one in COMMANDS if one.name.startswith(word) and len(word) > 1]
    found = exact or begun
    return found[0] if len(found) == 1 else None


_MOVES = re.compile(r"(?:~?[A-Za-z]\d*[\s,;]*)+")


def _is_schedule(game: Game, text: str) -> bool:
    if not _MOVES.fullmatch(text):
        return False
    first = text.lstrip("~")[0]
    return game.thread(first) is not None and (len(text) == 1 or find(text.split()[0]) is None)


def _schedule(game: Game, text: str) -> Reply:
    try:
        moves = list(expand(parse_schedule(text)))
    except ReplayError as problem:
        raise CommandError(str(problem)) from None
    for move in moves:
        index = game.thread(move.thread)
        if index is None:
            known = ", ".join(thread.letter for thread in game.machine.threads)
            raise CommandError(f"no thread {move.thread}; there are {known}")
        if move.drain:
            raise CommandError("this level has no store buffers to drain")
        game.active = index
        if not game.session.can_move(index):
            why = why_not(game.machine, game.session.now.state, index) or "the goal is reached"
            return Reply((*game.happened(), f"{move.thread} cannot move: {why}"))
        game.session.step(index)
    return Reply(tuple(game.happened()))


def _thread_and_rest(game: Game, text: str) -> tuple[int, str]:
    word, _, rest = text.partition(" ")
    if not word:
        return game.active, ""
    index = game.thread(word) if len(word) == 1 else None
    if index is None:
        known = ", ".join(thread.letter.lower() for thread in game.machine.threads)
        raise CommandError(f"which thread? {word!r} is none of {known}")
    return index, rest.strip()


def _optional_thread(game: Game, text: str) -> tuple[int, str]:
    word, _, rest = text.partition(" ")
    index = game.thread(word) if len(word) == 1 else None
    return (game.active, text) if index is None else (index, rest.strip())


def _running(run: Callable[[Game, int], Stop]) -> Callable[[Game, str], Reply]:
    def command(game: Game, text: str) -> Reply:
        game.active, _ = _thread_and_rest(game, text)
        stop = run(game, game.active)
        return Reply((*game.happened(), *((stop.sentence,) if stop.sentence else ())))

    return command


def _until(game: Game, text: str) -> Reply:
    game.active, place = _optional_thread(game, text)
    if not place:
        raise CommandError("until what? give a line, file:line or a function")
    try:
        point = parse_breakpoint(game.machine.program, place)
    except PointError as problem:
        raise CommandError(str(problem)) from None
    stop = game.session.until(game.active, point)
    return Reply((*game.happened(), *((stop.sentence,) if stop.sentence else ())))


def _count(text: str, default: int = 1) -> int:
    if not text:
        return default
    if not text.isdecimal() or len(text) > 6:
        raise CommandError(f"{text!r} is not a number of steps")
    return int(text)


def _back(game: Game, text: str) -> Reply:
    done = game.session.back(_count(text))
    return Reply((f"back {done}: at step {game.session.now.steps}" if done else "this is the start",))


def _forward(game: Game, text: str) -> Reply:
    done = game.session.forward(_count(text))
    return Reply((f"forward {done}: at step {game.session.now.steps}" if done else "nothing was undone from here",))


def _jump(game: Game, text: str) -> Reply:
    return Reply((f"at step {game.session.jump(_count(text, 0))}",))


def _restart(game: Game, _text: str) -> Reply:
    game.session.jump(0)
    return Reply(("at the start; forward takes your steps again",))


def _last(game: Game, _text: str) -> Reply:
    game.session.forward(10**6)
    return Reply((f"at step {game.session.now.steps}",))


def _branch(game: Game, _text: str) -> Reply:
    now = game.session.now
    at = now.parent
    while at is not None and len(at.children) < 2:
        at = at.parent
    if at is None or at.chosen is None:
        raise CommandError("there is no other branch before this step")
    others = at.children
    game.session.go(others[(others.index(at.chosen) + 1) % len(others)])
    return Reply((f"branch {others.index(game.session.now) + 1} of {len(others)}, at step {game.session.now.steps}",))


def _break(game: Game, text: str) -> Reply:
    place = text or _here(game)
    try:
        point = parse_breakpoint(game.machine.program, place)
    except PointError as problem:
        raise CommandError(str(problem)) from None
    if point in game.session.breakpoints:
        game.session.breakpoints.remove(point)
        return Reply((f"breakpoint at {point.text} removed",))
    game.session.breakpoints.append(point)
    return Reply((f"breakpoint at {point.text}",))


def _here(game: Game) -> str:
    stack = backtrace(game.machine, game.session.now.state, game.active)
    if not stack:
        raise CommandError("the thread has finished; give a function, a line, or file:line")
    span = stack[game.session.shown_depth(game.active)].span
    return f"{span.file}:{span.line}"


def _watch(game: Game, text: str) -> Reply:
    if not text:
        raise CommandError("watch what? give a global lvalue, such as task.mems_allowed")
    try:
        point = parse_watchpoint(game.machine.program, text)
    except PointError as problem:
        raise CommandError(str(problem)) from None
    game.session.watchpoints.append(point)
    return Reply((f"watchpoint on {point.text}",))


def _delete(game: Game, text: str) -> Reply:
    points = [*game.session.breakpoints, *game.session.watchpoints]
    if text and not 1 <= _count(text) <= len(points):
        raise CommandError(f"there is no point {text}; points lists them")
    gone = [points[_count(text) - 1]] if text else points
    game.session.breakpoints = [one for one in game.session.breakpoints if one not in gone]
    game.session.watchpoints = [one for one in game.session.watchpoints if one not in gone]
    return Reply((f"{len(gone)} removed",))


def _points(game: Game, _text: str) -> Reply:
    points = [f"break {one.text}" for one in game.session.breakpoints]
    points += [f"watch {one.text}" for one in game.session.watchpoints]
    return Reply(tuple(f"{number} {text}" for number, text in enumerate(points, 1)) or ("no breakpoints",))


def _print(game: Game, text: str) -> Reply:
    index, source = _optional_thread(game, text)
    if not source:
        raise CommandError("print what? give a C expression, such as task.mems_allowed")
    depth = game.session.shown_depth(index)
    try:
        value = evaluate(game.machine, game.session.now.state, source, index, depth)
    except EvaluationError as problem:
        raise CommandError(str(problem)) from None
    return Reply((f"{source} = {value}",))


def _backtrace(game: Game, text: str) -> Reply:
    index, _ = _thread_and_rest(game, text)
    stack = backtrace(game.machine, game.session.now.state, index)
    lines = [f"#{len(stack) - 1 - one.depth} {one.function} at {one.span}" for one in reversed(stack)]
    return Reply(tuple(lines) or ("the thread has finished",))


def _locals(game: Game, text: str) -> Reply:
    index, _ = _thread_and_rest(game, text)
    depth = game.session.shown_depth(index)
    found = frame_locals(game.machine, game.session.now.state, index, depth)
    return Reply(tuple(f"{one.name} = {one.value}" for one in found) or ("no locals",))


def _list(game: Game, text: str) -> Reply:
    index, _ = _thread_and_rest(game, text)
    stack = backtrace(game.machine, game.session.now.state, index)
    if not stack:
        return Reply(("the thread has finished",))
    span = stack[game.session.shown_depth(index)].span
    lines = game.machine.program.files[span.file].lines
    around = range(max(span.line - 4, 1), min(span.line + 4, len(lines)) + 1)
    return Reply(tuple(f"{'>' if n == span.line else ' '}{n:4} {lines[n - 1].expandtabs(8)}" for n in around))


def _why(game: Game, text: str) -> Reply:
    index, _ = _thread_and_rest(game, text)
    letter = game.machine.threads[index].letter
    why = why_not(game.machine, game.session.now.state, index)
    operation = pending(game.machine, game.session.now.state, index)
    if why or operation is None:
        return Reply((why or f"{letter} has nothing to do",))
    written = source_text(game.machine.program, operation.span)
    return Reply((f"{letter} can move; next: {operation.sentence}", f"in {written} at {operation.span}"))


def _state(game: Game, _text: str) -> Reply:
    return Reply(tuple(state_lines(game)))


def state_lines(game: Game) -> Iterator[str]:
    """The whole situation in lines of plain text."""
    view = game.view
    yield f"step {view.steps}, preemptions {view.preemptions}"
    for node in view.nodes:
        low, mid, high = node.low_marks
        yield f"node {node.node}: {node.free} of {node.pages} pages free, min {low} low {mid} high {high}"
    for word in view.words:
        yield f"{word.name} {word.value}"
    for scan in view.scans:
        place = "over" if scan.ended else "at the end" if scan.at_end else "under way"
        entries = [f"[{e.node}]{' here' if e.here else ''}{f' {e.reason}' if e.reason else ''}" for e in scan.entries]
        yield f"{scan.letter} scans the zonelist of node {scan.node} ({place}): {' '.join(entries)}"
    for thread in view.threads:
        yield f"{thread.letter} {thread.name}: {thread.why or 'next: ' + thread.next}"


def _log(game: Game, _text: str) -> Reply:
    return Reply(tuple(f"[{line.step:4}] {line.text}" for line in game.view.log) or ("the log is empty",))


def _timeline(game: Game, _text: str) -> Reply:
    line = game.view.timeline
    return Reply((f"{line.ticks[: line.position]}|{line.ticks[line.position :]}",))


def _ladder(game: Game, _text: str) -> Reply:
    lines: list[str] = []
    name = ""
    for rung in game.view.ladder:
        if rung.name != name:
            name = rung.name
            lines.append(name)
        lines.append(f"  {rung.letter} {rung.step:3} {rung.text}")
    return Reply(tuple(lines) or ("no word was touched by two threads yet",))


def _hint(game: Game, _text: str) -> Reply:
    game.hints += 1
    return Reply((f"hint: {' '.join(game.level.hint.split())}",))


def _page(screen: str) -> Callable[[Game, str], Reply]:
    return lambda _game, text: Reply(screen=screen, target=text)


def _switch(game: Game, text: str) -> Reply:
    if text:
        game.active, _ = _thread_and_rest(game, text)
    else:
        game.active = (game.active + 1) % len(game.machine.threads)
    thread = game.machine.threads[game.active]
    return Reply((f"active thread: {thread.letter} {thread.name}",))


def _step(game: Game, text: str) -> Reply:
    index, rest = _optional_thread(game, text)
    return _schedule(game, f"{game.machine.threads[index].letter}{_count(rest)}")


COMMANDS: tuple[Command, ...] = (
    Command("step", "step [a] [N]", "space", "one visible operation of a thread; typing a or a8 does the same", "move",
            _step, thread=True, shown=True),
    Command("next", "next [a]", "n", "run until the thread stands on another source line", "move",
            _running(lambda game, thread: game.session.next(thread)), thread=True, shown=True),
    Command("finish", "finish [a]", "f", "run until the function shown has returned", "move",
            _running(lambda game, thread: game.session.finish(thread)), thread=True, shown=True),
    Command("continue", "continue [a]", "g", "run until the thread blocks, ends or meets a breakpoint", "move",
            _running(lambda game, thread: game.session.continue_(thread)), ("run", "go"), thread=True, shown=True),
    Command("until", "until [a] PLACE", "", "run until a line, file:line or function", "move", _until, thread=True),
    Command("thread", "thread [a]", "tab", "work with another thread", "move", _switch),
    Command("back", "back [N]", "u", "undo steps; the future is kept", "time", _back, ("undo",), shown=True),
    Command("forward", "forward [N]", "U", "take undone steps again", "time", _forward, ("redo",), shown=True),
    Command("jump", "jump STEP", "", "go to a step of this line", "time", _jump),
    Command("restart", "restart", "home", "go back to the start", "time", _restart),
    Command("last", "last", "end", "go to the end of this line", "time", _last),
    Command("branch", "branch", "y", "go to the other branch at the last fork", "time", _branch),
    Command("break", "break [PLACE]", "k", "set or remove a breakpoint: a function, a line, or here", "look", _break),
    Command("watch", "watch LVALUE", "", "stop when a word changes", "look", _watch),
    Command("points", "points", "", "list breakpoints and watchpoints", "look", _points),
    Command("delete", "delete [N]", "", "remove a point, or all", "look", _delete),
    Command("print", "print [a] EXPR", "p", "the value of a C expression in the function shown", "look", _print),
    Command("bt", "bt [a]", "", "the call stack of a thread", "look", _backtrace, ("backtrace",), thread=True),
    Command("locals", "locals [a]", "", "the locals of the function shown", "look", _locals, thread=True),
    Command("list", "list [a]", "", "the source around the thread", "look", _list, thread=True),
    Command("why", "why [a]", "", "what a thread will do, or why it cannot move", "look", _why, thread=True),
    Command("state", "state", "", "nodes, masks, locks, scans and threads in words", "look", _state),
    Command("log", "log", "", "the kernel log", "look", _log),
    Command("timeline", "timeline", "", "the interleaving so far | and the undone future", "look", _timeline),
    Command("ladder", "ladder", "l", "every access to the words that several threads touch", "look", _ladder),
    Command("hint", "hint", "h", "a hint in words", "level", _hint, shown=True),
    Command("briefing", "briefing", "i", "read the briefing again", "level", _page("briefing")),
    Command("save", "save FILE", "s", "save this run as a replay", "level", _page("save")),
    Command("levels", "levels", "escape", "choose another level", "level", _page("levels")),
    Command("help", "help", "question_mark", "all keys and commands", "level", _page("help"), shown=True),
    Command("quit", "quit", "q", "leave the game", "level", _page("quit"), ("exit",)),
)  # fmt: skip
