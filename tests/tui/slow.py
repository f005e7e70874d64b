# SPDX-License-Identifier: GPL-2.0-or-later
"""Searches that take as long as a test wants, and levels to claim something about."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Generic, TypeVar

from attrs import define, evolve, field

from puzzles.levels import Level, Pack, build_machine, game_pack
from sim import Goal, Outcome
from sim.explore import Limits, Progress
from tui.game.game import Game

Result = TypeVar("Result")


@define
class Slow(Generic[Result]):
    """Stands where a function of the explorer would be: tells its progress until it is let go, then does the work."""

    work: Callable[..., Result]
    free: Event = field(factory=Event)
    told: int = 0

    def __call__(self, first: object, limits: Limits) -> Result:
        while not self.free.wait(0.005):
            self.told += 1
            limits.watch(Progress(1_234_567 + self.told, 89, 1))
        return self.work(first)


REASON = "22"
"""A line because of which it is safe."""


def safe_level(outcome: Outcome = Outcome.BUG) -> Level:
    """A level that asks to prove that no schedule reaches an outcome; none reaches BUG."""
    return evolve(game_pack().level("tour/6"), id="safe/1", goal=Goal(outcome, safe=True))


def safe_pack(*levels: Level) -> Pack:
    """A pack of such levels."""
    return game_pack().holding(levels or (safe_level(),))


def safe_game(outcome: Outcome = Outcome.BUG) -> Game:
    """Such a level being played."""
    level = safe_level(outcome)
    return Game(level, build_machine(level))
