# SPDX-License-Identifier: GPL-2.0-or-later
"""Functions that are equal in several kernels stay equal, unless the stored groups say that they differ."""

from __future__ import annotations

import pytest

from tests.puzzles.kernel_functions import differences, groups, kernels, stored

TEXTS = kernels()
ADVICE = "change all copies; where they are to differ: python -m tests.puzzles.kernel_functions"


def after(kernel: str, old: str, new: str) -> list[str]:
    """What is said once a text in one kernel is replaced."""
    assert old in TEXTS[kernel]
    return list(differences(stored(), groups({**TEXTS, kernel: TEXTS[kernel].replace(old, new)})))


def test_copies_of_a_function_are_still_equal() -> None:
    assert list(differences(stored(), groups(TEXTS))) == [], ADVICE


def test_layout_and_comments_do_not_count() -> None:
    assert after("linux-3.3.c", "{\n", "{ /* here */\n\n") == []


@pytest.mark.parametrize(
    ("kernel", "old", "new", "said"),
    [
        (
            "linux-3.3.c", "const struct mempolicy *get_vma_policy(", "struct mempolicy *get_vma_policy(",
            "linux-3.3.c: get_vma_policy is no longer equal to that of linux-2.6.29.c and linux-2.6.31-wide.c and ",
        ),
        (
            "linux-6.4.c", "bool check_retry_cpuset(", "int check_retry_cpuset(",
            "linux-6.4.c: check_retry_cpuset is no longer equal to that of linux-4.13.c and linux-6.16.c and ",
        ),
        (
            "linux-4.12-slub.c", "void arch_jump_label_transform(", "int arch_jump_label_transform(",
            "linux-4.13-slub.c: arch_jump_label_transform is no longer equal to that of linux-4.12-slub.c",
        ),
        (
            "linux-3.17-flags.c", "void sandbox(", "void alloc_pages(",
            "alloc_pages: has other copies than before: linux-3.17-flags.c / linux-6.16.c linux-6.4.c linux-6.5.c",
        ),
    ],
)  # fmt: skip
def test_a_change_of_one_copy_names_file_and_function(kernel: str, old: str, new: str, said: str) -> None:
    assert [text[: len(said)] for text in after(kernel, old, new)] == [said]
