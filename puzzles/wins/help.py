# SPDX-License-Identifier: GPL-2.0-or-later
"""The help that a player had with a level: what kinds there are, how much of each, and all of it in a line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from attrs import evolve, field, frozen

MOST_TIMES: Final = 999
"""How often a kind of help is counted; it was more often where it stands at that."""


class HelpKind(Enum):
    """A kind of help that is counted, as it is written."""

    LIGHT = "light"
    RESCUE = "rescue"
    RUNG = "rung"
    WAYS = "ways"
    VERDICT = "verdict"
    CLAIM = "claim"
    RESET = "reset"


RUNGS: Final = 4
"""Rungs of the hints; the last one settles a level."""

ONCE: Final = frozenset({HelpKind.LIGHT, HelpKind.WAYS, HelpKind.VERDICT, HelpKind.CLAIM})
"""Kinds of which one more is no more help."""


LESSON: Final = "lesson"
"""The item of the header Help that says of a claim that it came after what names its lines was opened."""

_ORDER: Final = ("light", "rescue", "rung", "ways", "schedule", "verdict", "claim", "miss", "history", "reset")
"""How help is told: kinds that are counted, schedules that were shown, claims that were misses, eras read on in."""


@frozen
class Help:
    """What a player was helped with on a level.

    `counts` says how often; for RUNG it is the highest rung of the hints that was read. Schedules that were shown are
    counted by `shown`, which holds them as lines that `puzzles.replays.showing` reads, claims that were misses by
    `misses`, each as it was made, and eras of the history of which he read what gives the level away by `read`.
    """

    counts: Mapping[HelpKind, int] = field(factory=dict)
    shown: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    read: tuple[str, ...] = ()

    def with_more(self, kind: HelpKind, number: int = 1) -> Help:
        """The help with one more of a kind; `number` is the rung of a hint."""
        before = self.counts.get(kind, 0)
        rung_or_once = kind is HelpKind.RUNG or kind in ONCE
        count = max(before, number) if rung_or_once else before + 1
        return evolve(self, counts={**self.counts, kind: min(count, MOST_TIMES)})

    def with_shown(self, line: str) -> Help:
        """The help with a schedule that was shown; one that is there already counts once."""
        return evolve(self, shown=tuple(dict.fromkeys((*self.shown, line))))

    def with_miss(self, claim: str) -> Help:
        """The help with a claim that was a miss; one that is there already counts once."""
        return evolve(self, misses=tuple(dict.fromkeys((*self.misses, claim))))

    def with_read(self, era: str) -> Help:
        """The help with an era that was read on in; one that is there already counts once."""
        return evolve(self, read=tuple(dict.fromkeys((*self.read, era))))

    def anew(self) -> Help:
        """What is left of it after a reset: that there was one, and what no claim can be at par after."""
        resets = min(self.counts.get(HelpKind.RESET, 0) + 1, MOST_TIMES)
        return evolve(self.lasting, counts={**self.lasting.counts, HelpKind.RESET: resets})

    @property
    def lasting(self) -> Help:
        """What of it no reset takes away: claims that were misses, and that a line to claim was named."""
        counts: dict[HelpKind, int] = {}
        if claims := self.counts.get(HelpKind.CLAIM, 0):
            counts[HelpKind.CLAIM] = claims
        if (rung := self.counts.get(HelpKind.RUNG, 0)) >= RUNGS:
            counts[HelpKind.RUNG] = rung
        return Help(counts, misses=self.misses)

    @property
    def is_new(self) -> bool:
        """Whether there is nothing in it that a reset would take away."""
        return self.counts.keys() <= {HelpKind.RESET} and not (self.shown or self.read)

    def __bool__(self) -> bool:
        """Whether there was any."""
        return bool(self.counts or self.shown or self.misses or self.read)

    def __str__(self) -> str:
        """All of it as the header Help of a replay has it: `rescue 1, rung 2`; "" for none."""
        counts = {kind.value: self.counts.get(kind, 0) for kind in HelpKind}
        counts |= {"schedule": len(self.shown), "miss": len(self.misses), "history": len(self.read)}
        return ", ".join(f"{name} {counts[name]}" for name in _ORDER if counts[name])


def spoils_claim(text: str) -> bool:
    """Whether help, as the header has it, is such that no claim with it is at par: lines were told, or were guessed."""
    counts = dict(_counted(item) for item in text.split(","))
    spoiling = {"miss", LESSON, HelpKind.CLAIM.value} & counts.keys()
    return bool(spoiling) or counts.get(HelpKind.RUNG.value, 0) >= RUNGS


def _counted(item: str) -> tuple[str, int]:
    """The name of an item of the header Help, in small letters, and its number, 1 where it has none."""
    name, _, number = item.strip().lower().partition(" ")
    return name, int(number) if number.isdecimal() and len(number) < len(str(MOST_TIMES)) + 1 else 1
