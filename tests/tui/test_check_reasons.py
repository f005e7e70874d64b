# SPDX-License-Identifier: GPL-2.0-or-later
"""`oomrace check` and the reasons of safe levels: what is told, kept, compared, and refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from puzzles.proofs import LOCK_NAME
from tests.long import LONG
from tests.tui.checked import add_level, copied
from tests.tui.program import call

LOCKED = """#include "oomrace.h"
struct mutex lock;
int counter;
void add(void)
{
	mutex_lock(&lock);
	counter++;
	mutex_unlock(&lock);
}
"""
ENDLESS = """#include "oomrace.h"
unsigned int counter;
int stop;
void add(void)
{
again:
	if (stop)
		goto done;
	counter += 2;
	if (counter > 3)
		goto done;
	goto again;
done:
	;
}
void halt(void)
{
	stop = 1;
}
"""
"""Without the test of the counter there is no end to its values, though one thread after the other ends."""

IS_SAFE = ('condition = "counter == 1" }', 'condition = "counter == 1", safe = true }\nask = "decide"')
NEVER = ('condition = "counter == 1" }', 'condition = "counter == 3", safe = true }\nask = "decide"')


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A level that can be broken, and one that is safe because of a lock."""
    folder = copied("one-is-lost", tmp_path)
    add_level(folder, 2, IS_SAFE, kernel=LOCKED)
    return folder


def checked(pack: Path, *options: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(call("check", str(pack), "--json", *options).stdout)
    return told


def test_reasons_are_told_as_the_search_for_them_tells_them(pack: Path) -> None:
    levels = {level["level"]: level for level in checked(pack)["levels"]}
    found = json.loads(call("reasons", "basics/2", "--pack", str(pack), "--json").stdout)
    assert [row["line"] for row in found] == [6, 8]
    assert list(found[0]) == ["file", "line", "text", "schedule", "preemptions", "steps"]
    assert (levels["basics/2"]["reasons"], levels["basics/2"]["undecided"]) == (found, [])
    assert levels["basics/1"]["reasons"] is None
    assert re.search(
        r"basics/2: safe, exhausted: \d+ states, \d+ transitions; 2 reasons\n", call("check", str(pack)).stdout
    )


def test_reasons_are_kept_and_compared(pack: Path) -> None:
    assert call("check", str(pack), "--write").exit_code == 0
    lock = json.loads((pack / LOCK_NAME).read_text("utf-8"))
    assert [row["line"] for row in lock["basics/2"]["reasons"]] == [6, 8]
    assert "reasons" not in lock["basics/1"]
    assert checked(pack)["locks"][0]["state"] == "fresh"
    lock["basics/2"]["reasons"].pop()
    (pack / LOCK_NAME).write_text(json.dumps(lock), "utf-8")
    told = checked(pack)
    assert told["locks"][0]["state"] == "stale"
    assert [one["message"] for one in told["findings"]] == ["does not say what was proved just now: reasons"]
    lock["basics/2"].pop("reasons")
    (pack / LOCK_NAME).write_text(json.dumps(lock), "utf-8")
    assert checked(pack)["locks"][0]["state"] == "stale"
    assert call("check", str(pack), "--write").exit_code == 0
    assert checked(pack)["locks"][0]["state"] == "fresh"


def test_lines_that_move_without_a_change_of_the_kernel_are_noticed(pack: Path) -> None:
    assert call("check", str(pack), "--write").exit_code == 0
    kernel = pack / "kernels/k2.c"
    kernel.write_text(f"/* A comment. */\n{kernel.read_text('utf-8')}", "utf-8")
    told = checked(pack)
    assert [one["message"] for one in told["findings"]] == ["does not say what was proved just now: reasons"]


def test_a_safe_level_in_which_nothing_bears_is_refused_and_a_variant_is_not(pack: Path) -> None:
    add_level(pack, 3, NEVER)
    add_level(pack, 4, NEVER, ('title = "', 'variant_of = "basics/3"\ntitle = "'))
    (finding,) = checked(pack)["findings"]
    assert (finding["level"], finding["kind"], finding["key"], finding["line"]) == ("basics/3", "error", "goal", 5)
    assert finding["message"] == "it is safe, and no statement alone is the reason: nobody could win it"
    assert finding["advice"] == "give it another setting, or make it a variant with `variant_of`"
    assert re.search(r"basics/4: safe, exhausted: .* 0 reasons\n", call("check", str(pack)).stdout)


@LONG
def test_a_bound_is_named_and_nothing_is_said_of_all_statements(pack: Path) -> None:
    add_level(pack, 3, NEVER, ('cpu = 1\nrun = "add()"', 'cpu = 1\nrun = "halt()"'), kernel=ENDLESS)
    bounds = [f"k3.c:{line}: more than 300 states" for line in (10, 11)]
    told = checked(pack, "--max-states", "300")
    (finding,) = told["findings"]
    assert (finding["level"], finding["kind"]) == ("basics/3", "error")
    assert finding["message"] == f"it is undecided whether any statement alone is the reason: {'; '.join(bounds)}"
    (level,) = [level for level in told["levels"] if level["level"] == "basics/3"]
    assert (level["reasons"], level["undecided"]) == ([], bounds)
    said = call("reasons", "basics/3", "--pack", str(pack), "--max-states", "300")
    assert (said.exit_code, said.stdout, said.stderr) == (1, "", "".join(f"undecided: {bound}\n" for bound in bounds))


def test_several_processes_find_the_same_reasons(pack: Path) -> None:
    add_level(pack, 3, NEVER)
    assert call("check", str(pack), "-j", "2").stdout == call("check", str(pack)).stdout
