"""What the law of a day says of a link: one path inside a park, one between parks."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

from sinhthai.symbiosis.engine.keys import Key

if TYPE_CHECKING:
    from sinhthai.rules.waste_law import WasteLaw
    from sinhthai.symbiosis.engine.knowledge_model import Material
    from sinhthai.symbiosis.engine.legal import LegalPath

_USE_OF_MEDIUM = {"water": "process_water", "heat": "heat", "gas": "energy"}


class LawOfDay:
    """The legal paths of a day, each looked up once."""

    def __init__(self, law: WasteLaw, day: dt.date) -> None:
        from sinhthai.symbiosis.engine.legal import legal_path

        @cache
        def path(
            medium: str,
            hazard: str | None,
            group: str | None,
            is_sorted: bool | None,
            use: Any,
            licensed: bool | None,
            same_park: bool,
        ) -> LegalPath:
            return legal_path(
                law,
                day,
                medium=medium,
                hazard=hazard,
                group=group,
                is_sorted=is_sorted,
                use=use,
                same_park=same_park,
                receiver_licensed=licensed,
            )

        self._path = path

    def paths(
        self, giver: Key, taker: Key, material: Material, use: str
    ) -> tuple[LegalPath, LegalPath]:
        """Return the path inside one park, and between parks."""
        hazard = giver.hazard or material.hazard or None
        said = (
            material.medium,
            hazard,
            material.group or None,
            giver.is_sorted,
            use,
            _may_take(hazard, taker),
        )
        return self._path(*said, True), self._path(*said, False)


def _may_take(hazard: str | None, taker: Key) -> bool | None:
    """Say whether the taker's permit covers hazardous waste, as far as its need says.

    A need marked NH is that of somebody entitled to hazardous waste; one marked ordinary asks for
    no hazardous waste. Of other waste, and of a need without a mark, nothing is known.
    """
    if hazard != "NH" or not taker.hazard or taker.hazard == "KS":
        return None
    return taker.hazard == "NH"


def use_of(material: Material) -> str:
    """Return the use the law is asked about where no rule names one."""
    return _USE_OF_MEDIUM.get(material.medium, "raw_material")


def is_forbidden(path: LegalPath | None) -> bool:
    return path is not None and path.status == "forbidden"
