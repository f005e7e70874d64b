# SPDX-License-Identifier: GPL-2.0-or-later
"""The zonelists of a level's machine are those of the kernels that its era names."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from puzzles.levels import Level, build_machine, game_pack, level_hash
from puzzles.levels.era import versions, zonelist_rule
from puzzles.proofs.zonelists import zonelist_findings
from sim.numa import LATEST, Node, Topology, rule_of
from tests.puzzles.packs import small_level

LEVEL = game_pack().level("in-place/1")
DIES = Topology(
    tuple(Node(220, 200, (cpu,)) for cpu in range(4)),
    ((10, 12, 32, 32), (12, 10, 32, 32), (32, 32, 10, 12), (32, 32, 12, 10)),
)
ADVICE = "drop the boot values that change it, or say in other_zonelists why"
FIRST = "node_zonelists[1].zoneref[0].zone"
SECOND = "node_zonelists[1].zoneref[1].zone"


def findings(level: Level) -> list[str]:
    return ["; ".join(one) for one in zonelist_findings(level, build_machine(level))]


def on_dies(era: str, **boot: str) -> Level:
    return evolve(LEVEL, machine=DIES, era=era, boot={**LEVEL.boot, **boot})


@pytest.mark.parametrize(
    ("era", "found"),
    [
        ("2.6.31 - 2.6.34", ((2, 6, 31), (2, 6, 34))),
        ("4.9.6 and 4.10 - 4.12", ((4, 9, 6), (4, 10), (4, 12))),
        ("6.1.192", ((6, 1, 192),)),
        ("v2.6 of x4.5", ()),
        ("any", ()),
        ("", ()),
    ],
)
def test_the_versions_of_an_era(era: str, found: tuple[tuple[int, ...], ...]) -> None:
    assert versions(era) == found


def test_the_first_version_decides_by_which_rule_a_machine_boots() -> None:
    assert zonelist_rule(on_dies("2.6.31 - 6.1")) == rule_of((2, 6, 31))
    assert zonelist_rule(on_dies("")) == zonelist_rule(on_dies("1.2")) == LATEST


@pytest.mark.parametrize("level", game_pack().levels, ids=lambda one: one.id)
def test_the_levels_of_the_game_boot_with_the_lists_of_their_era(level: Level) -> None:
    assert findings(level) == []


@pytest.mark.parametrize("era", ["2.6.31 - 2.6.34", "4.7 - 4.9.5", "5.16", "6.1", ""])
def test_a_machine_of_four_nodes_boots_with_the_lists_of_its_era(era: str) -> None:
    assert findings(on_dies(era)) == []


def test_an_era_in_which_the_rule_changed_is_found() -> None:
    """With loads that add up node 3 ends with node 0, with loads that do not with node 1."""
    assert findings(on_dies("4.13 - 6.15")) == [
        f"the zonelist of node 3 is 3 2 0 1, but 6.15 makes it 3 2 1 0; {ADVICE}"
    ]


def test_boot_values_that_change_a_list_are_found_unless_a_reason_is_given() -> None:
    changed = evolve(LEVEL, boot={**LEVEL.boot, FIRST: "&zones[0]", SECOND: "&zones[1]"})
    assert findings(changed) == [f"the zonelist of node 1 is 0 1, but 2.6.31 makes it 1 0; {ADVICE}"]
    assert findings(evolve(changed, other_zonelists="built again after a node was added")) == []


@pytest.mark.parametrize(
    ("boot", "said"), [({FIRST: "NULL"}, "empty"), ({SECOND: "NULL"}, "1"), ({SECOND: "&zones[1]"}, "1 1")]
)
def test_a_list_that_is_cut_short_or_names_a_node_twice_is_found(boot: dict[str, str], said: str) -> None:
    found = findings(evolve(LEVEL, boot={**LEVEL.boot, **boot}))
    assert [text.split(",")[0] for text in found] == [f"the zonelist of node 1 is {said}"]


def test_a_reason_without_a_difference_is_found() -> None:
    reason = evolve(LEVEL, other_zonelists="because")
    assert findings(reason) == ["gives a reason, but the zonelists are those of the era; drop it"]


def test_a_version_without_a_known_rule_is_found() -> None:
    assert findings(evolve(LEVEL, era="2.4 - 2.6.12")) == [
        "no rule for the order of nodes is known of 2.4; name a later version"
    ]


def test_a_kernel_without_zonelists_has_none_to_be_wrong(tmp_path: Path) -> None:
    assert findings(small_level(tmp_path)) == []


def test_the_hash_of_a_level_follows_the_lists_and_not_the_era() -> None:
    assert level_hash(evolve(LEVEL, era="6.1")) == level_hash(LEVEL)
    assert level_hash(on_dies("6.1")) == level_hash(on_dies("5.16")) != level_hash(on_dies("4.9"))
