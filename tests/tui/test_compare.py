# SPDX-License-Identifier: GPL-2.0-or-later
"""Two sources side by side, and one below the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puzzles.history import game_history, kernel_text
from tui.lines.compare import SIDE_BY_SIDE, Comparison, compare, compare_lines
from tui.lines.text import MUTED

OLD = """\
static int count;

static void wait(void)
{
	int i;

	for (i = 0; i < 9; i++)
		cpu_relax();
	count = 0;
}

static void last(void)
{
	a();
	b();
	c();
	d();
	e();
}
"""
NEW = OLD.replace("i < 9", "i < 10").replace("\tcount = 0;\n", "").replace("\te();\n", "\te();\n\tf();\n")

BELOW = """\
 ··· 3 lines the same, in wait()
   4   {
   5       int i;
   6
   7 -     for (i = 0; i < 9; i++)
   7 +     for (i = 0; i < 10; i++)
   8           cpu_relax();
   9 -     count = 0;
   9   }
  10
  11   static void last(void)
 ··· 3 lines the same, in last()
  15       c();
  16       d();
  17       e();
  18 +     f();
  19   }
"""


def shown(found: Comparison, width: int) -> str:
    return "".join(f"{one.plain.rstrip()}\n" for one in compare_lines(found, width))


def test_at_80_columns_the_new_lines_stand_below_the_old_ones() -> None:
    assert shown(compare(OLD, NEW), 80) == BELOW


@pytest.mark.parametrize("width", [SIDE_BY_SIDE, 120, 200])
def test_with_room_they_stand_beside_one_another(width: int) -> None:
    lines = shown(compare(OLD, NEW), width).splitlines()
    changed = next(line for line in lines if "i < 9" in line)
    assert "i < 10" in changed
    assert changed.index("│") == (width - 3) // 2 + 1
    gone = next(line for line in lines if "count = 0" in line)
    assert gone.rstrip().endswith("│")
    came = next(line for line in lines if "f();" in line)
    assert came.partition("│")[0].strip() == ""
    same = next(line for line in lines if "cpu_relax" in line)
    assert same.count("cpu_relax();") == 2
    assert {line.index("│") for line in lines if "│" in line} == {changed.index("│")}


def test_changed_lines_have_a_sign_and_a_colour() -> None:
    lines = compare_lines(compare(OLD, NEW), 80)
    styles = {one.plain[5:]: " ".join(str(span.style) for span in one.spans) for one in lines}
    assert "$text-error" in styles["-     for (i = 0; i < 9; i++)"]
    assert "$text-success" in styles["+     for (i = 0; i < 10; i++)"]
    assert "$text" not in styles["          cpu_relax();"].replace(MUTED, "")


def test_equal_sources_say_so() -> None:
    found = compare(OLD, OLD)
    assert found.changes == 0
    assert shown(found, 80) == " the same, line for line\n"
    assert compare("", "").rows == ()
    assert compare(OLD, NEW).changes == 3


def test_a_long_line_goes_on_below_itself() -> None:
    long = "\treturn " + " + ".join(f"number_{index}" for index in range(20)) + ";"
    for width in (80, 120):
        text = shown(compare("", long), width)
        words = text.replace("│", " ").split()
        assert [word for word in words if word.startswith("number_")] == [
            f"number_{i}" + (";" if i == 19 else "") for i in range(20)
        ]
        assert max(map(len, text.splitlines())) <= width


LINES = st.lists(st.sampled_from(["", "{", "}", "\ta();", "\tb();", "static int f(void)", "x" * 200]), max_size=30)


@given(LINES, LINES)
def test_every_line_of_both_is_in_one_row_in_order(old: list[str], new: list[str]) -> None:
    found = compare("\n".join(old), "\n".join(new))
    assert [row.old for row in found.rows if row.old] == list(range(1, len(found.old) + 1))
    assert [row.new for row in found.rows if row.new] == list(range(1, len(found.new) + 1))
    for row in found.rows:
        assert row.old or row.new
        if not row.changed:
            assert row.old
            assert row.new
            assert found.old[row.old - 1] == found.new[row.new - 1]


@given(LINES, LINES, st.integers(1, 160))
def test_no_line_is_wider_than_its_place_and_no_change_is_left_out(old: list[str], new: list[str], width: int) -> None:
    found = compare("\n".join(old), "\n".join(new))
    lines = compare_lines(found, width)
    assert max(one.cell_length for one in lines) <= width
    if width >= 20:
        text = "\n".join(one.plain for one in lines)
        signs = sum(row.changed * (bool(row.old) + bool(row.new)) for row in found.rows)
        assert text.count(" - ") + text.count(" + ") >= signs


def test_a_kernel_against_itself_with_one_word_changed() -> None:
    text = kernel_text(game_history().era("in-place"))
    found = compare(text, text.replace("task_lock(p);", "task_lock(q);", 1))
    assert found.changes == 1
    assert len(compare_lines(found, 80)) == 10
    assert len(compare_lines(found, 120)) == 9
    assert "in cpuset_change_nodemask()" in shown(found, 120)
