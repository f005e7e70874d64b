# SPDX-License-Identifier: GPL-2.0-or-later
"""Layout of types in words, and node lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.kernelc.model.types import (
    INT,
    UNSIGNED_LONG,
    VOID,
    Array,
    Layout,
    Lock,
    Member,
    Pointer,
    Struct,
    Type,
    constant,
    holds_lock,
    is_complete,
    is_mask,
    leaves,
    plain,
    size,
)
from sim.nodelist import MAX_NODES, format_nodelist, mask_nodes, mask_words, parse_nodelist
from sim.operations.exclusive import MUTEX
from tests.sim.programs import machine, values


def struct(name: str, *members: Type) -> Struct:
    """A struct with members a, b, ..."""
    found: dict[str, Member] = {}
    offset = 0
    for letter, kind in zip("abcdef", members, strict=False):
        found[letter] = Member(letter, kind, offset)
        offset += size(kind)
    return Struct(name, Layout(found, offset))


scalars = st.sampled_from([INT, UNSIGNED_LONG, Pointer(INT), Lock(MUTEX), constant(INT)])
types = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.builds(Array, inner, st.integers(1, 4)),
        st.lists(inner, min_size=1, max_size=4).map(lambda members: struct("s", *members)),
        inner.map(constant),
    ),
    max_leaves=8,
)


@given(types)
def test_leaves_are_words_of_their_own_inside_the_object(kind: Type) -> None:
    found = leaves(kind)
    offsets = [offset for offset, _, _ in found]
    assert offsets == sorted(set(offsets))
    assert offsets[0] >= 0
    assert offsets[-1] < size(kind)
    assert len({path for _, path, _ in found}) == len(found)


@given(types, st.integers(1, 4))
def test_behind_an_array_is_room_for_one_element_that_belongs_to_nobody(kind: Type, count: int) -> None:
    array = Array(kind, count)
    assert size(array) == (count + 1) * size(kind)
    assert max(offset for offset, _, _ in leaves(array)) < count * size(kind)


@given(types)
def test_const_reaches_every_word_and_is_taken_off_at_the_top_only(kind: Type) -> None:
    assert all(leaf.const for _, _, leaf in leaves(constant(kind)))
    assert constant(constant(kind)) == constant(kind)
    assert not plain(constant(kind)).const
    assert size(constant(kind)) == size(kind)


@given(types)
def test_a_lock_is_found_wherever_it_is(kind: Type) -> None:
    assert holds_lock(kind) == any(isinstance(leaf, Lock) for _, _, leaf in leaves(kind))
    assert holds_lock(struct("s", INT, Array(struct("t", Lock(MUTEX)), 2)))


def test_what_is_complete() -> None:
    unknown = Struct("struct u", Layout())
    assert not is_complete(unknown)
    assert not is_complete(VOID)
    assert not is_complete(Array(unknown, 2))
    assert is_complete(Pointer(unknown))
    assert is_complete(struct("s", INT))


def test_a_nodemask_is_known_by_its_name() -> None:
    assert is_mask(struct("nodemask_t", Array(UNSIGNED_LONG, 1)))
    assert not is_mask(struct("struct s", Array(UNSIGNED_LONG, 1)))
    assert not is_mask(UNSIGNED_LONG)


def test_words_of_a_program_are_named_as_c_names_them() -> None:
    one = machine(
        "struct in { int n; int *p; }; struct out { struct in list[2]; const int c; } o[1];"
        "int grid[2][2]; const int k; void run(void) { }",
        boot_values={"o[0].list[1].p": "&grid[1][0]", "o[0].c": 3, "k": 4, "grid[1][1]": 5},
    )
    assert values(one, one.boot()) == {
        "o[0].list[0].n": 0, "o[0].list[0].p": "NULL", "o[0].list[1].n": 0, "o[0].list[1].p": "&grid[1][0]",
        "o[0].c": 3, "grid[0][0]": 0, "grid[0][1]": 0, "grid[1][0]": 0, "grid[1][1]": 5, "k": 4,
    }  # fmt: skip
    cells = {cell.lvalue: cell.const for cell in one.program.cells if cell}
    assert [name for name, const in cells.items() if const] == ["o[0].c", "k"]


def test_every_lvalue_leads_back_to_its_word() -> None:
    program = sim.compile("struct s { int a; struct { int b[2]; } c; } v[2][2]; int x;")
    for address, cell in enumerate(program.cells):
        if cell:
            assert program.place(cell.lvalue) == (address, cell.type)


nodes = st.frozensets(st.integers(0, MAX_NODES - 1), max_size=40)


@given(nodes)
def test_a_node_list_reads_back(members: frozenset[int]) -> None:
    assert parse_nodelist(format_nodelist(members)) == members


@given(nodes)
def test_a_mask_holds_its_nodes(members: frozenset[int]) -> None:
    words = mask_words(members, MAX_NODES // 64)
    assert mask_nodes(words) == members
    assert sum(word.bit_count() for word in words) == len(members)
    assert mask_nodes(words[3:], 3) == {node for node in members if node >= 192}


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("", set()),
        ("0", {0}),
        ("0-1,3", {0, 1, 3}),
        (" 1 , 2-2 ", {1, 2}),
        ("3,1-2,2", {1, 2, 3}),
        ("1023", {1023}),
        ("007", {7}),
        ("0000000012", {12}),
    ],
)
def test_lists_that_can_be_read(text: str, members: set[int]) -> None:
    assert parse_nodelist(text) == members


@pytest.mark.parametrize(
    "text", ["a", "-1", "1-", "1-0", "1--2", "1024", "0-1024", "1.5", "0x1", "99999999999999999999", "1 2"]
)
def test_lists_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not"):
        parse_nodelist(text)


@pytest.mark.parametrize(
    ("members", "text"), [((), ""), ((5,), "5"), ((1, 0), "0-1"), ((0, 1, 2, 4, 6, 7), "0-2,4,6-7")]
)
def test_lists_are_written_as_the_kernel_writes_them(members: tuple[int, ...], text: str) -> None:
    assert format_nodelist(members) == text


def test_a_node_beyond_the_mask_is_refused() -> None:
    with pytest.raises(ValueError, match="node 64 does not fit into a mask of 64 bits"):
        mask_words([64], 1)


@given(st.text(max_size=20))
def test_any_list_is_nodes_or_an_error(text: str) -> None:
    try:
        found = max(parse_nodelist(text), default=0) < MAX_NODES
    except ValueError as problem:
        found = bool(str(problem))
    assert found
