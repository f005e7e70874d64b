# SPDX-License-Identifier: GPL-2.0-or-later
"""The pure functions that make lines of text, without an app."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from puzzles.levels import Pack
from sim import Span
from sim.debugger import UNLOCK_WAITS
from tests.tui.playing import listing, new_game
from tui.game.game import Game
from tui.lines.briefing import briefing_lines
from tui.lines.hints import key_line
from tui.lines.keys import play_hints
from tui.lines.ladder import ladder_entries
from tui.lines.listing import tally
from tui.lines.machine import ShownScans, node_lines, scan_lines, word_height, word_lines
from tui.lines.source import GUTTER, Marking, code_lines, window
from tui.lines.status import TopLine, status_line
from tui.lines.text import Hanging, elide, rule, spread, thread_style
from tui.lines.thread import Pane, folded_line, header_line, next_lines, thread_lines
from tui.lines.timeline import LABEL, first_step, ruler_line, step_at, timeline_lines
from tui.view.ladder import ladder_rungs
from tui.view.model import EntryView, NodeView, ScanView, TimelineView, WordView
from tui.view.roles import Role
from tui.view.words import either

THREADS = {"A": Role.ALLOCATOR, "R": Role.REBINDER}


def plain(lines: Sequence[Content]) -> list[str]:
    return [one.plain for one in lines]


def pane(game: Game, index: int = 0) -> Pane:
    return Pane.of(game.view, index)


def told(pane: Pane, width: int = 80) -> str:
    """The one line that tells what a thread will do."""
    (only,) = next_lines(pane, width, 1)
    return only.plain


def styled(text: Content, style: str) -> str:
    """The characters of a line that have a style."""
    return "".join(text.plain[span.start : span.end] for span in text.spans if style in str(span.style))


def test_pending_operation_is_underlined_inside_its_line() -> None:
    game = new_game("in-place/1", "a2")
    lines = thread_lines(pane(game), listing(game), 80, 6)
    here = next(one for one in lines if one.plain.startswith("A>"))
    assert styled(here, "underline") == "vma->vm_policy"
    assert here.plain[GUTTER:].split() == ["const", "struct", "mempolicy", "*vpol", "=", "vma->vm_policy;"]


def test_operation_below_a_skipped_frame_marks_the_call() -> None:
    game = new_game("in-place/1", "a5")
    lines = thread_lines(pane(game), listing(game), 80, 6)
    here = next(one for one in lines if one.plain.startswith("A>"))
    assert styled(here, "underline") == "node_isset(z->zone->node, nodes)"
    assert plain(lines)[-1] == "   next: read task_policy.nodes (= {0})  first-zone lookup: node 1?"


@pytest.mark.parametrize("width", [30, 60, 80, 200])
@pytest.mark.parametrize("height", [1, 2, 3, 6, 16, 40])
def test_pane_is_exactly_as_large_as_its_place(width: int, height: int) -> None:
    game = new_game("in-place/1", "a6 r9")
    for index in (0, 1):
        lines = thread_lines(pane(game, index), listing(game), width, height)
        assert len(lines) == height
        assert max(one.cell_length for one in lines) <= width


def test_header_names_thread_place_and_calls() -> None:
    game = new_game("in-place/1", "a3")
    header = header_line(pane(game), 80).plain
    assert header.startswith("━━ A allocator  cpu 1 node 1 ━━ do_page_fault > +2 > policy_nodemask ━")
    assert header_line(pane(game, 1), 80).plain.startswith("── R rebind  cpu 0 node 0 ── cpuset_write_mems ─")
    assert folded_line(pane(game, 1), 80).plain == "── R rebind  next: mutex_lock cgroup_mutex (free)"


def test_blocked_held_and_finished_threads_say_why() -> None:
    blocked = new_game("in-place/1", "a6 r22")
    assert told(pane(blocked, 1)) == "   R waits for mm.mmap_sem: read by A"
    assert " blocked ━━" in header_line(pane(blocked, 1), 80).plain
    held = new_game("in-place/2", "r14")
    assert told(pane(held, 1)).startswith("   the level holds R here")
    over = new_game("tour/4", "r25")
    assert told(pane(over)) == "   R has finished"


def test_a_sentence_that_is_too_long_goes_on_below_where_there_is_room() -> None:
    game = new_game("count/5", "a4")
    whole = f"next: {game.view.threads[0].next}"
    for width in (80, 58):
        lines = [one.plain.strip() for one in next_lines(pane(game), width, 2)]
        assert " ".join(lines) == whole
    assert told(pane(game), 58).endswith("\u2026")


def test_stores_that_wait_stand_on_a_line_of_their_own_the_oldest_first() -> None:
    game = new_game("count/5", "r7", "a5")
    assert len(game.view.threads[1].buffer) == 1
    lines = plain(next_lines(pane(game, 1), 80, 3))
    assert lines == [
        "   R waits: its store buffer is not empty, and ~R drains it",
        "   ~R drains: cpuset.mems_allowed = {1}",
    ]


def test_breakpoints_stand_in_the_gutter() -> None:
    game = new_game("in-place/1", "break", "break do_page_fault", "watch task.mems_allowed")
    lines = plain(thread_lines(pane(game), listing(game), 80, 14))
    marked = [one[GUTTER:].strip() for one in lines if one[6:7] == "*"]
    assert marked == ["void do_page_fault(const struct vm_area_struct *vma)", "down_read(&mm->mmap_sem);"]


def test_a_function_that_fits_is_shown_whole_and_does_not_move() -> None:
    starts = {window(at, 100, 110, 20) for at in range(100, 111)}
    assert len(starts) == 1
    (start,) = starts
    assert start <= 100
    assert start + 20 > 110


@given(st.integers(1, 50), st.integers(0, 80), st.integers(1, 40), st.data())
def test_window_always_has_the_line(first: int, more: int, height: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(first, first + more))
    start = window(at, first, first + more, height)
    assert 1 <= start <= at < start + height


def test_long_line_is_moved_so_that_the_mark_is_in_sight() -> None:
    game = new_game("in-place/1", "a5")
    found = pane(game).thread
    lines = code_lines(
        listing(game), "next_zones_zonelist", Marking("A>", found.span, thread_style(Role.ALLOCATOR)), 45, 5
    )
    here = next(one for one in lines if one.plain.startswith("A>"))
    assert "z->zone->node, nodes)" in here.plain
    assert here.cell_length <= 45


def test_span_over_lines_is_marked_on_each() -> None:
    game = new_game()
    first, _ = listing(game).extents["linux-2.6.31.c", "policy_nodemask"]
    span = Span("linux-2.6.31.c", first + 2, 6, first + 3, 20)
    lines = code_lines(listing(game), "policy_nodemask", Marking("A>", span, thread_style(Role.ALLOCATOR)), 80, 12)
    assert sum(bool(styled(one, "underline")) for one in lines) == 2


def test_tabs_are_halved_where_room_is_short() -> None:
    game = new_game()
    mark = Marking("A>", pane(game).thread.span, thread_style(Role.ALLOCATOR))
    both = [code_lines(listing(game), "do_page_fault", mark, width, 20) for width in (80, 100)]
    here = [next(one.plain[GUTTER:] for one in lines if one.plain.startswith("A>")) for lines in both]
    assert here == ["    down_read(&mm->mmap_sem);", "        down_read(&mm->mmap_sem);"]


def node(free: int, old: int | None = None, reclaimable: int = 0) -> NodeView:
    return NodeView(0, 220, free, reclaimable, (20, 25, 30), free if old is None else old)


def test_node_shows_pages_and_the_watermarks_it_misses() -> None:
    (line,) = node_lines([node(22, old=200, reclaimable=7)], 100)
    assert "22 free (was 200)  min 20 low 25! high 30!  reclaimable 7" in line.plain
    (line,) = node_lines([node(200)], 80)
    assert "!" not in line.plain
    assert line.plain.count("|") == 2


@pytest.mark.parametrize(("free", "cells"), [(0, 0), (1, 1), (220, 26)])
def test_bar_shows_even_one_page(free: int, cells: int) -> None:
    (line,) = node_lines([node(free)], 80)
    assert line.plain.count("█") in (cells, cells - 2)


@pytest.mark.parametrize("width", [71, 79])
def test_what_a_node_that_is_short_says_is_not_cut(width: int) -> None:
    (line,) = node_lines([node(20, old=220)], width)
    assert line.plain.endswith("20 free (was 220)  min 20! low 25! high 30!")
    assert len(line.plain) <= width


@pytest.mark.parametrize(("width", "end"), [(71, ", at its end"), (90, ", at its end: no zone is left")])
def test_that_a_walk_is_at_its_end_is_not_cut(width: int, end: str) -> None:
    scan = ScanView("A", 1, (), at_end=True, ended=False, walk="pass with the low mark")
    (line,) = scan_lines(ShownScans((scan,), ()), width, 3, roomy=True)
    assert line.plain == f" A in the zonelist of node 1: pass with the low mark{end}"


def test_scan_shows_the_read_that_decided() -> None:
    entries = (EntryView(1, "read task_policy.nodes = {0}", current=False), EntryView(0, "", current=True))
    scan = ScanView("A", 1, entries, at_end=False, ended=False)
    assert plain(scan_lines(ShownScans((scan,), ()), 80, 1, roomy=False)) == [
        " zonelist 1 (A): [1] task_policy.nodes={0}  >[0]",
    ]
    assert plain(scan_lines(ShownScans((scan,), ()), 80, 4, roomy=True)) == [
        " A in the zonelist of node 1",
        "   [1] read task_policy.nodes = {0}",
        " > [0] ",
    ]
    over = evolve(scan, at_end=True)
    assert plain(scan_lines(ShownScans((over,), ()), 80, 1, roomy=False))[0].endswith(">end")
    assert plain(scan_lines(ShownScans((), ("A",)), 80, 1, roomy=False)) == [" zonelist: A has not looked at one yet"]


WORDS = (
    WordView("task.mems_allowed", "{0,1}", "{0}", "R"),
    WordView("task_policy.nodes", "{0}", "", ""),
    WordView("mm.mmap_sem", "read by A", "free", "A", is_lock=True),
    WordView("cgroup_mutex", "free", "", "", is_lock=True),
)


def test_changed_words_show_old_new_and_writer() -> None:
    first, second = plain(word_lines(WORDS, 80, roomy=False))
    assert first.split("  ")[0].strip() == "task.mems_allowed {0} -> {0,1} (R)"
    assert first.rstrip().endswith("task_policy.nodes {0}")
    assert second == " mm.mmap_sem read by A   free: cgroup_mutex"


COUNT = WordView("task.mems_allowed_change_disable", "1", "0", "A")
SEQUENCE = WordView("task.mems_allowed_seq.sequence", "2", "0", "R")
NODES = WordView("vma_policy.nodes", "{0}", "", "")


@pytest.mark.parametrize("words", [(COUNT,), (SEQUENCE, NODES), (NODES, SEQUENCE)])
def test_what_has_room_beside_the_other_word_is_whole(words: tuple[WordView, ...]) -> None:
    (row,) = plain(word_lines(words, 80, roomy=False))
    for word in words:
        assert f"{word.name} {word.old} -> {word.value} ({word.writer})" in row or f"{word.name} {{0}}" in row


def test_a_long_name_gives_way_to_what_changed() -> None:
    (row,) = plain(word_lines((COUNT, SEQUENCE), 80, roomy=False))
    assert row == " \u2026allowed_change_disable 0 -> 1 (A)     \u2026mems_allowed_seq.sequence 0 -> 2 (R)"


def test_locks_that_wait_for_a_drain_are_told_on_one_line() -> None:
    waits = WordView("task.alloc_lock", f"held by R{UNLOCK_WAITS}", "", "", is_lock=True)
    (row,) = plain(word_lines((waits,), 80, roomy=False))
    assert row == " task.alloc_lock held by R, whose unlock is in its store buffer"
    other = WordView("cgroup_mutex", "held by R", "", "", is_lock=True)
    (row,) = plain(word_lines((waits, other, WORDS[3]), 80, roomy=False))
    assert row == " task.alloc_lock held by R, unlock buffered   cgroup_mutex held by R   1 free"


@pytest.mark.parametrize("roomy", [True, False])
@pytest.mark.parametrize("width", [50, 80])
def test_words_take_the_lines_that_are_kept_for_them(width: int, *, roomy: bool) -> None:
    quiet = tuple(evolve(word, old="", writer="") for word in WORDS)
    for words in (WORDS, quiet):
        assert len(word_lines(words, width, roomy=roomy)) == word_height(quiet, width, roomy=roomy)


def test_with_room_for_one_scan_that_of_the_active_thread_comes_first() -> None:
    first, second = (ScanView(letter, 0, (EntryView(0, "", current=True),), False, False) for letter in "AB")
    for active in "AB":
        lines = plain(scan_lines(ShownScans((first, second), (), active), 80, 1, roomy=False))
        assert f"({active})" in lines[0]
    assert "(A)" in plain(scan_lines(ShownScans((first, second), (), "B"), 80, 2, roomy=False))[0]
    over = evolve(second, ended=True)
    assert "(A)" in plain(scan_lines(ShownScans((over, first), (), "R"), 80, 1, roomy=False))[0]


LINE = TimelineView(THREADS, "AAARRA", 4, forks=(2,), switches=(4,))


def test_timeline_tells_played_from_undone_without_colour() -> None:
    assert plain(timeline_lines(LINE, 40)) == [" A AAA!│·a", " R ·+·R│r·"]
    assert plain(timeline_lines(evolve(LINE, position=0), 40)) == [" A │aaa!·a", " R │·+·rr·"]


def test_timeline_follows_its_position() -> None:
    long = TimelineView({"A": Role.ALLOCATOR}, "A" * 500, 400, (), ())
    (row,) = plain(timeline_lines(long, 40))
    assert len(row) == 40
    assert "│" in row
    assert first_step(long, 40) > 300
    assert "400" in ruler_line(long, 40).plain


@given(st.integers(0, 6), st.integers(0, 5))
def test_a_click_on_a_letter_goes_behind_its_step(position: int, step: int) -> None:
    timeline = evolve(LINE, position=position)
    column = LABEL + step + (step >= position)
    assert step_at(timeline, 40, column) == step + 1


@given(st.text("ab", max_size=30), st.integers(8, 40))
def test_spread_fills_the_width(text: str, width: int) -> None:
    assert spread(Content(text), Content("right"), width).cell_length == width


def test_call_chain_gives_way_in_the_middle() -> None:
    assert elide(["one", "two", "three"], 40) == "one > two > three"
    assert elide(["one", "two", "three"], 16) == "one > +1 > three"
    assert elide(["one", "two", "three"], 6) == "three"
    assert elide(["one", "two", "three"], 4) == "thr…"
    assert elide([], 4) == ""


def test_hanging_text_is_indented_from_its_second_line() -> None:
    text = Hanging(Content("key   one two three four five"), 6)
    assert plain(text.wrapped(16)) == ["key   one two", "      three four", "      five"]


@pytest.mark.parametrize("width", [20, 30, 40, 60, 79, 80, 120])
def test_help_and_steps_are_never_cut_from_the_foot(width: int) -> None:
    line = key_line(play_hints(["A", "R"], {}), width).plain
    assert len(line) <= width
    assert "a r step" in line
    assert line.endswith("? help") or width < 30


def test_status_keeps_its_figures() -> None:
    status = TopLine("in-place/1", "Between two reads", "2.6.31 - 2.6.34", "premature OOM", 26, 1, over=True, won=True)
    assert status_line(status, 80).plain.endswith("won premature OOM   step 26  preempt 1")
    assert status_line(status, 50).plain.endswith("step 26  preempt 1")
    assert "2.6.31" in status_line(status, 120).plain
    assert status_line(evolve(status, won=False), 80).plain.endswith("goal premature OOM   step 26  preempt 1  over")


def test_ladder_has_a_column_for_each_thread() -> None:
    game = new_game("in-place/1", "a6 r22 a")
    rungs = list(ladder_rungs(game.machine, game.session.now))
    entries = [(line.plain, step) for line, step in ladder_entries(rungs, THREADS)]
    assert ("task_policy.nodes", None) in entries
    assert ("  A      29  read {1}  <- was {0} at step 6  first-zone lookup: node 0?", 29) in entries
    assert ("     R   25  write {0} -> {1}", 25) in entries


def test_rule_is_as_wide_as_its_place() -> None:
    assert rule("machine", 20).plain == "── machine ─────────"
    assert rule("", 5).plain == "─────"


def test_a_level_without_era_and_commits_has_no_empty_labels() -> None:
    level = new_game("tour/7").level.listed
    shown = [line.plain for line in briefing_lines(evolve(level, era="", commits=())) if isinstance(line, Content)]
    assert not [line for line in shown if "Linux" in line or "commits" in line]
    assert "Linux 2.6.31    commits 1" in [
        line.plain for line in briefing_lines(evolve(level, era="2.6.31", commits=("1",))) if isinstance(line, Content)
    ]


@pytest.mark.parametrize(("words", "text"), [(["a"], "a"), (["a", "r"], "a or r"), (["a", "b", "c"], "a, b or c")])
def test_words_to_choose_from(words: list[str], text: str) -> None:
    assert either(words) == text


def test_a_pack_without_a_level_is_not_won() -> None:
    empty = Pack(title="", chapters=())
    assert tally(empty, ()) == "0 of 0 levels won"
