# SPDX-License-Identifier: GPL-2.0-or-later
"""What each mode tells of a game as it stands, by subject: read from panels and from lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Final, TypeAlias

from textual.widget import Widget
from textual.widgets import Static

from tui.actions.commands import answered
from tui.game.game import Game
from tui.lines.ladder import ladder_entries
from tui.lines.log import log_lines
from tui.lines.machine import ShownScans, node_lines, scan_lines, word_lines
from tui.lines.status import TopLine, status_line
from tui.lines.text import Lines, wrap
from tui.lines.thread import MOST_NEXT, Pane, next_lines
from tui.lines.timeline import BAR, LABEL, timeline_lines
from tui.plain.pages import ladder_lines
from tui.plain.tell import situation_lines
from tui.view.ladder import ladder_rungs
from tui.view.roles import roles
from tui.widgets.foot import Foot
from tui.widgets.log import LogPanel
from tui.widgets.machine import NodesPanel, ScansPanel, WordsPanel
from tui.widgets.message import MessageLine
from tui.widgets.panel import Title
from tui.widgets.prompt import Prompt
from tui.widgets.status import StatusLine
from tui.widgets.thread import ThreadPane
from tui.widgets.timeline import TimelinePanel

WIDTH = 2_000
"""Cells in which nothing is cut."""

Told: TypeAlias = Mapping[str, object]

PANELS: Final[Mapping[type[Widget], tuple[str, ...]]] = {
    StatusLine: ("counts", "reach"),
    ThreadPane: ("why", "why, asked", "why, in state", "walks", "buffers"),
    NodesPanel: ("nodes",),
    ScansPanel: ("scans",),
    WordsPanel: ("words",),
    LogPanel: ("kernel log",),
    TimelinePanel: ("timeline",),
}
"""The subjects of each panel of the play screen."""

SILENT: Final[tuple[type[Widget], ...]] = (Title, MessageLine, Foot, Prompt, Static)
"""Parts of the play screen that tell nothing of a state: titles, replies, keys, what is typed."""

PAGES: Final = ("ladder",)
"""Subjects that have a page of their own."""

_PLACE = re.compile(
    r" in \w+(?:, within \w+)?(?:; [^,;]+)?(?:, (?:asking about|at) (?:node \d+|the end of the zonelist))?$"
)
_WALK = re.compile(
    r"(?:; (?P<walk>[^,;)]+))?(?:, (?P<place>(?:asking about|at) (?:node \d+|the end of the zonelist)))?\)?$"
)
_NOTHING = ("nothing yet", "the log is empty", "no word was touched by two threads")


def matches(pattern: str, lines: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of the lines that match a pattern; "" for those that are not there."""
    return [match.groups("") for match in (re.fullmatch(pattern, line) for line in lines) if match]


def squeezed(lines: Iterable[str]) -> list[str]:
    """Lines with one space for many, without empty ones and those that say that there is nothing."""
    return [text for text in (" ".join(line.split()) for line in lines) if text and text not in _NOTHING]


def on_screen(game: Game) -> Told:
    """What the panels tell."""
    view = game.view
    panes = [
        [line.plain.strip() for line in next_lines(Pane.of(view, index), WIDTH, MOST_NEXT)]
        for index in range(len(view.threads))
    ]
    operations = [pane[0].removeprefix("next: ").partition("  ") for pane in panes]
    why = [operation for operation, _, _ in operations]
    nodes = [line.plain for line in node_lines(view.nodes, WIDTH)]
    scans = scan_lines(ShownScans(view.scans, ()), WIDTH, WIDTH, roomy=True)
    words = [line.plain.strip() for line in word_lines(view.words, WIDTH, roomy=True)]
    rungs = list(ladder_rungs(game.machine, game.session.now))
    top = status_line(TopLine.of(view), WIDTH).plain
    return {
        "counts": matches(r".* step (\d+)  preempt (\d+).*", [top]),
        "reach": re.findall(r"(?:in|out of) reach", top),
        "why": [] if view.over else why,
        "why, asked": why,
        "why, in state": why,
        "walks": [_walk(walk) for _, _, walk in operations],
        "buffers": [line for pane in panes for line in pane[1:]],
        "nodes": matches(r" node +(\d+) .* (\d+) free .* min (\d+)!? low (\d+)!? high (\d+)!?(?:  (recl.*))?", nodes),
        "words": matches(r"(\S+) +(?:.* -> )?(.+?)(?: \([A-Z]\))?", words),
        "scans": _scans(line.plain for line in scans),
        "kernel log": squeezed(line.plain for line in log_lines(view.log, WIDTH)),
        "timeline": _ticks({line.plain[1]: line.plain[LABEL:] for line in timeline_lines(view.timeline, WIDTH)}),
        "ladder": squeezed(line.plain for line, _ in ladder_entries(rungs, roles(game.machine.threads))),
    }


def _scans(lines: Iterable[str]) -> list[str]:
    """Each scan in one line: the thread, the list, how the scan stands, and its entries with their reasons."""
    scans: list[str] = []
    for line in lines:
        if head := re.fullmatch(r" (.) in the zonelist of node (\d+)(?:: ([^,]+))?(.*)", line):
            place = {"": "under way", ", the last scan": "over"}.get(head[4], "at the end")
            walk = f"{head[3]}, {place}" if head[3] else place
            scans.append(f"{head[1]} scans the zonelist of node {head[2]} ({walk}):")
        elif entry := re.fullmatch(r" (>| ) +\[(\d+)\] (.*)", line):
            told = " and ".join(filter(None, (entry[3], "here" if entry[1] == ">" else "")))
            scans[-1] += f" node {entry[2]}{told and ': '}{told};"
    return [scan.removesuffix(";") for scan in scans]


def _ticks(rows: Mapping[str, str]) -> str:
    """The steps of a timeline in one line, from the rows of its threads by letter."""
    ticks = ""
    for column in zip_longest(*rows.values(), fillvalue=" "):
        cells = zip(rows, column, strict=True)
        ticks += "".join(
            {BAR: "|", "~": f"~{letter}", letter.lower(): letter, letter: letter}.get(cell, "")
            for letter, cell in cells
        )
    return re.sub(r"\|+", "|", ticks)


def in_lines(game: Game) -> Told:
    """What line mode tells; of the threads with each step, when it is asked, and in the whole state."""
    state = answered(game, "state").lines
    threads, show = game.machine.threads, game.level.show
    shown = (*show.masks, *show.counters, *show.locks)
    situation = [] if game.session.over else list(situation_lines(game))
    return {
        "counts": matches(r"step (\d+), preemptions (\d+)", state),
        "reach": [_reach(line) for line in situation if " reach" in line],
        "why": [_operation(line) for line in situation if not line.startswith("~") and " reach" not in line],
        "why, asked": [_operation(answered(game, f"why {one.letter}").lines[0]) for one in threads],
        "why, in state": [_operation(line) for line in _about_threads(game, state)],
        "walks": [_walk_in_line(line) for line in _about_threads(game, state)],
        "buffers": [line for line in state if line.startswith("~")],
        "nodes": matches(r"node (\d+): (\d+) of .* min (\d+) low (\d+) high (\d+)(?:, (recl.*))?", state),
        "words": [match for match in matches(r"(\S+) (.+)", state) if match[0] in shown],
        "scans": [line for line in state if " scans the zonelist of " in line],
        "kernel log": squeezed(answered(game, "log").lines),
        "timeline": answered(game, "timeline").lines[0],
        "ladder": squeezed(ladder_lines(game)),
    }


def _about_threads(game: Game, state: Iterable[str]) -> Iterator[str]:
    """The rest of the lines of state that begin with a thread's letter and name."""
    heads = [f"{thread.letter} {thread.name}: " for thread in game.machine.threads]
    return (line.removeprefix(head) for head in heads for line in state if line.startswith(head))


def _reach(line: str) -> str:
    """Whether the goal is in reach; a sentence that says who goes on for nothing says that it is not."""
    return "out of reach" if line.startswith("nobody can reach ") else line.removeprefix("the goal is ")


def _operation(line: str) -> str:
    """What a thread will do or why it cannot, without where it stands."""
    _, does, operation = line.partition("next: ")
    return _PLACE.sub("", operation).partition("; ")[0] if does else line.partition(" (in ")[0]


def _walk(brief: str) -> tuple[str, str]:
    """The walk of a pane, and what is asked there: `reclaim: node 1?`; of none that has a name only the latter."""
    walk, _, place = brief.partition(": ")
    asked = f"asking about {place[:-1]}" if place.endswith("?") else f"at {place}" if place else ""
    return "" if walk.startswith("in ") else walk, asked


def _walk_in_line(line: str) -> tuple[str, str]:
    """The same of a line that says where a thread stands."""
    match = _WALK.search(line)
    return (match["walk"] or "", match["place"] or "") if match else ("", "")


def end_on_screen(page: Lines) -> list[str]:
    """What the page at the end of a run or a claim tells, but for spaces and labels."""
    return _bare(content.plain for content in wrap(page, WIDTH))


def end_in_lines(lines: Iterable[str]) -> list[str]:
    """What line mode tells at an end, but for spaces, labels, what comes next or tells more, and which are terms."""
    return _bare(line for line in lines if not line.startswith(("next: ", "words: ", "more: ")))


def _bare(lines: Iterable[str]) -> list[str]:
    """A label has a colon in line mode, which repeats that of several facts."""
    return [re.sub(r"^(?:best of all|premature|genuine)|:(?= |$)| ", "", line) for line in squeezed(lines)]
