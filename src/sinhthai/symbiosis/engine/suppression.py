"""Which totals may be shown: none of fewer than three enterprises, and none that gives one away.

Totals stand in a tree (country, province, park). A total is *sensitive* where fewer than three
enterprises stand behind it, or where one of them makes up nearly all of it. Hiding only the
sensitive ones is not enough: the parent less the children shown is the hidden child. So further
children are hidden until what is hidden under one parent is at least two totals that together
are not sensitive; and a hidden parent hides everything below it (secondary suppression:
Hundepool et al. 2012, *Statistical Disclosure Control*, ch. 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FEWEST = 3
MOST_SHARE = 0.9
"""A total is sensitive when one enterprise is more than this share of it."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The streams of *enterprises* enterprises; *largest* is the biggest single one's part.

    *firms* are those with several enterprises, each with how many of them are here and how much
    of *quantity* is theirs: one firm is one enterprise to hide.
    """

    enterprises: int
    quantity: float = 0.0
    largest: float = 0.0
    firms: tuple[tuple[str, int, float], ...] = field(default=(), repr=False)

    def plus(self, other: Total) -> Total:
        """Return both together; an enterprise lies in one place only, so they add up."""
        firms = self.firms or other.firms
        if self.firms and other.firms:
            together: dict[str, tuple[int, float]] = {}
            for firm, plants, quantity in (*self.firms, *other.firms):
                known, amount = together.get(firm, (0, 0.0))
                together[firm] = (known + plants, amount + quantity)
            firms = tuple((firm, *here) for firm, here in sorted(together.items()))
        return Total(
            self.enterprises + other.enterprises,
            self.quantity + other.quantity,
            max([self.largest, other.largest, *(quantity for *_who, quantity in firms)]),
            firms,
        )

    @property
    def owners(self) -> int:
        """How many stand behind it, the enterprises of one firm counted once."""
        return self.enterprises - sum(plants - 1 for _firm, plants, _quantity in self.firms)

    @property
    def is_sensitive(self) -> bool:
        """Whether showing this total would tell of one enterprise."""
        if self.owners < FEWEST:
            return True
        return self.quantity > 0 and self.largest > MOST_SHARE * self.quantity


def totals(leaves: Mapping[Path, Total]) -> dict[Path, Total]:
    """Return every leaf and, above them, every sum up to the empty path.

    >>> sums = totals({("79", "a"): Total(2, 5.0, 4.0), ("79", "b"): Total(1, 1.0, 1.0)})
    >>> sums["79",], sums[()].enterprises
    (Total(enterprises=3, quantity=6.0, largest=4.0), 3)
    """
    sums: dict[Path, Total] = {}
    for path, total in leaves.items():
        for length in range(len(path) + 1):
            part = path[:length]
            sums[part] = sums[part].plus(total) if part in sums else total
    return sums


def hidden(leaves: Mapping[Path, Total]) -> frozenset[Path]:
    """Return the paths whose total may not be shown, sums above the leaves included.

    >>> few = {("79", "a"): Total(1), ("79", "b"): Total(4), ("79", "c"): Total(9)}
    >>> sorted(hidden(few))
    [('79', 'a'), ('79', 'b')]
    """
    sums = totals(leaves)
    children: dict[Path, list[Path]] = {}
    for path in sums:
        if path:
            children.setdefault(path[:-1], []).append(path)
    found: set[Path] = set()
    if () in sums and sums[()].is_sensitive:
        found.add(())
    for parent in sorted(children, key=len):
        below = children[parent]
        found |= set(below) if parent in found else _hidden_below(below, sums)
    return frozenset(found)


def _hidden_below(below: Iterable[Path], sums: Mapping[Path, Total]) -> set[Path]:
    """Return what to hide among the children of a total that is shown."""
    gone = {path for path in below if sums[path].is_sensitive}
    if not gone:
        return gone
    rest = sorted(
        set(below) - gone, key=lambda path: (sums[path].enterprises, sums[path].quantity, path)
    )
    for path in rest:
        if len(gone) > 1 and not _sum(gone, sums).is_sensitive:
            break
        gone.add(path)
    return gone


def _sum(paths: Iterable[Path], sums: Mapping[Path, Total]) -> Total:
    together = Total(0)
    for path in paths:
        together = together.plus(sums[path])
    return together


def rounded(quantity: float) -> float:
    """Return *quantity* to two significant digits: two days' totals differ by no one's figure.

    >>> rounded(123456.0), rounded(0.0), rounded(8.76)
    (120000.0, 0.0, 8.8)
    """
    return float(f"{quantity:.2g}")
