# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings of a level: what can be changed comes from the level and its kernel file, and what resists is measured."""

from __future__ import annotations

import random
import tomllib
from contextlib import suppress
from importlib.resources import files
from typing import Any

import pytest
from attrs import evolve

from puzzles.harden.axes import AXES, MOST_OF_AXIS, alterations
from puzzles.harden.broken import BrokenFigures, broken_figures, measured_broken, story_of
from puzzles.harden.fate import Fate
from puzzles.harden.level import level_now
from puzzles.harden.offers import callers, mask_arrays, masks, offered_calls
from puzzles.harden.safe import SafeFigures, measured_safe
from puzzles.harden.search import Hardening
from puzzles.harden.setting import Alteration
from puzzles.harden.toml import toml_text
from puzzles.levels import Level, LevelError, build_machine, game_pack, level_hash
from puzzles.levels.build import compile_source
from puzzles.levels.shape import structure
from sim.explore import Limits, recipes, state_graph, with_one_number
from sim.nodelist import parse_nodelist
from sim.numa import Node, Topology, node_of_cpu

LIMITS = Limits(states=3000)
SAMPLE = ("in-place/1", "in-place/3", "cookie/4", "side/2", "count/5", "in-place/11")


def level_named(id_: str) -> Level:
    return game_pack().level(id_)


def changes(level: Level, axis: str) -> list[Alteration]:
    return alterations(axis, level)


def searched(id_: str, most: int, seed: int = 0) -> Hardening:
    level = level_named(id_)
    search = Hardening(level, level_now(level, (), LIMITS).measure, LIMITS, seed, most)
    search.run()
    return search


def test_calls_are_those_that_the_kernel_file_offers() -> None:
    program = compile_source(level_named("in-place/1"), level_named("in-place/1").source)
    calls = set(offered_calls(program))
    assert {"do_page_fault(&vma)", "do_generic_file_read()", "administrator(&cpuset)"} <= calls
    assert {"cpuset_write_mems(&cpuset, &new_mems)", "cpuset_write_mems(&cpuset, &writes[0])"} <= calls
    assert not any(call.startswith(("get_page_from_freelist", "nodes_or", "out_of_memory")) for call in calls)
    assert set(callers(program, "cpuset_write_mems(&cpuset, &new_mems)")) == {
        "administrator(&cpuset)",
        "flip_for_ever(&cpuset)",
    }
    assert [name for name, _ in mask_arrays(program, "administrator(&cpuset)")] == ["writes"]


@pytest.mark.parametrize("axis", AXES)
def test_every_change_is_told_changes_something_and_can_be_tried(axis: str) -> None:
    dice = random.Random(axis)
    for id_ in SAMPLE:
        level = level_named(id_)
        every = changes(level, axis)
        for change in dice.sample(every, min(len(every), 8)):
            other = change.apply()
            assert change.text
            assert other != level
            assert all(thread.node == node_of_cpu(other.machine, thread.cpu) for thread in other.threads)
            with suppress(LevelError):  # not every machine has what a call needs; nothing else may be raised
                build_machine(other)


@pytest.mark.parametrize("axis", [axis for axis in AXES if axis not in ("distance", "narrower")])
def test_a_level_of_two_nodes_can_be_changed_along_every_axis(axis: str) -> None:
    assert changes(level_named("in-place/1"), axis)


@pytest.mark.parametrize("axis", AXES)
def test_however_large_a_level_is_an_axis_has_an_end(axis: str) -> None:
    level = level_named("in-place/1")
    nodes = (*level.machine.nodes, *(Node(220, 200, (cpu,)) for cpu in range(2, 64)))
    boot = {**level.boot, **{f"writes[{number}]": f"0-{number + 1}" for number in range(12)}}
    boot |= {f"{name}.mems_allowed": f"{number}" for number, name in enumerate(("sibling", "shell"), 5)}
    with suppress(LevelError):  # limits need a machine that runs, and the kernel file has no room for so many nodes
        assert len(changes(evolve(level, machine=Topology(nodes), boot=boot), axis)) <= MOST_OF_AXIS


def test_masks_keep_what_holds_between_them() -> None:
    level = level_named("overlap/1")
    for change in changes(level, "masks"):
        boot = {
            name: parse_nodelist(text) for name, text in masks(change.apply(), build_machine(level).program).items()
        }
        assert boot["cpuset.mems_allowed"] == boot["task.mems_allowed"] == boot["vma_policy.w"]
        assert boot["vma_policy.nodes"] <= boot["vma_policy.w"]
        assert boot["new_mems"] == {1}


def test_what_a_level_asks_about_exhausted_nodes_is_no_work_of_a_thread() -> None:
    assert not [each.text for each in changes(level_named("cached/4"), "threads") if "no_memory_for" in each.text]


def test_a_task_of_its_own_is_set_up_as_the_other_one_and_stands_in_the_cpuset() -> None:
    level = level_named("in-place/1")
    change = next(each for each in changes(level, "threads") if each.text.endswith("do_page_fault(&vma) as sibling"))
    other = change.apply()
    assert {name: other.boot[name] for name in other.boot.keys() - level.boot.keys()} == {
        "sibling.mems_allowed": "0",
        "cpuset.tasks[1]": "&sibling",
    }
    assert (other.threads[-1].run, other.threads[-1].exhausted) == (
        "do_page_fault(&vma)",
        "no_memory_for(&sibling, &vma)",
    )


@pytest.mark.parametrize(
    ("id_", "boot", "fate"),
    [
        ("in-place/1", {"new_mems": "0-1"}, Fate.SAFE),
        ("in-place/1", {"new_mems": "0"}, Fate.SAFE),
        ("in-place/1", {"nobody": "0"}, Fate.UNFIT),
        ("in-place/1", {}, Fate.RECIPE),
        ("in-place/5", {}, Fate.RECIPE2),
        ("in-place/8", {}, Fate.RESISTS),
        ("cookie/4", {}, Fate.LARGE),
    ],
)
def test_what_becomes_of_a_setting(id_: str, boot: dict[str, str], fate: Fate) -> None:
    level = level_named(id_)
    story = story_of(state_graph(build_machine(level)), LIMITS)
    assert measured_broken(evolve(level, boot={**level.boot, **boot}), story, LIMITS)[0] is fate


def test_a_run_that_ends_elsewhere_tells_another_story() -> None:
    level, other = level_named("in-place/8"), level_named("in-place/1")
    story = story_of(state_graph(build_machine(other)), LIMITS)
    assert measured_broken(level, story, LIMITS)[0] is Fate.ELSEWHERE


def test_figures_are_those_of_the_level() -> None:
    level = level_named("in-place/5")
    machine = build_machine(level)
    stands = broken_figures(state_graph(machine), with_one_number(machine), Limits())
    assert (stands.recipe, stands.recipe2) == (None, "R21 A6 R20 A3")
    assert (stands.preemptions, stands.steps, stands.states, f"{stands.dice:.3g}") == (2, 50, 731, "5.89e+07")


def test_the_same_seed_tries_the_same_settings_and_what_is_found_resists() -> None:
    first, again = searched("in-place/3", 14), searched("in-place/3", 14)
    assert (first.tried, first.stopped) == (14, "no more than 14 settings")
    assert [each.setting.changes for each in first.best] == [each.setting.changes for each in again.best]
    assert first.best
    for hardened in first.best[:3]:
        by = recipes(build_machine(hardened.setting.level))
        assert by.one_number is None
        assert isinstance(hardened.figures, BrokenFigures)
        assert (by.two_numbers is None) == (hardened.figures.recipe2 is None)


@pytest.mark.parametrize(
    ("id_", "boot", "fate"),
    [
        ("side/6", {}, Fate.IDLE),
        ("side/1", {}, Fate.BEARS),
        ("in-place/1", {}, Fate.BROKEN),
        ("side/1", {"nobody": "0"}, Fate.UNFIT),
        ("cookie/4", {"writes[8]": "0"}, Fate.LARGE),
    ],
)
def test_what_becomes_of_a_setting_that_is_to_be_safe(id_: str, boot: dict[str, str], fate: Fate) -> None:
    level = level_named(id_)
    of, stands = measured_safe(evolve(level, boot={**level.boot, **boot}), frozenset(), LIMITS)
    assert of is fate
    assert (stands is not None and bool(stands.reasons)) == (fate is Fate.BEARS)


def test_first_claims_that_win_make_a_safe_setting_weaker() -> None:
    level = level_named("side/1")
    first = level_now(level, (), LIMITS).figures
    assert isinstance(first, SafeFigures)
    again = level_now(level, (first.reasons[0], "f: another"), LIMITS).figures
    assert isinstance(again, SafeFigures)
    assert (first.easy, again.easy) == ((), first.reasons[:1])
    assert first.weakness < again.weakness < (1, 0)


def merged(level: Level, text: str) -> Level:
    """The level whose level.toml has these keys and tables instead of its own."""
    place = files("puzzles") / "campaign" / level.id / "level.toml"
    data: dict[str, Any] = tomllib.loads(place.read_text("utf-8"))
    if text.endswith("# without [[limit]]"):
        data.pop("limit")
    read = structure({**data, **tomllib.loads(text)}, Level, "level.toml")
    threads = tuple(evolve(thread, node=node_of_cpu(read.machine, thread.cpu)) for thread in read.threads)
    return evolve(read, source=level.source, threads=threads)


@pytest.mark.parametrize("id_", SAMPLE)
def test_pasted_settings_are_the_settings(id_: str) -> None:
    level = level_named(id_)
    assert not toml_text(level, level)
    dice = random.Random(id_)
    for axis in AXES:
        for change in dice.sample(every := changes(level, axis), min(len(every), 3)):
            other = change.apply()
            assert level_hash(merged(level, toml_text(other, level))) == level_hash(other)
