# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages of running text: the briefing, the help, the end of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen
from textual.content import Content

from puzzles.levels import Chapter, Level, Pack
from tui.commands import COMMANDS
from tui.lines.keys import keys_of
from tui.lines.machine import EMPTY, FULL
from tui.lines.text import MUTED, Hanging, line, thread_style
from tui.words import counts, goal_text, par_lines

Best = tuple[int, int]
Bests = Callable[[], Mapping[str, Best]]
_GROUPS = {
    "move": "move a thread",
    "time": "travel in time",
    "look": "look",
    "points": "breakpoints",
    "level": "the level",
}


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line, so that they wrap to any width."""
    return [" ".join(one.split()) for one in text.strip().split("\n\n")]


def heading(text: str) -> Content:
    """A heading."""
    return line((text, "bold $text-primary"))


def briefing_lines(level: Level) -> list[Content | Hanging]:
    """What a player reads before a level."""
    found: list[Content | Hanging] = [
        line((f"{level.id}  ", MUTED), (level.title, "bold $text-primary")),
        *_origin(level),
        Content(),
        line(("goal  ", MUTED), (goal_text(level), "bold")),
        Hanging(line(("new   ", MUTED), level.idea), 6),
        Content(),
    ]
    for text in paragraphs(level.briefing):
        found += [Content(text), Content()]
    for index, thread in enumerate(level.threads):
        who = (f"{thread.letter} {thread.name}", f"bold {thread_style(index)}")
        found.append(line(who, (f"  cpu {thread.cpu}, node {thread.node}  runs ", MUTED), thread.run))
    return found


def _origin(level: Level) -> list[Content]:
    named = [("Linux ", level.era), ("commits ", ", ".join(level.commits))]
    found = [line((label, MUTED), text) for label, text in named if text]
    return [Content("    ").join(found)] if found else []


def help_lines(letters: Sequence[str], keymap: Mapping[str, str]) -> Iterator[Content | Hanging]:
    """Every key and command, from the table of commands."""
    lower, upper = ", ".join(one.lower() for one in letters), ", ".join(letters)
    yield heading("threads")
    yield _entry(lower, "", "one visible operation of that thread")
    yield _entry(upper, "", "run that thread until it stands on another line")
    yield _entry("", "a8 r14 a3", "a whole schedule, typed at the prompt")
    yield _entry(":", "", "open the prompt; up and down recall, escape closes")
    for group in dict.fromkeys(command.group for command in COMMANDS):
        yield Content()
        yield heading(_GROUPS.get(group, group))
        for command in COMMANDS:
            if command.group == group:
                yield _entry(" ".join(keys_of(command, keymap)), command.usage, command.help)
    yield Content()
    yield heading("signs")
    yield _entry("A>", "", "where A stands; the operation to come is underlined")
    yield _entry("|", "", "now, in the timeline; capitals were played, small letters undone")
    yield _entry("!", "", "a preemption: another thread went on although this one could have")
    yield _entry("+", "", "another branch begins here")
    yield _entry("(A)", "", "behind a word: A changed it in the last command")
    yield _entry(
        f"{FULL * 2}|{FULL}{EMPTY * 2}", "", "free and used pages of a node; the ticks are the marks min and high"
    )
    yield _entry(">[1]", "", "the scan stands at node 1; behind a node it has passed: the read that decided about it")


def _entry(keys: str, usage: str, text: str) -> Hanging:
    return Hanging(line((f"{keys:<14}", "bold"), (f"{usage:<18}", MUTED), text), 32)


@frozen
class Ending:
    """How a run ended: the sentence, whether the goal is reached, the counts, and what was done with it.

    `report` is what the kernel log says at the end; `lost` where the goal went out of reach.
    """

    sentence: str
    won: bool
    steps: int
    preemptions: int
    hints: int
    scored: bool
    best: Best | None
    saved: str
    report: tuple[str, ...] = ()
    lost: str = ""


def ending_lines(level: Level, ending: Ending) -> Iterator[Content | Hanging]:
    """The end of a run: what happened, the score, and after a win the story behind the level."""
    verdict = ("Solved. ", "bold $text-success") if ending.won else ("Not the goal. ", "bold $text-warning")
    yield line(verdict, (ending.sentence[:1].upper() + ending.sentence[1:], "bold"))
    yield Content()
    yield _score(ending)
    if ending.best:
        yield line(("your best    ", MUTED), counts(*ending.best))
    if ending.won and ending.scored:
        for label, text in par_lines(level):
            yield Hanging(line((f"{label:<13}", MUTED), text), 13)
    if not ending.scored:
        yield line(("not scored: the level was changed", MUTED))
    if ending.saved:
        yield line((ending.saved, MUTED))
    yield Content()
    if ending.report:
        yield line(("kernel log", MUTED))
        for text in ending.report:
            yield Hanging(Content(f"  {text}"), 4)
        yield Content()
    if not ending.won:
        if ending.lost:
            yield line(ending.lost[:1].upper() + ending.lost[1:], ".")
            yield Content()
        yield line("The goal is: ", (goal_text(level), "bold"), ". Step back and try another order; nothing is lost.")
        return
    for text in paragraphs(level.debrief):
        yield Content(text)
        yield Content()
    yield from _listed("sources", level.sources)
    yield from _listed("left out of the model", level.leaves_out)


def _score(ending: Ending) -> Content:
    hints = "no hint" if not ending.hints else "1 hint" if ending.hints == 1 else f"{ending.hints} hints"
    return line(("this run     ", MUTED), (counts(ending.preemptions, ending.steps), "bold"), (f", {hints}", MUTED))


def loss_sentence(sentence: str) -> str:
    """What is said when a run is over and the goal is not reached."""
    keys = "u steps back, o goes to where the goal was last in reach, x starts again, enter tells more"
    return f"{sentence[:1].upper()}{sentence[1:]}. Not the goal: {keys}."


def _listed(title: str, items: Sequence[str]) -> Iterator[Content | Hanging]:
    if items:
        yield line((title, MUTED))
        for item in items:
            yield Hanging(Content(f"  {item}"), 4)
        yield Content()


def chapter_line(chapter: Chapter) -> Content:
    """A chapter's heading in the list of levels: title, kernel versions, and one sentence."""
    title = line((chapter.title, "bold $text-primary"), (f"   {chapter.versions}", MUTED))
    return line(title, "\n", (chapter.about, MUTED)) if chapter.about else title


def level_line(level: Level, best: Best | None) -> Content:
    """A level in the list: solved or not, id, title, and the best score or else the goal."""
    mark = ("  \u2713 ", "bold $text-success") if best else ("  \u00b7 ", MUTED)
    told = f"best: {counts(*best)}" if best else f"goal: {goal_text(level)}"
    return line(mark, (f"{level.id:<12} ", MUTED), f"{level.title:<31.31} ", (told, MUTED))


def broken_line(id_: str) -> Content:
    """A level that cannot be loaded, in the list."""
    return line(
        ("  ! ", "bold $text-error"), (f"{id_:<12} ", MUTED), ("cannot be loaded; enter says why", "$text-error")
    )


def detail_lines(pack: Pack, id_: str) -> Iterator[Content | Hanging]:
    """What a level is about, or why it is broken."""
    level = next((one for one in pack.levels if one.id == id_), None)
    if level:
        yield line((f"{level.title}  ", "bold"), (f"Linux {level.era}" if level.era else "", MUTED))
        yield Hanging(line(("new   ", MUTED), level.idea), 6)
        yield line(("goal  ", MUTED), goal_text(level))
    elif id_ in pack.broken:
        yield line((str(pack.broken[id_].problems[0]), "$text-error"))
