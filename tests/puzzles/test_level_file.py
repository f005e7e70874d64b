# SPDX-License-Identifier: GPL-2.0-or-later
"""Every mistake in a level.toml is told with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from puzzles.judging.ask import Ask
from puzzles.levels import LevelError, build_machine, load_pack
from puzzles.levels.limits import MAX_LEVEL_BYTES
from puzzles.levels.rules import columns
from sim import Goal, Limit, Outcome
from tests.puzzles.packs import LEVEL, complaints, small_level, write_pack


def test_a_level_holds_what_its_file_says(tmp_path: Path) -> None:
    level = small_level(tmp_path)
    assert (level.id, level.chapter, level.number) == ("small/1", "small", 1)
    assert level.goal == Goal(Outcome.FINISHED, "counter.value == 4")
    assert level.boot == {"counter.value": 0, "counter.limit": "1 + 2", "flag": 1}
    assert [(thread.letter, thread.cpu, thread.node) for thread in level.threads] == [
        ("A", 0, 0),
        ("B", 1, 1),
        ("R", 2, 1),
    ]
    assert level.limits == (Limit("R", start_after="A work:again"),)
    assert level.machine.matrix == ((10, 20), (20, 10))
    assert level.memory == "sc"
    assert level.source.name == "small.c"
    assert "count.h" in dict(level.source.headers)


@pytest.mark.parametrize(
    ("goal", "ask"),
    [
        ('"finished"', Ask.FORCE),
        ('"page"', Ask.FORCE),
        ('"deadlock"', Ask.DECIDE),
        ('"deadlock"\nask = "force"', Ask.FORCE),
        ('"page"\nask = "decide"', Ask.DECIDE),
        ('{ outcome = "bug", safe = true }', Ask.DECIDE),
    ],
)
def test_a_level_asks_to_decide_unless_it_ends_so_anyway(tmp_path: Path, goal: str, ask: Ask) -> None:
    assert small_level(tmp_path, ('{ outcome = "finished", condition = "counter.value == 4" }', goal)).ask is ask


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('title = "A small level"\n', "", "title", "is missing; add it"),
        ('title = "A', 'titel = "A', "titel", "no such key; did you mean title?"),
        ('"One idea."', "5", "idea", "5 stands where a text in quotes belongs"),
        ("cpu = 0", 'cpu = "0"', "thread[0].cpu", "'0' stands where a whole number belongs"),
        ("cpu = 0", "cpu = true", "thread[0].cpu", "true stands where a whole number belongs"),
        ("cpu = 0", "cpu = 7", "thread[0].cpu", "CPU 7 belongs to no node; give it to one in machine.nodes"),
        ("cpu = 1", "cpu = 0", "thread[1].cpu", "0 is that of thread[0] too; give each its own"),
        ("cpu = 1", "cpu = 1\nnode = 1", "thread[1].node", "no such key"),
        ('letter = "B"', 'letter = "A"', "thread[1].letter", "'A' is that of thread[0] too"),
        ('letter = "B"', 'letter = "E"', "thread[1].letter", "'E' is no thread's letter; use one of A, B, C, D, R"),
        ('name = "second"', 'name = "first"', "thread[1].name", "'first' is that of thread[0] too"),
        ('name = "second"', 'name = " "', "thread[1].name", "is empty"),
        ('hint = "Add."', 'hint = " "', "hint", "is empty"),
        ('hint = "Add."', f'hint = "{"x" * 401}"', "hint", "has 401 characters"),
        ("Count.", "x" * 77, "briefing", "line 1 has 77 columns; at most 76"),
        ("Count.", "字" * 39, "briefing", "line 1 has 78 columns; at most 76"),
        ("Count.", "line\n" * 13, "briefing", "has 13 lines; at most 12"),
        ('"It was added."', f'"{"x" * 101}"', "debrief", "line 1 has 101 columns; at most 100"),
        ("hint =", f'short = "{"x" * 281}"\nhint =', "short", "has 281 characters; at most 280"),
        ("hint =", 'short = "One. Two! Three 2.6.31? (Four.)"\nhint =', "short", "has 4 sentences; at most 3"),
        ("hint =", 'decides = ["a: b", "a: b", "a: b"]\nhint =', "decides", "names 3 places; at most 2"),
        ('"A small level"', '"two\\nlines"', "title", "has a line break"),
        ('["a book"]', '"a book"', "sources", "'a book' stands where a list in [ ] belongs"),
        ('["a book"]', "[1]", "sources[0]", "1 stands where a text in quotes belongs"),
        ('["much"]', f"{['x'] * 41}", "leaves_out", "has 41 entries; at most 40"),
        ('["58568d2a8215"]', '["HEAD"]', "commits[0]", "'HEAD' is no commit id"),
        ('id = "small/1"', 'id = "small/2"', "id", "'small/2' does not fit its folder; write 'small/1'"),
        ('"finished"', '"fault"', "goal.outcome", "'fault' is no outcome to reach; use one of oom-premature"),
        ('"finished"', '"rule-broken"', "goal.outcome", "'rule-broken' is no outcome to reach; use one of"),
        ('condition = "', 'conditon = "', "goal.conditon", "no such key; did you mean condition?"),
        ('{ outcome = "finished", condition = "counter.value == 4" }', '"open"', "goal", "'open' is no outcome"),
        ('"finished", ', '"finished", safe = "no", ', "goal.safe", "'no' stands where true or false belongs"),
        ('"finished", ', '"finished", safe = 1, ', "goal.safe", "1 stands where true or false belongs"),
        ("[machine]", f'other_zonelists = "{"x" * 201}"\n[machine]', "other_zonelists", "is longer than a line"),
        ('{ outcome = "finished", condition = "counter.value == 4" }', "3", "goal", "3 stands where a table belongs"),
        ('"finished"', '"finished", safe = true', "ask", 'a goal that is safe cannot be forced; write "decide"'),
        ("goal =", 'ask = "mend"\ngoal =', "ask", "'mend' is nothing that a level asks; use one of force, decide"),
        ("goal =", "ask = true\ngoal =", "ask", "true is nothing that a level asks"),
        ("goal =", "ask = []\ngoal =", "ask", "[] is nothing that a level asks"),
        ("goal =", 'asks = "force"\ngoal =', "asks", "no such key; did you mean ask?"),
        ('"finished"', '"oom-genuine"', "goal", "no thread has one; add it"),
        ("[boot]", 'memory = "tso"\n[boot]', "machine.memory", "no such key"),
        ("[machine]", 'memory = "pso"\n[machine]', "memory", "'pso' cannot be simulated"),
        ("flag = 1", "flag = true", 'boot."flag"', "true is no boot value"),
        ("flag = 1", "flag = 1.5", 'boot."flag"', "1.5 is no boot value"),
        ("pages = 100, free = 50, cpus = [0]", "pages = 100, cpus = [0]", "machine.nodes[0].free", "is missing"),
        ("free = 50, cpus = [0]", "free = 500, cpus = [0]", "machine", "node 0: 500 free and 0 reclaimable pages"),
        ("cpus = [1, 2]", "cpus = [0, 1, 2]", "machine", "CPU 0 is listed 2 times"),
        ("[boot]", "distance = [[10]]\n[boot]", "machine", "the distances must be 2 rows of 2 numbers"),
        ("[boot]", 'distance = [[10, "a"]]\n[boot]', "machine.distance[0][1]", "'a' stands where a whole number"),
        ('thread = "R"\n', 'thread = "C"\n', "limit[0].thread", "there is no thread 'C'; there are: A, B, R"),
        ('thread = "R"\n', 'thread = "A"\n', "limit[0].start_after", "A would wait for itself"),
        ('"A work:again"', '"work:again"', "limit[0].start_after", "write a thread and a place"),
        ("start_after", 'hold_at = "reset"\nstart_after', "limit[0]", "either hold_at or start_after"),
        ("[boot]", "[rules]\npreemptions = -1\n[boot]", "rules.preemptions", "is -1; write 0 to 20, or leave it out"),
        ("[boot]", "[rules]\npreemptions = true\n[boot]", "rules.preemptions", "true stands where a whole number"),
        ("[boot]", "[rules]\npreemption = 1\n[boot]", "rules.preemption", "no such key; did you mean preemptions?"),
        ("[boot]", '[rules]\nnever_waits = "R"\n[boot]', "rules.never_waits", "'R' stands where a list in [ ] belongs"),
        ("[boot]", '[rules]\nnever_waits = ["C"]\n[boot]', "rules.never_waits[0]", "there is no thread 'C'; there are"),
        ("[boot]", '[rules]\nnever_enters = ["add"]\n[boot]', "rules.never_enters[0]", "write a thread and a place"),
        ("[machine]", 'memory = "tso"\nrules = { preemptions = 1 }\n[machine]', "rules.preemptions", "drop one"),
        ("[machine]", 'era = "soon"\n[machine]', "era", "names no kernel version; write it like 2.6.31 - 2.6.34"),
        ("[machine]", 'era = "3.4 - 2.6.31"\n[machine]', "era", "ends before it begins; write the older version"),
        ('"A small level"', "1979-05-27", "title", "1979-05-27 stands where a text in quotes belongs"),
        ('["a book"]', '["a", "\\u001b"]', "sources[1]", "the text '\\x1b' holds a control character; delete it"),
        ('"small.c"', '"../small.c"', "kernel", "'../small.c' is no file name"),
        ('"small.c"', '"/etc/passwd"', "kernel", "'/etc/passwd' is no file name"),
        ('"small.c"', '"large.c"', "kernel", "no file 'large.c' in"),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path: Path, old: str, new: str, key: str, message: str) -> None:
    assert message in complaints(tmp_path, (old, new))[key]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = complaints(tmp_path, ('"One idea."', "5"), ("flag = 1", "flag = []"), ("cpu = 1", "cpu = {}"))
    assert list(found) == ["idea", "thread[1].cpu", 'boot."flag"']
    found = complaints(tmp_path, ("cpu = 1", "cpu = 9"), ('hint = "Add."', 'hint = ""'), ("small.c", "big.c"))
    assert list(found) == ["hint", "thread[1].cpu", "kernel"]


def test_a_missing_kernel_says_where_it_was_looked_for_and_what_there_is(tmp_path: Path) -> None:
    message = complaints(tmp_path, ('"small.c"', '"large.c"'))["kernel"]
    looked, _, known = message.partition("; there are: ")
    assert looked.endswith(f"in {tmp_path}/kernels, puzzles/kernels")
    assert {"linux-2.6.31.c", "small.c"} <= set(known.split(", "))
    assert "small.c" in message


@pytest.mark.parametrize("threads", [0, 5])
def test_a_level_has_one_to_four_threads(tmp_path: Path, threads: int) -> None:
    text = LEVEL.partition("[[thread]]")[0].replace("cpus = [1, 2]", "cpus = [1, 2, 3, 4]")
    for number, letter in enumerate("ABCDR"[:threads]):
        text += f'[[thread]]\nname = "t{number}"\nletter = "{letter}"\ncpu = {number}\nrun = "reset()"\n'
    if not threads:
        text = "thread = []\n" + text
    with pytest.raises(LevelError, match=f"thread: there are {threads} threads; a level has 1 to 4"):
        load_pack(write_pack(tmp_path, level=text)).level("small/1")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title = ", "is not TOML: Invalid value; see toml.io"),
        (b"a.b = 1\n[a.b]\n[a.b.c]", "is not TOML: "),
        (b"[a]\n[a]", "is not TOML: Cannot declare a twice; see toml.io"),
        (b"\x00\x01\x02", "line 1 holds the control character U+0000"),
        (b'title = "\xff"', "line 1 is not UTF-8; save the file as UTF-8"),
        (b"x = " + b"[\n" * 20_000, "nested too deep"),
        (b".".join([b"a"] * 900) + b" = 1", "nested too deep"),
        (b"x = " + b"9" * 20_000, "line 1 has more than 2,000 characters"),
        (b"x = " + b"[" * 20_000, "line 1 has more than 2,000 characters"),
        (b" " * (MAX_LEVEL_BYTES + 1), "is larger than 65,536 bytes"),
        (b'title = "\\u001b[31mred"', "holds a control character"),
        (b'"\\u202e" = 1', "holds a control character"),
        (b"# \x1b[2J", "line 1 holds the control character U+001B"),
    ],
)
def test_a_file_that_is_no_level_is_told_in_one_sentence(tmp_path: Path, data: bytes, message: str) -> None:
    folder = write_pack(tmp_path)
    (folder / "small/1/level.toml").write_bytes(data)
    with pytest.raises(LevelError) as raised:
        load_pack(folder).level("small/1")
    [problem] = raised.value.problems
    assert problem.file == f"{tmp_path}/small/1/level.toml"
    assert message in problem.message
    assert problem.line == 1 or not message.startswith("line 1")
    assert str(raised.value).isprintable()


def test_line_ends_and_byte_order_marks_do_not_matter(tmp_path: Path) -> None:
    plain = small_level(tmp_path / "unix")
    folder = write_pack(tmp_path / "dos")
    for name in ("small/1/level.toml", "kernels/small.c", "include/count.h"):
        path = folder / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    other = load_pack(folder).level("small/1")
    assert other.briefing == plain.briefing
    assert other.source == plain.source
    assert build_machine(other).boot().memory == build_machine(plain).boot().memory


def test_columns_are_those_of_a_terminal() -> None:
    assert [columns(text) for text in ("", "abc", "字", "e\u0301", "\t")] == [0, 3, 2, 1, 8]
