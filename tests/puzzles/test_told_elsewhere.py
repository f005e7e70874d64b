# SPDX-License-Identifier: GPL-2.0-or-later
"""What levels tell about other kernels, other values and patched kernels: each sentence is tried on all schedules.

Each row quotes its level, so a sentence that is reworded has to come by here.
"""

from __future__ import annotations

import re

import pytest
from attrs import evolve, frozen

from puzzles.levels import Level, build_machine, game_pack
from puzzles.levels.model import Source
from sim import Goal, Machine, Outcome
from sim.explore import Verdict, explore, solve
from tests.puzzles.kernels import PUZZLES, READ, READ_EXHAUSTED

PACK = game_pack()
MAPPING_STATIC = (
    "task.mempolicy=NULL vma.vm_policy=&vma_policy vma_policy.mode=MPOL_BIND vma_policy.flags=MPOL_F_STATIC_NODES"
    " vma_policy.nodes=0 vma_policy.w=0-1"
)

# The first trial patch of January 2017: who goes back to the policy's own mask looks its start up again.
BACK_TO_OWN = "\tac.nodemask = nodemask;\n"
LOOKED_UP = "\t\tac.preferred_zoneref = first_zones_zonelist(ac.zonelist, nodemask);\n"
TRIAL = (BACK_TO_OWN, f"\tif (ac.nodemask != nodemask) {{\n\t{BACK_TO_OWN}{LOOKED_UP}\t}}\n")
EMPTY_IS_NOTICED = ("if (!ac.preferred_zoneref)", "if (!ac.preferred_zoneref->zone)")  # as ea57485af8f4 has it
OUTSIDE_OF_THE_LOCK = (  # as in 5.10
    "\ttask_lock(current);\n\terr = mpol_set_nodemask(new, user);\n\tif (!err)\n\t\tcurrent->mempolicy",
    "\terr = mpol_set_nodemask(new, user);\n\ttask_lock(current);\n\tif (!err)\n\t\tcurrent->mempolicy",
)
MASK_MISSES = "\t\tac->nodemask = NULL;\n\t\treturn true;"
TRAPPED = (MASK_MISSES, f"\t\tBUG_ON(1);\n{MASK_MISSES}")
NOT_COMPARED = ("if (ac->nodemask &&\n", "if (0 && ac->nodemask &&\n")
NO_NUMBER = ("return read_mems_allowed_retry(cpuset_mems_cookie);", "return false;")
MASK_IN_BOTH_TRIES = ("\t\tnodemask = NULL;\n\t}", "\t}")
NO_BARRIER_OF_A = ("change_disable++;\n\tsmp_mb();", "change_disable++;")
NO_UNION = ("\ttsk->mems_allowed = both;\n", "")
NO_REBIND = ("\tmpol_rebind_task(tsk, &newmems);\n", "")
NO_LAST_PASS = ("\tpage = get_page_from_freelist(zonelist, nodemask, WMARK_HIGH);\n", "")
NO_BARRIER_OF_R = ("\tsmp_mb();\n\tif (READ_ONCE", "\tif (READ_ONCE")


@frozen
class Told:
    """A level, words of its debrief, what is changed, and in how many preemptions it is reached then; None: never."""

    level: str
    words: str
    fewest: int | None
    kernel: str = ""
    sets: str = ""
    patch: tuple[str, str] | None = None
    outcome: Outcome | None = None
    cpu: int | None = None
    reads: bool = False
    no_limits: bool = False


NEEDS_BOTH = "in this model the task dies without A's barriers, and without R's"
READ_FAILS = "A read() on this machine would get -ENOMEM instead of a kill"
TRIED = "In this model that change alone leaves this level as it is"
ALONE = "In this model it alone makes this level safe"

LATER = ("3.2", "3.3", "3.4", "4.7", "4.10", "4.13", "6.4", "6.5", "6.16")
TABLE = (
    Told("generation/4", "A cpuset that merely gets more nodes does no harm", None, sets="new_mems=0-1"),
    Told("in-place/6", "for the policy of a mapping too", None, sets=MAPPING_STATIC),
    Told("in-place/7", "In this level no order of steps ends in a kill", None, outcome=Outcome.OOM_PREMATURE),
    Told("in-place/13", "Take the store of the union away", 1, patch=NO_UNION),
    Told("generation/6", "Without the rebind the task dies", 1, patch=NO_REBIND),
    Told("generation/6", "Without the last pass it dies as well", 1, patch=NO_LAST_PASS),
    Told("count/5", NEEDS_BOTH, 1, "linux-2.6.35.c", patch=NO_BARRIER_OF_A),
    Told("count/5", NEEDS_BOTH, 1, "linux-2.6.35.c", patch=NO_BARRIER_OF_R),
    Told("overlap/6", READ_FAILS, 1, outcome=Outcome.ENOMEM, reads=True),
    Told("overlap/6", READ_FAILS, None, reads=True),
    Told("seqcount/5", "That R is held back at first makes no difference to the answer", None, no_limits=True),
    Told("seqcount/5", "and that takes one change more", None, sets="writes[6]=1", cpu=0),
    Told("cached/3", TRIED, 1, patch=TRIAL),
    Told("cached/4", ALONE, None, patch=EMPTY_IS_NOTICED),
    Told("intersection/2", "without it A goes round only until reclaim on node 0 has nothing left", None,
         sets="swapping=0"),
    Told("intersection/3", "they meet at every moment", None, patch=TRAPPED, outcome=Outcome.BUG),
    Told("intersection/3", "without that question this task is safe as well", None, patch=NOT_COMPARED),
    Told("intersection/3", "there, without the number, this task runs out of memory", 1, sets="zones[0].free=22",
         patch=NO_NUMBER),
    Told("intersection/3", "does no harm even if nobody notices", None, patch=NO_NUMBER),
    Told("today/2", "but so is one write", None, sets="writes[0]=1"),
    Told("side/4", "There is no deadlock either", None, outcome=Outcome.DEADLOCK),
    Told("side/5", "With a number of 0 the same order does no harm", None, sets="task.mems_allowed_seq.sequence=0"),
    Told("side/8", "In the model no OOM comes of that", None, patch=OUTSIDE_OF_THE_LOCK),
    Told("side/14", "The answer of 4.13", None, "linux-4.13-policy.c"),
    Told("side/14", "a kernel that looks for that complains", 1, outcome=Outcome.BUG),
    Told("side/15", "It would kill with node 1 free", 1, patch=MASK_IN_BOTH_TRIES),
    Told("side/15", "With node 1 alone in the cpuset", None, sets="writes[0]=0", patch=MASK_IN_BOTH_TRIES),
    Told("hotplug/1", "The answer is 3d36424b3b58", None, "linux-6.0-hotplug.c"),
    Told("hotplug/1", "between its min and low marks two preemptions do", 2, sets="zones[0].free=23"),
    Told("hotplug/3", "no such luck is needed", 1, sets="zones[0].free=22"),
    Told("hotplug/3", "The answer is 1007843a9190", None, "linux-6.3-hotplug.c"),
    Told("side/9", "A read() does ask", 1, reads=True),
    *(Told("side/9", "so it is in every kernel", None, f"linux-{one}.c") for one in ("2.6.29", "2.6.35", *LATER)),
)  # fmt: skip
# What is told in one level about another one.
ACROSS = (
    ("intersection/3", "It is there for mappings", Told("intersection/1", "", 1, patch=TRAPPED, outcome=Outcome.BUG)),
)


def kernel_of(level: Level, told: Told) -> Source:
    """The kernel of a row, its text or that of a header patched where the row says so."""
    name = told.kernel or level.kernel
    texts = {"": (PUZZLES / "kernels" / name).read_text("utf-8"), **dict(level.source.headers)}
    if told.patch:
        old, new = told.patch
        assert sum(text.count(old) for text in texts.values()) == 1
        texts = {key: text.replace(old, new) for key, text in texts.items()}
    return Source(name, texts.pop(""), tuple(texts.items()))


def machine_of(told: Told) -> Machine:
    level = PACK.level(told.level)
    allocator, rebind = level.threads
    if told.cpu is not None:
        allocator = evolve(allocator, cpu=told.cpu, node=told.cpu)
        rebind = evolve(rebind, cpu=1 - told.cpu, node=1 - told.cpu)
    if told.reads:
        allocator = evolve(allocator, run=READ, exhausted=READ_EXHAUSTED)
    level = evolve(level, threads=(allocator, rebind), limits=() if told.no_limits else level.limits)
    return build_machine(level, kernel_of(level, told), told.sets.split())


def fewest(told: Told) -> int | None:
    """The preemptions that the outcome takes; None if no schedule reaches it."""
    playing = machine_of(told)
    outcome = told.outcome or PACK.level(told.level).goal.outcome
    if told.fewest is None:
        assert explore(playing, outcome).verdict is Verdict.UNREACHABLE
        return None
    return solve(playing, outcome).best[0].preemptions


def said(level: str) -> str:
    return " ".join(PACK.level(level).debrief.split())


@pytest.mark.parametrize("told", TABLE, ids=lambda told: f"{told.level} {told.words[:30]} {told.kernel}")
def test_what_a_level_tells_of_others_is_so(told: Told) -> None:
    assert told.words in said(told.level)
    assert fewest(told) == told.fewest


@pytest.mark.parametrize(("level", "words", "told"), ACROSS, ids=lambda one: getattr(one, "level", None))
def test_what_a_level_tells_of_another_level_is_so(level: str, words: str, told: Told) -> None:
    assert words in said(level)
    assert fewest(told) == told.fewest


@pytest.mark.parametrize(("patch", "verdict"), [(None, Verdict.UNREACHABLE), (OUTSIDE_OF_THE_LOCK, Verdict.REACHABLE)])
def test_a_policy_is_installed_against_an_unseen_cpuset_only_without_the_lock(
    patch: tuple[str, str] | None, verdict: Verdict
) -> None:
    assert "It is never installed against a cpuset that it has not seen" in said("side/8")
    missed = Goal(Outcome.PAGE, "task.mempolicy && new_policy.nodes.bits[0] == 1 && task.mems_allowed.bits[0] == 2")
    playing = evolve(machine_of(Told("side/8", "", None, patch=patch)), goal=missed)
    assert solve(playing, Outcome.PAGE).verdict is verdict


SETS = re.compile(r"^    :set (\S+=\S+)$", re.MULTILINE)
COMMANDS = [(level.id, change) for level in PACK.levels for change in SETS.findall(level.debrief)]


@pytest.mark.parametrize(("level", "change"), COMMANDS)
def test_a_change_to_be_tried_turns_the_answer_round(level: str, change: str) -> None:
    told = PACK.level(level)
    verdict = explore(build_machine(told, sets=[change]), told.goal.outcome).verdict
    assert verdict is (Verdict.REACHABLE if told.goal.safe else Verdict.UNREACHABLE)


def test_commands_of_debriefs_are_found() -> None:
    assert {level for level, _ in COMMANDS} >= {"tour/6", "in-place/4", "side/5"}
