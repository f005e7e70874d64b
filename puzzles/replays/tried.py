# SPDX-License-Identifier: GPL-2.0-or-later
"""A replay that was opened, with what was tried in it: nothing of the file is lost, and branches become variations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, evolve, field

from puzzles.judging.claims import SAFE
from puzzles.levels import Level
from puzzles.notation import (
    LEVEL,
    LEVEL_HASH,
    MAX_DEPTH,
    RESULT,
    SEMANTICS,
    Digest,
    Line,
    LineItem,
    Move,
    Replay,
    Variation,
)
from puzzles.replays.make import stated_headers
from puzzles.schedules import notated, numbered
from sim import Machine
from sim.debugger import Moment
from sim.machine.digest import digest


def with_tried(
    replay: Replay,
    level: Level,
    machine: Machine,
    boot: Moment,
    sets: Sequence[str] = (),
    *,
    other_kernel: bool = False,
) -> tuple[Replay, Moment]:
    """A replay with all that was played since it was opened into a tree of moments, and where its main line ends.

    Headers, comments, variations and their order stay; what is known better is restated: digests, and the headers that
    are computed. The main line goes on where it was gone on with; what was played elsewhere is added as variations. Of
    a line with a move that is not possible the rest stays as it is, unless it was gone on with by hand from there.
    Raises ValueError for what no replay can hold.
    """
    merge = _Merge(machine, _line_of(machine, replay.line, boot))
    line = merge.line(replay.line, boot)
    end = merge.ends[0]
    merged = evolve(replay, line=line)
    if not merge.possible[0]:
        return merged, end
    for name, value in stated_headers(level, machine, end, sets, other_kernel=other_kernel):
        if replay.header(RESULT) != SAFE or name in (LEVEL, LEVEL_HASH, SEMANTICS):
            merged = merged.with_header(name, value)
    return merged, end


def _child(machine: Machine, moment: Moment, move: Move) -> Moment | None:
    number = numbered(machine, move)
    return next((child for child in moment.children if child.move == number), None)


def _line_of(machine: Machine, line: Line, boot: Moment) -> dict[Moment, Line]:
    """The moments that a file tells of, each with the line that tells of it: the outermost where several do."""
    line_of = {boot: line}
    waiting = [(line, boot)]
    for inner, start in waiting:
        for moment in _moments(machine, inner, start, waiting):
            line_of.setdefault(moment, inner)
    return line_of


def _moments(machine: Machine, line: Line, start: Moment, beside: list[tuple[Line, Moment]]) -> Iterator[Moment]:
    """The moments of a line as far as they are possible; `beside` takes its variations and where they begin."""
    now = branch = start
    for item in line.items:
        if isinstance(item, Variation):
            beside.append((item.line, branch))
        elif isinstance(item, Move):
            branch = now
            for _ in range(item.count):
                after = _child(machine, now, item)
                if after is None:
                    return
                now = after
                yield now


@define
class _Merge:
    """Writes lines anew. `line_of` has the moments that the file tells of, each with the line that goes on telling.

    `ends` and `possible` have, for each line in the order of their beginnings, where it ends and whether all its moves
    are possible; the first one is the main line.
    """

    machine: Machine
    line_of: dict[Moment, Line]
    ends: list[Moment] = field(factory=list)
    possible: list[bool] = field(factory=list)

    def line(self, line: Line, start: Moment) -> Line:
        """A line of the file, with what was tried beside it and after it."""
        place = len(self.ends)
        self.ends.append(start)
        self.possible.append(True)
        items: list[LineItem] = []
        tried: list[LineItem] = []
        now = branch = start
        for number, item in enumerate(line.items):
            match item:
                case Move():
                    branch = now
                    for step in range(item.count):
                        after = _child(self.machine, now, item)
                        items += tried
                        if after is None:
                            rest = [evolve(item, count=item.count - step), *line.items[number + 1 :]]
                            return self._cut(items, now, rest, place, line)
                        items.append(evolve(item, count=1))
                        others = self._fresh(now) if self.line_of[now] is line else []
                        tried = [Variation(self._branch(other, 1)) for other in others]
                        now = after
                case Variation():
                    items.append(Variation(self.line(item.line, branch)))
                case Digest():
                    items.append(Digest(digest(self.machine, now.state)))
                case _:
                    items.append(item)
        onward, self.ends[place] = self._onward(now, 0) if self.line_of[now] is line else ([], now)
        return Line((*items, *tried, *onward))

    def _fresh(self, moment: Moment) -> list[Moment]:
        """What was played after a moment that the file does not tell of."""
        return [child for child in moment.children if child not in self.line_of]

    def _cut(self, items: list[LineItem], now: Moment, rest: list[LineItem], place: int, line: Line) -> Line:
        """A line that ends before a move that is not possible: gone on with by hand, or as it stands."""
        onward, self.ends[place] = self._onward(now, 0) if self.line_of[now] is line else ([], now)
        self.possible[place] = bool(onward)
        return Line((*items, *(onward or rest)))

    def _onward(self, moment: Moment, depth: int) -> tuple[list[LineItem], Moment]:
        """What was played after a moment that the file does not tell of, and where that ends."""
        items: list[LineItem] = []
        while fresh := self._fresh(moment):
            first = moment.chosen if moment.chosen in fresh else fresh[0]
            others = [other for other in fresh if other is not first]
            assert first is not None
            assert first.move is not None
            items.append(notated(self.machine, first.move))
            items += (Variation(self._branch(other, depth + 1)) for other in others)
            moment = first
        return items, moment

    def _branch(self, moment: Moment, depth: int) -> Line:
        """A branch that was tried, beginning with a moment."""
        if depth > MAX_DEPTH:
            raise ValueError(f"branches stand more than {MAX_DEPTH} deep in one another: a replay cannot hold them.")
        assert moment.move is not None
        onward, _ = self._onward(moment, depth)
        return Line((notated(self.machine, moment.move), *onward))
