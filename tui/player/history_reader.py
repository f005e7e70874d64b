# SPDX-License-Identifier: GPL-2.0-or-later
"""A player who reads in the history: what of it is told, and the price of reading on, which is help with levels."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from attrs import frozen

from puzzles.history import Era, History
from puzzles.levels import Pack
from puzzles.wins.ledger import Ledger, ReadOn
from tui.view.eras import EraProgress, levels_text, note_of


@frozen
class HistoryReader:
    """The history, a pack, the ids of its levels that are won and of those that are settled, and the ledger.

    What was read once of an era is told again for nothing, until the help with one of its levels is forgotten.
    """

    history: History
    pack: Pack
    won: Collection[str]
    settled: Collection[str]
    ledger: Ledger

    def progress(self, era: Era) -> EraProgress:
        """The progress in an era, and what of it can be told."""
        progress = EraProgress.of(self.history, era, self.pack, self.won, self.settled)
        was_read = all(era.id in self.ledger.page(id_).help.read for id_ in progress.given_away)
        return progress.asked if was_read else progress

    def closed(self, section: str) -> tuple[Era, ...]:
        """The eras of which a section of the notes tells what is not told yet."""
        return tuple(era for era in self.history.told_in(section) if self.progress(era).given_away)

    def price(self, eras: Iterable[Era]) -> str:
        """The levels with which it is help to read on in eras, in words; "" where it is with none."""
        return levels_text(self._given_away(eras))

    def price_of(self, section: str) -> str:
        """Why a section of the notes is not read yet, and the price of reading it; "" where it can be read.

        Raises ValueError where there is no such section.
        """
        note_of(self.history, section)
        price = self.price(self.closed(section))
        return price and f"{section} gives away levels that are not settled: to read it is help with {price}"

    def read_on(self, eras: Iterable[Era]) -> str:
        """Note that all of some eras is read; a sentence that says so, with what is in the way of noting it."""
        eras = tuple(eras)
        price = self.price(eras)
        for era in eras:
            for id_ in self.progress(era).given_away:
                self.ledger.note(id_, ReadOn(era.id))
        return "; ".join(filter(None, (f"noted as help with {price}" if price else "", self.ledger.take_trouble())))

    def _given_away(self, eras: Iterable[Era]) -> Collection[str]:
        return dict.fromkeys(id_ for era in eras for id_ in self.progress(era).given_away)
