"""The roadmap of the demonstration: one saved, of the invented park that misses most (H11)."""

from __future__ import annotations

import datetime as dt

from sinhthai.accounts.models import User
from sinhthai.assessment.models import Roadmap
from sinhthai.assessment.roadmap.actions import find_roadmap
from sinhthai.assessment.roadmap.model import Asked
from sinhthai.registry.models import Park
from sinhthai.rules.bundle import load_bundle
from sinhthai.site.demo import cast, invented

FAMILY = "vn-eip"
AHEAD = 2  # years
SECONDS = 10.0
_BILLION = 1e9
_BUDGETS = (2 * _BILLION, 40 * _BILLION, 120 * _BILLION)


def load_roadmap(at: dt.datetime) -> None:
    """Find and save the roadmap of a park below the criteria; once."""
    if Roadmap.objects.exists():
        return
    design = next(one for one in invented.DESIGNS if one.gaps)
    park = Park.objects.get(code=design.code)
    office = User.objects.filter(username=cast.office_of(design)).first()
    by = dt.date(at.year + AHEAD, 12, 31)
    framework = load_bundle().framework_on(FAMILY, by)
    if framework is None:
        return
    budget = dict(zip(range(at.year, by.year + 1), _BUDGETS, strict=True))
    asked = Asked(by, at.year, budget=budget, seconds=SECONDS, months=12 - at.month)
    find_roadmap(park, framework, asked, at=at, by=office)
