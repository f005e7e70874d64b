# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs as a stranger may have left them: changed at random, in one or in several places."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

STRANGE_VALUES = (
    '{ outcome = "finished", condition = "1 / (counter - 1) == 1" }', '{ outcome = "spin", condition = "1 / counter" }',
    '"1 / counter"', '"1 % (counter - 1)"', '"1 << counter * 40"', '"counter == 1 && 1 / (counter - 1)"',
    "0", "-1", "1", "7", "true", "1.5", "inf", "nan", "[]", "{}", '""', "[[]]", "[1]", '["a"]', "{ a = 1 }",
    "1979-05-27", "9999999999", "-9223372036854775808", "1" + "0" * 60, "[" * 40 + "]" * 40, '"\\u0000"',
    '"\\u001b[2J"', '"\\u202e"', '"0-1,3"', '"' + "x" * 300 + '"', "'''a\nb'''", '"deadlock"', '"page"',
    '"livelock"', '"spin"', '"oom-premature"', '"counter"', '"&counter"', '"1 / 0"', '"1 << 99"', '"add()"',
    '"add(1, 2)"', '"zones"', '"zones[0]"', '"zones[99999]"', '"node_zonelists[0]"', '"A add"', '"A add:x#999"',
    '"R"', '"lost.c"', '"../lost.c"', '"oomrace.h"', '"a b"', '"tso"', '"(((((((((1)))))))))"',
    '"' + "(" * 190 + '"', '"' + "!" * 190 + '1"', '"*counter"', '"counter = 1"', '"counter++"',
    '{ outcome = "finished", condition = "counter" }', '{ outcome = "deadlock", safe = true }',
    '"2.6.31 - 9999999"',
)  # fmt: skip
STRANGE_CODE = (
    "int", "unsigned long", "struct", "enum e { X }", "typedef", "{", "}", "(", ")", ";", ",", "*", "&", "->", ".",
    "[", "]", "0", "1", "-1", "99999999999999999999", "0x", "08", "1.5", "'a'", '"s"', "if (1)", "while (1)",
    "for (;;)", "goto x;", "x:", "switch (1) {", "case 1:", "default:", "return;", "break;", "continue;",
    '#include "oomrace.h"\n', '#include "mmzone.h"\n', '#include "nodemask.h"\n', '#include "lost.h"\n',
    "#include <stdio.h>\n", "#if 1\n", "#else\n", "#endif\n", "#define add sub\n", "#define X X\n", "#define X 1\n",
    "/*", "*/", "//", "\\\n", "\0", "\x1b[2J", "\u202e", "\xff", "counter", "add", "add()",
    "struct zone zones[2];\n", "int zones;\n", "int node_zonelists;\n", "struct zones { int a; } zones[3];\n",
    "int node_zonelists[2];\n", "int a[100000000];\n", "int b[0];\n", "int *p;\n",
    "static int add(void) { return add(); }\n", "int big[65536][65536];\n", "struct s { struct s s; };\n",
    "out_of_memory();", "allocation_begin();", "page_allocated(0);", "rebind_begin();", "rebind_end();",
    "BUG_ON(1);", "smp_mb();", "yield();", "mutex_lock(&lock);", "struct mutex lock;\n", "counter = 1 / 0;",
    "counter = 1 << 40;", "*(int *)0 = 1;", "counter = counter;", "do { counter++; } while (1);",
    "for (int i = 0; i < 1000000000; i++) ;", "(" * 400, "-" * 3000, "{" * 2000, "!" * 5000 + "1",
    "1" + "+1" * 5000, "if (1) " * 1500 + ";", "int " + "*" * 3000 + "q;\n", "a" * 100_000,
)  # fmt: skip
_WORD = re.compile(r"\w+|[^\w\s]|\s+")
_VALUE = re.compile(r"(?m)^((?:\"[^\"\n]*\"|[\w.]+) = )(.+)$")


def mutated(folder: Path, random: Random) -> None:
    """Change a pack in one to three places."""
    for _ in range(random.choice((1, 1, 2, 3))):
        if _files(folder, ""):
            random.choice(_CHANGES)(folder, random)


def _files(folder: Path, ending: str) -> list[Path]:
    return sorted(path for path in folder.rglob(f"*{ending}") if path.is_file() and not path.is_symlink())


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape"))


def _value(folder: Path, random: Random) -> None:
    """Put another value behind a key."""
    _edit(folder, random, ".toml", lambda text: _replaced(text, _VALUE, random, STRANGE_VALUES))


def _replaced(text: str, pattern: re.Pattern[str], random: Random, values: Sequence[str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = random.choice(found)
    return text[: one.start(2)] + random.choice(values) + text[one.end(2) :]


def _edit(folder: Path, random: Random, ending: str, change: Callable[[str], str]) -> None:
    if found := _files(folder, ending):
        path = random.choice(found)
        _write(path, change(_text(path)))


def _code(folder: Path, random: Random) -> None:
    """Put something into a kernel file or header, or in the place of a word of it."""

    def change(text: str) -> str:
        """Put in or replace a word."""
        words = _WORD.findall(text) or [""]
        place = random.randrange(len(words))
        words[place : place + random.choice((0, 1, 1, 3))] = [random.choice(STRANGE_CODE)]
        return "".join(words)

    _edit(folder, random, random.choice((".c", ".c", ".h")), change)


def _lines(folder: Path, random: Random) -> None:
    """Drop, double or move a line of a file."""

    def change(text: str) -> str:
        """Drop, double or move a line."""
        lines = text.splitlines(keepends=True)
        if not lines:
            return text
        line = lines[random.randrange(len(lines))] if random.random() < 0.5 else lines.pop(random.randrange(len(lines)))
        if random.random() < 0.7:
            lines.insert(random.randrange(len(lines) + 1), line)
        return "".join(lines)

    _edit(folder, random, random.choice((".toml", ".toml", ".c", ".h", ".json")), change)


def _bytes(folder: Path, random: Random) -> None:
    """Put bytes of any kind into a file, or cut it off."""
    path = random.choice(_files(folder, ""))
    data = bytearray(path.read_bytes())
    place = random.randrange(len(data) + 1)
    if random.random() < 0.3:
        del data[place:]
    else:
        data[place:place] = random.choice(
            (b"\0", b"\xff\xfe", b"\x1b]0;x\x07", b"\r", b"\xed\xa0\x80", b"\xef\xbb\xbf")
        )
    path.write_bytes(data)


def _names(folder: Path, random: Random) -> None:
    """Rename a file or a folder."""
    path = random.choice(sorted(one for one in folder.rglob("*")))
    name = random.choice(
        ("0", "01", "1", "2", "x" * 200, "a b", "\u202e", "Kernels", "include", "level.toml", ".hidden")
    )
    if not os.path.lexists(path.with_name(name)):
        path.rename(path.with_name(name))


def _links(folder: Path, random: Random) -> None:
    """Put a link, a folder or a FIFO where a file was."""
    path = random.choice(_files(folder, ""))
    path.unlink()
    kind = random.randrange(4)
    if kind == 0:
        path.symlink_to(random.choice(("/etc/passwd", path.name, "/dev/zero", "nowhere", "..", "/proc/self/environ")))
    elif kind == 1:
        path.mkdir()
    elif kind == 2:
        os.mkfifo(path)


def _lock(folder: Path, random: Random) -> None:
    """Write a lock file that says anything."""
    path = folder / "proofs.json"
    if os.path.lexists(path):
        return
    value: Any = random.choice(
        (0, -1, 1.5, None, True, "", "x", [], {}, [0], 10**40, "inf", "nan", "A1" * 9, "reachable")
    )
    entry = {
        "level_hash": "sha256:0", "verdict": "reachable", "states": 1, "transitions": 1,
        "par": [{"preemptions": 0, "steps": 1, "schedule": "A1"}], "schedules": 1, "wins": 1, "one_in": "1",
    }  # fmt: skip
    entry[random.choice(list(entry))] = value
    path.write_text(json.dumps({random.choice(("basics/1", "x", "")): random.choice((entry, value))}), "utf-8")


_CHANGES = (_value, _value, _value, _code, _code, _code, _lines, _lines, _bytes, _names, _links, _lock)
