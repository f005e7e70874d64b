# SPDX-License-Identifier: GPL-2.0-or-later
"""The time line: true to kernel-history.md, and told what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from attrs import evolve

from puzzles import notes
from puzzles.history import DOUBTED, Era, Fact, game_history, kernel_diff, kernel_text, load_history
from puzzles.levels import LevelError, game_pack, load_pack
from tests.puzzles.packs import write_pack

ROOT = Path(__file__).parents[2]
HISTORY = game_history()
ERAS = pytest.mark.parametrize("era", HISTORY.eras, ids=lambda era: str(era.id))
MODELLED = pytest.mark.parametrize("era", [era for era in HISTORY.eras if era.kernel], ids=lambda era: str(era.id))
TOUR = {"tour-step.c", "tour-two-reads.c", "tour-lost-update.c", "tour-oom.c", "two-takers.c"}
VARIANTS = {"linux-2.6.31-wide.c", "linux-2.6.35-nobarriers.c", *TOUR}
"""Kernel files of levels that are no step of the history: other builds of an era's, and what the tour plays."""

SMALL = """\
[[era]]
id = "early"
title = "As it was"
versions = "1.0 - 1.2"
year = 1994
kernel = "early.c"
sections = ["3"]
why = { text = "Because.", sections = ["3.1"] }
did = { text = "It did.", sections = ["3.2"] }

[[era]]
id = "late"
title = "As it is"
versions = "2.0"
year = 1996
kernel = "small.c"
before = "early"
chapter = "small"
sections = ["4"]
commits = [{ id = "0123456789ab", when = "2.0", what = "mends it" }]
why = { text = "Because (?).", sections = ["4.1"] }
did = { text = "It did.", sections = ["4.2"] }
"""


@cache
def page() -> str:
    return notes.page(notes.NOTES)


@cache
def sections() -> dict[str, str]:
    """The title and text of each section of the notes by its number; that of 4 holds those of 4.1 and so on."""
    return {number: f"{one.title}\n{one.text}" for number, one in notes.sections().items()}


def told(era: Era) -> Iterator[Fact]:
    yield from (fact for _, fact in era.facts)


def test_the_eras_lead_from_2005_to_2026() -> None:
    years = [era.year for era in HISTORY.eras]
    assert years == sorted(years)
    assert (years[0], years[-1]) == (2005, 2026)
    schemes = dict.fromkeys(era.scheme for era in HISTORY.eras if era.scheme)
    assert list(schemes) == ["0", "1", "2", "2b", "3", "4", "5", "6", "7"]


def test_the_releases_do_not_go_back() -> None:
    firsts = [era.first for era in HISTORY.eras if era.first and not era.aside]
    assert firsts == sorted(firsts)
    assert {era.chapter for era in HISTORY.eras if era.aside} == {"side", "hotplug"}


@ERAS
def test_every_commit_is_in_a_section_that_the_era_names(era: Era) -> None:
    told = (*era.sections, "1")  # the table of all schemes
    text = "".join(sections()[one] for one in told)
    assert [commit.id for commit in era.commits if commit.id not in text] == []


@ERAS
def test_authors_stand_in_the_history_and_releases_beside_a_scheme(era: Era) -> None:
    names = [name for commit in era.commits for name in re.split(r" and |, ", commit.author)]
    assert [name for name in names if name not in page()] == []
    heading = sections()[era.sections[0]].splitlines()[0].replace(" .. ", " - ").replace(" / ", "/")
    if era.kernel and era.scheme not in ("", "7", "2b"):
        first, _, last = era.versions.replace(f" {DOUBTED}", "").partition(" - ")
        assert first in heading
        assert last in heading


@ERAS
def test_every_fact_names_sections_that_are_there(era: Era) -> None:
    named = [section for fact in told(era) for section in fact.sections]
    assert named
    assert set(named) <= set(sections())
    assert set(era.sections) <= set(sections())


@ERAS
def test_what_is_derived_or_unverified_is_so_in_the_sections_named(era: Era) -> None:
    for fact in told(era):
        text = "".join(sections()[one] for one in fact.sections)
        assert not re.search("DERIVED|UNVERIFIED", fact.text)
        if DOUBTED in fact.text:
            assert re.search("DERIVED|UNVERIFIED|review mails", text), (era.id, fact)
    if era.doubted:
        assert re.search("DERIVED|UNVERIFIED", "".join(sections()[one] for one in era.sections)), era.id


def test_every_kernel_of_the_game_has_its_era() -> None:
    files = {path.name for path in (ROOT / "puzzles" / "kernels").glob("*.c")}
    assert files >= VARIANTS
    assert {era.kernel for era in HISTORY.eras if era.kernel} == files - VARIANTS


@MODELLED
def test_every_kernel_file_is_there(era: Era) -> None:
    assert '#include "oomrace.h"' in kernel_text(era)


@MODELLED
def test_the_patch_of_every_era_is_a_diff(era: Era) -> None:
    before = HISTORY.previous(era)
    if before is None:
        assert any(one.before == era.id for one in HISTORY.eras)
        return
    assert before.aside == era.aside
    lines = list(kernel_diff(HISTORY, era))
    assert lines[:2] == [f"--- {before.kernel}", f"+++ {era.kernel}"]
    assert any(line.startswith("+") for line in lines[2:])


def test_only_the_first_kernels_of_the_allocator_and_of_what_is_aside_have_none_before_them() -> None:
    aside = ["flags-plain", "policy-read", "one-key", "hotplug-lists", "mbind-stops"]
    assert [era.id for era in HISTORY.eras if era.kernel and not era.before] == ["generation", *aside]


def test_one_kernel_leads_to_another_patch_by_patch() -> None:
    eras = {era.id: era for era in HISTORY.eras}
    assert HISTORY.leads_to(eras["hotplug-lists"], eras["hotplug-deferred"])
    assert HISTORY.leads_to(eras["generation"], eras["retry"])
    assert not HISTORY.leads_to(eras["hotplug-deferred"], eras["hotplug-lists"])
    assert not HISTORY.leads_to(eras["one-key"], eras["hotplug-lists"])
    assert not HISTORY.leads_to(eras["retry"], eras["retry"])


def test_every_level_but_those_of_the_tour_plays_an_era() -> None:
    pack = game_pack()
    played = {level.id for level in chain.from_iterable(HISTORY.levels(era, pack) for era in HISTORY.eras)}
    assert [level.id for level in pack.levels if level.id not in played and level.chapter != "tour"] == []


def test_levels_of_another_chapter_that_have_its_kernel_come_after_those_of_its_own() -> None:
    pack = game_pack()
    played = HISTORY.levels(HISTORY.era("in-place"), pack)
    own = tuple(pack.in_chapter("in-place"))
    assert played[: len(own)] == own != ()
    assert [level.id for level in played[len(own) :]] == ["tour/4", "tour/7"]
    kernels = {HISTORY.era(id_).kernel for id_ in ("intersection", "static-key")}
    beside = {level.id for level in pack.in_chapter("side") if level.kernel in kernels}
    both = {level.id for id_ in ("intersection", "static-key") for level in HISTORY.levels(HISTORY.era(id_), pack)}
    assert beside != set()
    assert both == beside | {level.id for level in pack.in_chapter("intersection")}


def test_eras_that_share_a_chapter_divide_its_levels_by_kernel() -> None:
    pack = game_pack()
    level = pack.level("in-place/1")
    mine = [evolve(level, id=f"overlap/{n}", kernel=f"linux-3.{min(n, 3)}.c") for n in (2, 3, 4)]
    pack = pack.holding((level, *mine))
    assert HISTORY.levels(HISTORY.era("shortcut"), pack) == (mine[0].listed,)
    assert HISTORY.levels(HISTORY.era("3.3"), pack) == (mine[1].listed, mine[2].listed)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("in-place", "in-place"),
        ("2.6.12", "generation"),
        ("2.6.33", "in-place"),
        ("2.6.38", "count"),
        ("3.1", "count"),
        ("3.2", "overlap"),
        ("v3.2", "overlap"),
        ("linux-3.2", "shortcut"),
        ("linux-3.2.c", "shortcut"),
        ("3.2-rc1", "overlap"),
        ("v3.16", "seqcount"),
        ("linux-3.16", "seqcount"),
        ("3.3.8", "overlap"),
        ("3.16", "seqcount"),
        ("4.9.5", "cached"),
        ("4.9.6", "cookie"),
        ("4.10", "cookie"),
        ("5.16", "intersection"),
        ("6.4.1", "vma-lock"),
        ("6.12.95", "vma-write-lock"),
        ("6.15", "retry"),
        ("6.18.13", "retry"),
        ("linux-4.7.c", "cached"),
        ("static-key", "static-key"),
    ],
)
def test_an_era_is_found_by_id_release_and_kernel(text: str, id_: str) -> None:
    assert HISTORY.era(text).id == id_


@pytest.mark.parametrize("text", ["", "2.6.11", "1.0", "seqcnt", "3.4 - 4.6", "9" * 5000])
def test_no_such_era(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"no era .*; give a kernel release such as v3.4, or one of: generation, in-place"
    ):
        HISTORY.era(text)


def test_eras_know_their_neighbours() -> None:
    first = HISTORY.eras[0]
    second = HISTORY.era_of_kernel("linux-2.6.31.c")
    assert second is not None
    assert HISTORY.previous(second) is first
    assert HISTORY.previous(first) is None
    assert HISTORY.era_of_kernel("linux-9.c") is None
    assert HISTORY.era_of_kernel("") is None


def write_history(folder: Path, old: str = "", new: str = "") -> Path:
    assert old in SMALL
    folder.joinpath("history.toml").write_text(SMALL.replace(old, new) if old else SMALL, "utf-8")
    return folder


def test_a_time_line_of_ones_own(tmp_path: Path) -> None:
    history = load_history(write_history(write_pack(tmp_path)))
    late = history.era("2.4")
    assert (late.id, str(late.why), late.doubted) == ("late", "Because (?).", True)
    assert not history.era("early").doubted
    assert [level.id for level in history.levels(late, load_pack(tmp_path))] == ["small/1"]
    assert history.levels(history.era("early"), load_pack(tmp_path)) == ()
    with pytest.raises(ValueError, match=r"no file 'small.c' in puzzles/kernels; there are: linux-2"):
        kernel_text(late)
    with pytest.raises(ValueError, match=r"hardening has no kernel file of its own"):
        kernel_text(HISTORY.era("hardening"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[era]]", "[[eras]]", "eras: no such key; did you mean era?"),
        ('title = "As it was"\n', "", "era[0].title: is missing; add it"),
        ("year = 1994", 'year = "1994"', "era[0].year: '1994' stands where a whole number belongs"),
        ("year = 1994", "year = 1897", "era[0].year: 1897 is no year of Linux"),
        ("year = 1994", "year = 1999", "era[1].year: 1996 comes after 1999; put the eras in order of time"),
        ('id = "late"', 'id = "early"', "era[1].id: 'early' stands twice"),
        ('id = "late"', 'id = "Late!"', "era[1].id: 'Late!' is no id"),
        ('title = "As it was"', 'title = " "', "era[0].title: is empty"),
        ('title = "As it was"', f'title = "{"x" * 41}"', "era[0].title: is longer than 40 columns"),
        ('"early.c"', '"../early.c"', "era[0].kernel: '../early.c' is no file name"),
        ('"early.c"', '"small.c"', "era[1].kernel: 'small.c' is that of another era"),
        ('versions = "2.0"\n', "", "era[1].versions: begins with no release"),
        (
            'before = "early"',
            'before = "late"',
            "era[1].before: 'late' is no earlier era with a kernel; there are: early",
        ),
        ('chapter = "small"', 'chapter = "no/where"', "era[1].chapter: 'no/where' is no chapter"),
        ('sections = ["4"]', "sections = []", "era[1].sections: has 0 entries; name the sections"),
        ('["4.2"]', '["4.2 S1"]', "era[1].did.sections[0]: '4.2 S1' is no section; write it like 4.5"),
        ('text = "It did."', 'text = ""', "era[0].did.text: is empty"),
        ('text = "It did."', f'text = "{"x" * 401}"', "era[0].did.text: has 401 characters; at most 400"),
        ('["4.1"] }', '["4.1"], doubt = "why" }', "era[1].why.doubt: no such key"),
        ("0123456789ab", "not-hex", "era[1].commits[0].id: 'not-hex' is no commit id"),
        ('"mends it"', f'"{"x" * 81}"', "era[1].commits[0].what: is longer than 80 columns"),
        ('"It did."', '"It\\u001bdid."', "holds a control character; delete it"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(LevelError) as raised:
        load_history(write_history(tmp_path, old, new))
    assert f"{tmp_path}/history.toml: " in str(raised.value)
    assert message in str(raised.value)


def test_a_time_line_that_is_too_long(tmp_path: Path) -> None:
    eras = "".join(SMALL[: SMALL.index("[[era]]", 1)].replace("early", f"early-{index}") for index in range(101))
    (tmp_path / "history.toml").write_text(eras, "utf-8")
    with pytest.raises(LevelError, match="era: has 101 entries; at most 100"):
        load_history(tmp_path)
    with pytest.raises(LevelError, match=r"history.toml: there is no such file"):
        load_history(tmp_path / "nowhere")
