# SPDX-License-Identifier: GPL-2.0-or-later
"""What line mode says about a game: what comes next, how it ended. One line for each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from puzzles.glossary import game_glossary
from puzzles.reasons.claim import Claimed
from sim.debugger import pending, store_buffer
from tui.actions.commands import Reply, meaning
from tui.game.debrief import MORE, debrief_sections
from tui.game.ends import KERNEL_LOG, claim_sections, question_sections, run_end, run_sections
from tui.game.game import Game
from tui.plain.painting import OfThreads
from tui.plain.paragraphs import Exact
from tui.player.recording import claims_rating, record_claim, record_run
from tui.player.replays import schedule_text
from tui.player.services import Services
from tui.view.build import why_text
from tui.view.parts import EndPart, EndSection, Headline, Items, LabelledText
from tui.view.sections import Paragraph
from tui.view.standing import standing
from tui.view.stars import passed_over_text
from tui.view.terms import briefing_texts, terms_of, words_line
from tui.view.words import drains_text


def answer_lines(game: Game, text: str, reply: Reply) -> Iterable[str]:
    """The lines of a reply to what was typed. An author or a kernel may mean something else by A."""
    if reply.lines and meaning(text, game)[0].tells_of_threads:
        return [OfThreads(line, game.machine.threads) for line in reply.lines]
    return reply.lines


def situation_lines(game: Game) -> Iterator[str]:
    """What each thread will do next and where, or why it cannot move; and the light, where it is on."""
    state, threads = game.session.now.state, game.machine.threads
    for index in range(len(threads)):
        yield OfThreads(thread_line(game, index), threads)
        stores = store_buffer(game.machine, state, index)
        if stores:
            yield OfThreads(drains_text(threads[index].letter, stores), threads)
    if game.lit and game.reach_sentence:
        yield game.reach_sentence


def thread_line(game: Game, index: int) -> str:
    """What a thread will do next, or why it cannot move, and where it stands."""
    now = game.session.now
    where = standing(game.machine, now, index)
    why = why_text(game.session, index)
    if why:
        return f"{why} ({where})" if where else why
    operation = pending(game.machine, now.state, index)
    letter = game.machine.threads[index].letter
    return f"{letter} next: {operation.sentence} {where}" if operation else f"{letter} has nothing to do"


def ending_lines(game: Game, services: Services) -> Iterator[str]:
    """What is to be said once the run is over; a win is stored, and the story told, the first time."""
    recorded = record_run(game, services.library)
    best = services.bests().get(game.level.id)
    sections = filter(_is_told, run_sections(game.level, run_end(game, best, recorded.saved.sentence)))
    yield from _told_sections(game, sections if recorded.first else islice(sections, 1))
    yield from map(Exact, recorded.saved.replay.splitlines())
    if recorded.ruling.reached and game.scored:
        yield MORE
    elif game.report:
        yield "more: log"
    if recorded.ruling.reached and not recorded.ruling.shown:
        yield from next_level_lines(game, services)


def _is_told(section: EndSection) -> bool:
    """Whether a section is told unasked: the kernel log is told by its command."""
    return not any(isinstance(part, Items) and part.title == KERNEL_LOG for part in section)


def claimed_lines(game: Game, services: Services, claimed: Claimed) -> Iterator[str]:
    """What is to be said after a claim that is right or undecided; a right one is stored the first time it is told."""
    recorded = record_claim(game, claimed, services.library)
    saved, settles = recorded.saved.sentence, recorded.settles
    rated, lacking = claims_rating(game), game.lacks_lines
    sections = claim_sections(game.level, game.machine, claimed, saved, settles=settles, rated=rated, lacking=lacking)
    yield from _told_sections(game, (*sections, *(question_sections(game) if settles else ())))
    yield from map(Exact, recorded.saved.replay.splitlines())
    if settles:
        yield MORE
        yield from next_level_lines(game, services)


def debrief_lines(game: Game) -> Iterator[str]:
    """The whole story behind a level that is settled."""
    yield from _told_sections(game, debrief_sections(game))


def _told_sections(game: Game, sections: Iterable[EndSection]) -> Iterator[str]:
    """Sections, and which terms they use that the briefing did not."""
    parts = [[*section] for section in sections]
    yield from section_lines(map(tuple, parts))
    texts = [part.text for section in parts for part in section if isinstance(part, Paragraph)]
    before = terms_of(briefing_texts(game.level), game_glossary())
    yield from words_line(term for term in terms_of(texts, game_glossary()) if term not in before)


def section_lines(sections: Iterable[EndSection]) -> Iterator[str]:
    """Sections of a page at the end, each part on lines of its own."""
    for section in sections:
        label = ""
        for part in section:
            label = part.label or label if isinstance(part, LabelledText) else ""
            yield from _part_lines(part, label)


def _part_lines(part: EndPart, label: str) -> Iterator[str]:
    match part:
        case Headline():
            yield f"{part.word} {part.text}"
        case LabelledText():
            yield f"{label}: {part.text}{part.more}"
        case Items():
            yield from [f"{part.title}:"] if part.title else []
            yield from (f"  {item}" if part.title else item for item in part.items)
        case _:
            yield part.text


def next_level_lines(game: Game, services: Services) -> Iterator[str]:
    """Which level comes next after one that is won, and which variants it passes over."""
    level = services.next_level(game.level.id)
    yield from filter(None, [passed_over_text(services.passed_over(game.level.id))])
    yield f"next: {level.id} {level.title}; type {level.id} to play it" if level else "all levels are won"


def unfinished_lines(game: Game) -> Iterator[str]:
    """The run so far, so that nothing is lost when the game is left."""
    if game.session.now.steps:
        yield Exact(f"your run of {game.level.id} so far, to be typed again: {schedule_text(game)}")
