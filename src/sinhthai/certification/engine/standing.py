"""What stands in the way of a certificate, and how a certificate may come to stand. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

_NEEDS_NOTHING = ("met", "not_applicable")
# Revoked, replaced and expired are the end; a suspension may be lifted.
_AFTER: Mapping[str, frozenset[str]] = {
    "valid": frozenset({"suspended", "revoked", "replaced", "expired"}),
    "suspended": frozenset({"valid", "revoked", "replaced", "expired"}),
    "expired": frozenset({"replaced"}),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A criterion in the way. ``kind``: unverified, not_met, or not_judged."""

    leaf: str
    kind: str


def may_become(before: str, after: str) -> bool:
    """Say whether a certificate that stands as *before* may come to stand as *after*.

    >>> may_become("suspended", "valid"), may_become("revoked", "valid")
    (True, False)
    """
    return after in _AFTER.get(before, frozenset())


def open_obstacles(
    findings: Iterable[tuple[str, str, str]],
    *,
    verified: Mapping[str, bool],
    judged: Mapping[tuple[str, str], bool],
    lifted: Container[tuple[str, str, str]],
) -> list[Obstacle]:
    """Return what stands in the way of a certificate.

    Parameters
    ----------
    findings
        Leaf, status and digest of each finding as it is now.
    verified
        Whether the rule of a leaf was verified in the document; a leaf not named was not.
    judged
        By leaf and digest of the finding judged: held to be met, or not.
    lifted
        Leaf, kind and digest of the legal overrides that stand.

    A finding that is met needs a judgement that says so; one that is not, an override. A judgement
    or override of another finding, before the facts changed, counts for nothing.

    >>> open_obstacles([("ENT-3", "met", "d1")], verified={"ENT-3": True},
    ...                judged={("ENT-3", "d0"): True}, lifted=())
    [Obstacle(leaf='ENT-3', kind='not_judged')]
    """
    found = []
    for leaf, status, digest in findings:
        if not verified.get(leaf, False) and (leaf, "unverified", digest) not in lifted:
            found.append(Obstacle(leaf, "unverified"))
        if (leaf, "not_met", digest) in lifted:
            continue
        held = judged.get((leaf, digest))
        if held is None:
            found.append(Obstacle(leaf, "not_judged"))
        elif not held or status not in _NEEDS_NOTHING:
            found.append(Obstacle(leaf, "not_met"))
    return found
