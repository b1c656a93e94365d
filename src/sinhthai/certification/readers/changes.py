"""How the findings of a dossier differ from those of the records as they are now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.certification.actions.dossiers import changes_since
from sinhthai.certification.models import Dossier
from sinhthai.certification.readers.contents import leaves_of
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion whose finding is another by now; None where there is none."""

    leaf: str
    clause: str
    title: Text
    before: Mapping[str, object] | None
    now: Mapping[str, object] | None


def changed_findings(dossier: Dossier, at: dt.datetime) -> list[Change]:
    """Return the criteria of *dossier* whose finding changed, in the order of the law."""
    found = {leaf: (before, now) for leaf, before, now in changes_since(dossier, at)}
    leaves = {leaf.id: leaf for leaf in leaves_of(dossier)}
    order = [leaf for leaf in leaves if leaf in found]
    order += [leaf for leaf in found if leaf not in leaves]
    return [
        Change(
            leaf,
            leaves[leaf].clause if leaf in leaves else "",
            leaves[leaf].title if leaf in leaves else Text(leaf, leaf),
            *found[leaf],
        )
        for leaf in order
    ]
