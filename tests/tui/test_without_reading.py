# SPDX-License-Identifier: GPL-2.0-or-later
"""Who plays without reading a line of the kernel wins no star for a win without help: in line mode, on every level.

Each route is played in one game, again after a restart, and again in a game that knows of the first by its folder
alone, as another process would; and then what wins the level is typed.
"""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from attrs import define, field

from puzzles.levels import build_machine
from puzzles.notation import read_replay
from puzzles.proofs import Proof, known_proof
from puzzles.reasons.because import BECAUSE, named, read_because
from puzzles.replays.stored import solution
from puzzles.schedules import schedule_line
from puzzles.wins.ledger import Ledger
from puzzles.wins.scores import Scores
from sim import Machine
from sim.debugger import reached
from sim.machine.key import state_key
from sim.reasons import Statement, statements
from tests.long import sample
from tests.tui.playing import PACK
from tests.tui.program import start
from tui.explorer.analysis import Analysis
from tui.explorer.proofs import Proofs
from tui.game.game import Game
from tui.plain.loop import LineMode
from tui.player.library import Library
from tui.player.replays import schedule_text
from tui.player.services import Services
from tui.view.model import Reach

MOST_TURNS: Final = 400
"""Lines that a route types before it gives up."""

SCORES, PROOFS = Scores(), Proofs()
BEYOND_THE_TOUR: Final = tuple(level.id for level in PACK().levels if not level.teaches)


@cache
def analysis_of(id_: str) -> Analysis:
    """What the explorer knows of a level: it is searched once, whatever is played on it."""
    return Analysis(build_machine(PACK().level(id_)))


@define
class Player:
    """A game of a level in line mode, with what it says and what was typed; all that lasts is in `home`."""

    id: str
    home: Path
    said: list[str] = field(factory=list)
    typed: list[str] = field(factory=list)
    mode: LineMode = field(init=False)

    def __attrs_post_init__(self) -> None:
        analysis = analysis_of(self.id)
        game = Game(PACK().level(self.id), analysis.machine, proofs=PROOFS)
        game.analysis = analysis
        library = Library(self.home, verified=SCORES)
        services = Services(PACK(), library, left=self.home, ledger=Ledger(self.home))
        self.mode = LineMode(services, self.said.append, game)
        services.begin_game(game)

    @property
    def game(self) -> Game:
        assert self.mode.game is not None
        return self.mode.game

    @property
    def machine(self) -> Machine:
        return self.game.machine

    def type(self, line: str) -> str:
        """Type a line; what is said to it."""
        self.typed.append(line)
        before = len(self.said)
        self.mode.take(line)
        return "\n".join(self.said[before:])

    @property
    def place(self) -> object:
        """What tells the state in which the game stands from others."""
        return state_key(self.machine.program, self.game.session.now.state)

    @property
    def movable(self) -> list[int]:
        """The moves that are possible now."""
        return [move for move in self.machine.moves if self.game.session.can_move(move)]

    def step(self, move: int) -> str:
        """Take one step of a thread, or drain a store."""
        return self.type(schedule_line(self.machine, [move]))

    def run_on(self, move: int) -> None:
        """Let the thread of a move go on until it blocks or ends; a drain is one step."""
        if move < 0:
            self.step(move)
        else:
            self.type(f"continue {self.machine.threads[move].letter}")


Route: TypeAlias = Callable[[Player], object]


def lose_and_rescue(player: Player) -> None:
    """Lose, have oneself rescued, let another thread go on, and so on until the goal is reached."""
    session = player.game.session
    lost, taken = defaultdict[object, set[int]](set), defaultdict[object, set[int]](set)
    for _ in range(MOST_TURNS):
        if session.won:
            return
        if session.over or not player.movable:
            before = [*session.now.line()]
            said = player.type("rescue")
            if session.now is before[-1]:
                assert "no schedule" in said or "not out of reach" in said, said
                return
            losing = before[session.now.steps + 1].move
            assert losing is not None
            lost[player.place].add(losing)
        place, last = player.place, session.now.move
        others = [move for move in player.movable if move not in lost[place]]
        if not others:
            return
        chosen = min(others, key=lambda move: (move in taken[place], move == last))
        taken[place].add(chosen)
        player.run_on(chosen)


def follow_the_light(player: Player) -> None:
    """Take steps that leave the goal in reach, as the light says, and undo the others."""
    session = player.game.session
    if not player.game.lit:
        player.type("light")
    been = {player.place}
    for _ in range(MOST_TURNS):
        for move in player.movable:
            said = player.step(move)
            if session.won:
                return
            if player.place not in been and player.game.reach is Reach.IN:
                assert "in reach" in said
                been.add(player.place)
                break
            player.type("u")
        else:
            return


def first_hint(player: Player) -> None:
    player.type("hint")


def last_rung(player: Player) -> None:
    for _ in range(4):
        player.type("hint")


def follow_the_hints(player: Player) -> None:
    """Do what the last rung says, and ask again."""
    for _ in range(MOST_TURNS):
        last_rung(player)
        way = re.search(r"begins the best way from here: .*: ([^:]*)$", player.said[-1])
        if player.game.session.over or way is None:
            return
        player.type(way[1].split(" ")[0])


def type_the_last_rung(player: Player) -> None:
    last_rung(player)
    if way := re.search(r"begins the best way from here: .*: ([^:]*)$", player.said[-1]):
        player.type(way[1])


def claim_alone(player: Player) -> None:
    said = player.type("claim safe")
    if player.game.level.ask.value == "decide":
        assert "because of which line" in said


def claim_badly(player: Player) -> None:
    """Claim because of a line that is no reason; where that is a miss it is help."""
    if line := no_reason(player.id):
        assert "miss" in player.type(f"claim safe {line}")
        assert "miss" in str(player.game.page.help)


def play_the_counterexample(player: Player) -> None:
    claim_badly(player)
    if "in the timeline" in player.type("counterexample"):
        player.type("last")
        assert player.game.session.won


def finish_the_counterexample(player: Player) -> None:
    """Step back from its end, and take the last step by hand."""
    play_the_counterexample(player)
    if player.game.session.won:
        end = player.game.session.now.move
        assert end is not None
        player.type("back 1")
        player.step(end)


def type_the_counterexample(player: Player) -> None:
    play_the_counterexample(player)
    if player.game.session.won:
        way = schedule_text(player.game)
        player.type("restart")
        player.type(way)


def type_the_ways(player: Player) -> None:
    """Win with help, have the best ways shown, and type one."""
    lose_and_rescue(player)
    player.type("ways")
    player.type("ways")
    player.type("restart")
    for way in proof_of(player.id).par[:1]:
        player.type(way.schedule)


ROUTES: Final[Mapping[str, Route]] = {
    "a claim that names no line": claim_alone,
    "a claim that names a line that is no reason": claim_badly,
    "the counterexample of a wrong claim": play_the_counterexample,
    "the counterexample but its last step": finish_the_counterexample,
    "the counterexample, typed": type_the_counterexample,
    "lose and rescue": lose_and_rescue,
    "the light": follow_the_light,
    "the first hint": first_hint,
    "the last rung, typed": type_the_last_rung,
    "the last rung, step by step": follow_the_hints,
    "the best ways, typed": type_the_ways,
}

FREE: Final = ("a claim that names no line",)
"""Routes that win nothing and cost nothing."""

BY_A_MISS: Final = tuple(name for name, route in ROUTES.items() if "counterexample" in name or route is claim_badly)
"""Routes that cost nothing where no claim is a miss."""


@cache
def proof_of(id_: str) -> Proof:
    proof = known_proof(PACK().level(id_))
    assert proof is not None
    return proof


def typed_line(machine: Machine, statement: Statement) -> str:
    """A statement as it is named in a claim."""
    head = statement.head
    return str(head.line) if head.file == machine.program.name else f"{head.file}:{head.line}"


@cache
def no_reason(id_: str) -> str:
    """A line of a level with which a claim is a miss; "" where there is none."""
    game = Player(id_, Path("nowhere")).game
    for statement in statements(game.machine.program):
        game.analysis.put(game.level, (statement,), lambda _: "")
        claimed = game.analysis.claimed(game.level, (statement,))
        if claimed.missed:
            return typed_line(game.machine, statement)
        if claimed.nothing_bears:
            break
    return ""


def winning(player: Player) -> str:
    """What wins a level, typed by one who knows it: a best schedule, or a right claim; "" where none is stored."""
    if not player.game.level.goal.safe:
        return proof_of(player.id).par[0].schedule
    stored = solution(player.id)
    texts = read_because(stored.header(BECAUSE)) if stored else ()
    places = [typed_line(player.machine, named(player.machine.program, text)[0]) for text in texts]
    return f"claim safe {' '.join(places)}" if places else ""


def unaided(home: Path) -> list[str]:
    """The wins in a folder that say of no help."""
    wins = [read_replay(path.read_bytes()) for path in home.glob("*.race")]
    return [str(win.header("Level")) for win in wins if not win.header("Help")]


def check(route: str, id_: str, home: Path) -> Player:
    """Take a route, again after a restart, and in another process; then win. Nothing of it is a win without help."""
    player = first = Player(id_, home)
    for again in range(3):
        if again == 1:
            player.type("restart")
        elif again:
            player = Player(id_, home)
        ROUTES[route](player)
        assert unaided(home) == [], (route, again, first.said[-3:])
    if route not in FREE and (no_reason(id_) or route not in BY_A_MISS):
        assert Ledger(home).page(id_).help, (route, player.said[-3:])
        for last in (player, Player(id_, home)):
            last.type("restart")
            last.type(winning(last))
            assert unaided(home) == [], (route, last.said[-3:])
    assert "without help" not in "\n".join(first.said + player.said)
    return first


@pytest.fixture(autouse=True)
def machines_of_before_are_gone() -> None:
    """Searches freeze what they hold, and a bound counts what the whole process holds."""
    gc.unfreeze()
    gc.collect()


@pytest.mark.parametrize("id_", sample(BEYOND_THE_TOUR, 7))
def test_no_route_without_reading_wins_without_help(id_: str, tmp_path: Path) -> None:
    for number, route in enumerate(ROUTES):
        player = check(route, id_, tmp_path / str(number))
        if route in ("lose and rescue", "the light", "the last rung, step by step"):
            reaches = not player.game.level.goal.safe
            assert reached(player.machine, player.game.session.now) is reaches, (route, player.said[-3:])


@pytest.mark.parametrize(
    ("id_", "route"),
    [
        ("in-place/1", "lose and rescue"),
        ("in-place/1", "the counterexample, typed"),
        ("in-place/1", "the last rung, typed"),
        ("in-place/4", "the light"),
    ],
)
def test_nor_does_one_in_processes_of_their_own(id_: str, route: str, tmp_path: Path) -> None:
    """Each line of a route is typed into one process, and what wins the level into the next."""
    player = Player(id_, tmp_path / "here")
    ROUTES[route](player)
    for lines in (player.typed, [winning(player)]):
        said = start(tmp_path, "play", id_, "--plain", "--fresh", typed="\n".join(lines)).stdout
        assert "without help" not in said
    assert Ledger(tmp_path / "data").page(id_).help
    assert unaided(tmp_path / "data") == []


def test_a_win_of_one_who_reads_has_its_star(tmp_path: Path) -> None:
    """Else no test above could fail."""
    for id_ in ("in-place/1", "in-place/4"):
        player = Player(id_, tmp_path)
        assert "without help" in player.type(winning(player))
    assert sorted(unaided(tmp_path)) == ["in-place/1", "in-place/4"]
