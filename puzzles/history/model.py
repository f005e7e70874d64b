# SPDX-License-Identifier: GPL-2.0-or-later
"""The time line of schemes, as values."""

from __future__ import annotations

import re

from attrs import field, frozen

from puzzles.levels import Listed, Pack
from puzzles.levels.listing import chapter_of
from sim.numa import Version

DOUBTED = "(?)"
"""The mark behind what the notes call derived or unverified; why, they say themselves."""

_RELEASE = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,4}){0,5})(?:-rc[0-9]*)?")


def _running(text: str) -> str:
    """A text on one line, so that it wraps to any width."""
    return " ".join(text.split())


@frozen
class Fact:
    """A sentence or two, and the sections of the notes that say so; DOUBTED stands behind what is not certain."""

    text: str = field(converter=_running)
    sections: tuple[str, ...]

    def __str__(self) -> str:
        """Give the text."""
        return self.text


@frozen
class Commit:
    """A commit: its id, when it came (a release or a date), its title or what it does, its author ("": not known)."""

    id: str
    when: str
    what: str
    author: str = ""


@frozen
class Era:
    """A scheme, or a step between two of them.

    `scheme` is its number in the notes, `versions` the releases that have it, the first one first ("": not
    known). `kernel` is the file that models it ("": none does), `before` the era whose file that one is compared with,
    `chapter` the part of the campaign that plays it. `aside` says that the kernel file models another part of Linux
    than the page allocator: no release stands for it, and no schedule of an allocation is followed on it.
    """

    id: str
    title: str
    year: int
    sections: tuple[str, ...]
    why: Fact
    did: Fact
    scheme: str = ""
    versions: str = ""
    kernel: str = ""
    before: str = ""
    chapter: str = ""
    aside: bool = False
    commits: tuple[Commit, ...] = ()
    cost: Fact | None = None
    broken: Fact | None = None

    @property
    def release(self) -> str:
        """The first release as the notes have it, such as 3.2-rc; "" where that is not known."""
        return self.versions.partition(" ")[0]

    @property
    def first(self) -> Version:
        """The first release, as numbers to compare; empty where that is not known."""
        return _numbers(self.release)

    @property
    def doubted(self) -> bool:
        """Whether something that is told of it is not certain."""
        texts = (self.versions, *(commit.when for commit in self.commits), *(fact.text for _, fact in self.facts))
        return any(DOUBTED in text for text in texts)

    @property
    def facts(self) -> tuple[tuple[str, Fact], ...]:
        """What is told of it, each with a label."""
        labelled = (("why", self.why), ("did", self.did), ("cost", self.cost), ("broken", self.broken))
        return tuple((label, fact) for label, fact in labelled if fact is not None)


def _numbers(release: str) -> Version:
    """A release as numbers to compare; a candidate counts as its release."""
    match = _RELEASE.fullmatch(release)
    return tuple(map(int, match[1].split("."))) if match else ()


def _inside(section: str, other: str) -> bool:
    """Whether a section of the notes is another one, or a part of it."""
    return section == other or section.startswith(f"{other}.")


@frozen
class History:
    """The eras in order of time. `overview` are the sections of the notes that tell what broke several of them."""

    eras: tuple[Era, ...]
    overview: tuple[str, ...] = ()

    def told_in(self, section: str) -> tuple[Era, ...]:
        """The eras of which a section of the notes tells what broke them; none where it tells what all have in common.

        A section tells of an era that names it, or one that holds it or is a part of it.
        """
        if any(_inside(section, other) for other in self.overview):
            return self.eras
        return tuple(
            era
            for era in self.eras
            if any(_inside(section, other) or _inside(other, section) for other in era.sections)
        )

    def era(self, text: str) -> Era:
        """The era of an id, of a kernel file, or of a release such as 3.16, which need not be the first of its era.

        A kernel file may be named without its .c, a release with a v before it, or linux-. Raises ValueError that names
        the others.
        """
        names = (text, f"{text}.c")
        named = next((era for era in self.eras if text and (era.id == text or era.kernel in names)), None)
        release = text.removeprefix("linux-").removeprefix("v")
        era = named or self._candidate(release) or self._at(_numbers(release))
        if era is None:
            ids = ", ".join(era.id for era in self.eras)
            raise ValueError(f"no era {text[:50]!r}; give a kernel release such as v3.4, or one of: {ids}")
        return era

    def _candidate(self, release: str) -> Era | None:
        """The era that begins with this release candidate, which is not yet what the release became."""
        return next((era for era in self.eras if "-rc" in release and era.release == release), None)

    def at(self, releases: str) -> Era | None:
        """The last era with a kernel file that had begun by the first one of releases such as 2.6.31 - 2.6.34."""
        return self._at(_numbers(releases.partition(" ")[0]))

    def _at(self, version: Version) -> Era | None:
        begun = [era for era in self.eras if version and era.kernel and not era.aside and era.first <= version]
        return begun[-1] if begun else None

    def era_of_kernel(self, name: str) -> Era | None:
        """The era that a kernel file models; None where none does."""
        return next((era for era in self.eras if name and era.kernel == name), None)

    def previous(self, era: Era) -> Era | None:
        """The era whose kernel file this one's is compared with."""
        return next((other for other in self.eras if era.before and other.id == era.before), None)

    def leads_to(self, first: Era, last: Era) -> bool:
        """Whether the kernel file of an era comes, patch by patch, after that of another one."""
        before = self.previous(last)
        return before is not None and (before.id == first.id or self.leads_to(first, before))

    def levels(self, era: Era, pack: Pack) -> tuple[Listed, ...]:
        """The levels of a pack that play an era: with its kernel, or in its chapter if no other era has that one.

        Those that its chapter lists come first.
        """
        alone = [other.id for other in self.eras if other.chapter == era.chapter] == [era.id]
        levels = [
            listed for listed in pack.listed if listed.kernel == era.kernel or (alone and listed.chapter == era.chapter)
        ]
        return tuple(sorted(levels, key=lambda level: chapter_of(level.root) != era.chapter))
