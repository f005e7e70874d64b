# SPDX-License-Identifier: GPL-2.0-or-later
"""Which runs are shown ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puzzles.judging.referee import SHOWN, says_shown, with_items
from puzzles.levels import build_machine, game_pack
from puzzles.notation import read_replay
from puzzles.proofs import known_proof
from puzzles.replays.showing import Shown, equivalent, reached_keys, shown_line, shown_on, shown_replay
from puzzles.schedules import move_numbers
from sim import Goal, Machine, Outcome
from sim.debugger import Moment, extend, first_moment, reached
from sim.machine.key import state_key
from tests.sim.programs import machine

BREAK, SERIAL = (build_machine(game_pack().level(id_)) for id_ in ("in-place/1", "tour/7"))
STORES = game_pack().level("count/5")
STORES_MACHINE = build_machine(STORES)
BEST = "A6 R22 A3"
WORDS = machine("int x; int y; int z; void a(void) { x = 1; z = 2; } void b(void) { y = 1; z = 3; }", "a()", "b()")


def at(of: Machine, schedule: str, boot: Moment | None = None) -> Moment:
    moment = boot or first_moment(of)
    for move in move_numbers(of, schedule):
        moment = extend(of, moment, move)
    return moment


def shown(of: Machine, *lines: str) -> Shown:
    return shown_on(of, lines)


@pytest.mark.parametrize(
    ("run", "held"),
    [
        ("A6 R22 A3", True),
        ("A6 R1", True),
        ("A6", False),
        ("A3 R3", False),
        ("A3 R1 A3 R21 A3", True),  # the same states, once both threads stand where the shown schedule leaves them
    ],
)
def test_a_run_is_shown_from_the_first_preemption_on(run: str, held: bool) -> None:
    assert shown(BREAK, BEST).holds(at(BREAK, run)) is held


def test_the_state_in_which_a_run_ends_is_not_passed_through() -> None:
    goal = Goal(Outcome.FINISHED, condition="y == 1")
    of = machine(
        "int x; int y; void a(void) { x = 1; x = 0; x = 1; x = 0; } void b(void) { y = x; }", "a()", "b()", goal=goal
    )
    best, other = at(of, "A1 B2 A3"), at(of, "A3 B1 A1 B1")
    assert reached(of, best)
    assert reached(of, other)
    assert len({state_key(of.program, one.state) for one in (best, other)}) == 1
    assert shown(of, "A1 B2 A3").holds(best)
    assert not shown(of, "A1 B2 A3").holds(other)


def test_a_schedule_without_preemption_is_shown_as_a_whole() -> None:
    assert not shown(SERIAL, "A13").holds(at(SERIAL, "A12"))
    assert shown(SERIAL, "A13").holds(at(SERIAL, "A13"))
    assert not shown(WORDS, "A2 B2").holds(at(WORDS, "A2"))


def test_a_schedule_without_preemption_is_shown_from_where_it_overtakes_a_store_buffer() -> None:
    proof = known_proof(STORES)
    assert proof is not None
    best = next(par.schedule for par in proof.par if not par.preemptions)
    run = best.partition(" A")[0]
    assert not shown(STORES_MACHINE, best).holds(at(STORES_MACHINE, run))
    assert shown(STORES_MACHINE, best).holds(at(STORES_MACHINE, f"{run} A1"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("A2 B2", "A1 B1 A1 B1", True),  # the stores to x and y commute
        ("A2 B2", "B1 A2 B1", True),
        ("A2 B2", "B2 A2", False),  # the stores to z do not
        ("A2 B2", "A1 B2 A1", False),
        ("A2 B2", "A2 B1", False),
    ],
)
def test_orders_are_the_same_up_to_moves_that_commute(one: str, other: str, same: bool) -> None:
    assert equivalent(WORDS, move_numbers(WORDS, one), move_numbers(WORDS, other)) is same
    assert shown(WORDS, one).holds(at(WORDS, other)) is same


@settings(max_examples=40, deadline=None)
@given(st.lists(st.booleans(), max_size=12))
def test_equivalent_orders_end_in_the_same_state(choices: list[bool]) -> None:
    moment = first_moment(WORDS)
    for choice in choices:
        if WORDS.enabled(moment.state, int(choice)):
            moment = extend(WORDS, moment, int(choice))
    moves = [one.move for one in moment.line() if one.move is not None]
    assert equivalent(WORDS, moves, moves)
    ordered = sorted(moves)
    if equivalent(WORDS, ordered, moves):
        state = WORDS.boot()
        for move in ordered:
            state = WORDS.step(state, move).state
        assert state.memory == moment.state.memory


def test_what_the_player_had_reached_before_stays_his() -> None:
    boot = first_moment(BREAK)
    own = at(BREAK, "A6 R10", boot)
    line = shown_line(BREAK, move_numbers(BREAK, BEST), reached_keys(BREAK, boot))
    assert line == "A6 R10 | R12 A3"
    assert not shown(BREAK, line).holds(own)
    assert not shown(BREAK, line).holds(extend(BREAK, own, 0))
    assert shown(BREAK, line).holds(extend(BREAK, own, 1))
    assert shown_line(BREAK, move_numbers(BREAK, BEST)) == BEST


def test_a_serial_schedule_that_the_player_had_played_stays_his() -> None:
    boot = first_moment(SERIAL)
    own = at(SERIAL, "A13", boot)
    assert not shown(SERIAL, shown_line(SERIAL, (0,) * 13, reached_keys(SERIAL, boot))).holds(own)


def test_a_replay_is_shown_with_its_variations() -> None:
    text = '[Format "1"]\n\n{ first } A6 #0000 R1 ( A1 { early } ) R21 A3'
    line = shown_replay(read_replay(text.encode()).line)
    assert line == "A6 R1 ( A1 ) R21 A3"
    assert shown(BREAK, line).holds(at(BREAK, "A6 R5"))
    assert not shown(BREAK, line).holds(at(BREAK, "A8"))


def test_a_line_that_goes_too_far_counts_as_far_as_it_goes() -> None:
    assert shown(BREAK, "A6 R22 A900").holds(at(BREAK, BEST))
    with pytest.raises(ValueError, match="line 2"):
        shown(BREAK, "A6 %")


def test_the_header_keeps_what_it_says() -> None:
    assert with_items(None, SHOWN) == "shown"
    assert with_items("rescue 1, rung 2", SHOWN) == "rescue 1, rung 2, shown"
    assert with_items("shown, rung 2", "rung 2, miss 1") == "shown, rung 2, miss 1"
    assert with_items("", "") == ""
    assert says_shown("rung 2, shown")
    assert says_shown("Shown")
    assert not says_shown("never shown")
    assert not says_shown(None)
